"""The words of a place's team, as they may be shown."""

from knotwork.core import clock
from knotwork.learning.feelings import QuarterOfWords, quarter_of, words_to_show
from knotwork.learning.models import ThreeWords


def words_of(place_id: int, time_zone: str) -> tuple[QuarterOfWords, ...]:
    """The quarters that are over, oldest first, with the words that enough people said."""
    rows = ThreeWords.objects.filter(place_id=place_id).order_by("id")
    given = rows.values_list("quarter", "giver", "words")
    return words_to_show(given, running=quarter_of(clock.now(), time_zone))
