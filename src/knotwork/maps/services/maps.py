"""Make a map, change what it says of itself, take it out of sight."""

from dataclasses import asdict, dataclass, fields

from django.db import transaction

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import require
from knotwork.maps import rules
from knotwork.maps.models import SystemMap
from knotwork.maps.services.edits import held_map, record_of_map
from knotwork.programmes.hold import can_show_now
from knotwork.programmes.models import Stage
from knotwork.programmes.services.made import Made, good_slug, place_of, standing_programme
from knotwork.programmes.services.programmes import apply
from knotwork.programmes.written import can_show

TAKEN_WORDS = frozenset({"new", "import", "refer"})
"""Words that stand where a map's slug would stand, and so cannot be one."""


@dataclass(frozen=True)
class MapWords:
    """All that a map says of itself. Each field means what it means in the map's table."""

    title: str
    question: str = ""
    introduction: str = ""
    source: str = ""
    source_url: str = ""
    attribution: str = ""
    year: int | None = None
    made_elsewhere: bool = False
    visibility: str = Stage.PLACE.value
    signed: str = ""
    language: str = "en"


def make_map(
    programme_id: int, words: MapWords, *, by: Viewer, place_id: int | None = None, slug: str = ""
) -> Made:
    """Begin a map without any factor, for a place or for the programme as a whole."""
    with transaction.atomic():
        programme = standing_programme(programme_id)
        place = place_of(programme, place_id)
        require(rules.can_make(by, programme, place))
        require(can_show(words.visibility, place))
        require(can_show_now(by, programme, words.visibility, place))
        row = SystemMap.objects.create(
            programme=programme,
            place=place,
            author_id=by.person_id,
            slug=good_slug(
                slug,
                words.title,
                lambda wanted: (
                    wanted in TAKEN_WORDS
                    or SystemMap.objects.filter(programme=programme, slug=wanted).exists()
                ),
            ),
            **asdict(words),
        )
        record_of_map("map.made", row, by)
    return Made(row.pk, row.public_id, row.slug)


def change_map(map_id: int, words: MapWords, *, by: Viewer) -> bool:
    """Change what a map says of itself; ``False`` when it says so already."""
    with transaction.atomic():
        row = held_map(map_id, rules.Act.CHANGE_WORDS, by)
        require(can_show(words.visibility, row.place))
        require(can_show_now(by, row.programme, words.visibility, row.place, before=row.visibility))
        if not apply(row, words):
            return False
        record_of_map("map.changed", row, by)
    return True


def withdraw_map(map_id: int, reason: str, *, by: Viewer) -> None:
    """Take a map out of sight with all that is drawn on it; nothing is lost."""
    with transaction.atomic():
        row = held_map(map_id, rules.Act.WITHDRAW, by)
        row.withdrawn_at, row.withdrawn_reason = clock.now(), reason
        row.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        record_of_map("map.withdrawn", row, by)


def map_words_of(map_id: int) -> MapWords:
    """What a map says of itself now, to change some of it."""
    row = SystemMap.objects.get(pk=map_id)
    return MapWords(**{field.name: getattr(row, field.name) for field in fields(MapWords)})
