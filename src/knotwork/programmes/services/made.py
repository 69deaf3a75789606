"""What writing gives back, and how addresses are found."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.utils.text import slugify
from django.utils.translation import gettext as _

from knotwork.core.rules import Decision, Refused
from knotwork.programmes.models import Place, Programme


@dataclass(frozen=True)
class Made:
    """A programme or a place that was made: its number inside, its number outside, and its address."""

    id: int
    public_id: UUID
    slug: str


def refuse(reason: str) -> Refused:
    """The refusal to raise, with its reason."""
    return Refused(Decision(False, reason))


def good_slug(wanted: str, name: str, is_taken: Callable[[str], bool]) -> str:
    """The address asked for, or a free one made from the name; refused with a reason if it cannot be had."""
    if not wanted:
        return _free_slug(name, is_taken)
    if wanted != slugify(wanted)[:80]:
        raise refuse(
            _("An address has only small letters, digits and hyphens, and at most 80 of them: %(example)s")
            % {"example": slugify(wanted)[:80] or "later-life"}
        )
    if is_taken(wanted):
        raise refuse(_("The address %(address)s is taken. Choose another one.") % {"address": wanted})
    return wanted


def standing_programme(programme_id: int) -> Programme:
    """The programme, held until the end of the transaction so that two writers take turns."""
    row = Programme.objects.select_for_update().filter(pk=programme_id).first()
    if row is None:
        raise refuse(_("This programme is not known here."))
    return row


def standing_place(place_id: int) -> Place:
    """The place with its programme, held until the end of the transaction."""
    row = (
        Place.objects.select_for_update(of=("self",)).select_related("programme").filter(pk=place_id).first()
    )
    if row is None:
        raise refuse(_("This place is not known here."))
    return row


def place_of(programme: Programme, place_id: int | None) -> Place | None:
    """The named place, or none when none is named; a place of another programme is refused."""
    if place_id is None:
        return None
    row = Place.objects.filter(pk=place_id, programme=programme).first()
    if row is None:
        raise refuse(_("This place does not belong to this programme."))
    return row


def _free_slug(name: str, is_taken: Callable[[str], bool]) -> str:
    stem = slugify(name)[:70].strip("-") or "programme"
    number = 1
    while is_taken(slug := stem if number == 1 else f"{stem}-{number}"):
        number += 1
    return slug
