"""Three words on how the work feels: a log like that of votes, without an event and without a name."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.limits.services import keyed_hash
from knotwork.core.rules import require
from knotwork.learning.feelings import MOST_WORDS, quarter_of, tidy
from knotwork.learning.models import ThreeWords
from knotwork.learning.rules import can_give_words
from knotwork.programmes.models import Place
from knotwork.programmes.services.made import refuse

LONGEST_WORD = 24


def add_three_words(place_id: int, words: Sequence[str], *, by: Viewer, at: datetime | None = None) -> None:
    """Keep up to three words of somebody of the place's team. In one quarter her last words stand."""
    moment = at or clock.now()
    with transaction.atomic():
        place = (
            Place.objects.select_related("programme").filter(pk=place_id, withdrawn_at__isnull=True).first()
        )
        if place is None:
            raise refuse(_("This place is not known here."))
        require(can_give_words(by, place.programme_id, place.pk))
        quarter = quarter_of(moment, place.programme.time_zone)
        ThreeWords.objects.create(
            place=place,
            quarter=quarter,
            giver=keyed_hash("three words", f"{by.public_id}:{place.public_id}:{quarter}"),
            words=_fit(words),
            at=moment,
        )


def _fit(words: Sequence[str]) -> list[str]:
    kept = list(dict.fromkeys(word for word in map(tidy, words) if word))
    if not kept:
        raise refuse(_("Please give at least one word."))
    if len(kept) > MOST_WORDS:
        raise refuse(_("Please give three words at most."))
    if any(len(word) > LONGEST_WORD for word in kept):
        raise refuse(
            _("Please keep each to a word or two: at most %(count)d letters.") % {"count": LONGEST_WORD}
        )
    return kept
