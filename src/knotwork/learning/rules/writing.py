"""Who may write, take up and tell how that went. Buttons, pages and services all ask here."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import ALLOWED, Decision
from knotwork.learning.models import Lesson, Uptake
from knotwork.programmes.models import Place, Role
from knotwork.programmes.querysets import PlaceQuerySet, places
from knotwork.programmes.rules import ACTS, Act
from knotwork.programmes.standing import memberships_of, standing_of
from knotwork.programmes.written import can_write_for

OF_THE_TEAM = (Role.PLACE_LEAD, Role.PLACE_MEMBER, Role.ENABLER)
"""Whose words on how the work feels are asked for: the people of a place, not those who look after it from outside."""

_WRITERS = tuple({role for (_stage, role), acts in ACTS.items() if Act.WRITE in acts})


def places_written_for(viewer: Viewer) -> PlaceQuerySet:
    """The places for which this viewer may write."""
    seen = places().visible_to(viewer).filter(programme__withdrawn_at__isnull=True)
    if viewer.is_administrator:
        return seen
    mine = memberships_of(viewer).filter(role__in=_WRITERS)
    whole = mine.filter(place__isnull=True).values("programme_id")
    return seen.filter(Q(pk__in=mine.values("place_id")) | Q(programme_id__in=whole))


def can_take_up_something(viewer: Viewer) -> Decision:
    """Whoever may write for some place may say that it takes up a lesson."""
    if places_written_for(viewer).exists():
        return ALLOWED
    return Decision(False, _("Only people of a place can say that their place takes this up."))


def can_take_up(viewer: Viewer, lesson: Lesson, place: Place, issue: str) -> Decision:
    """For another place, or for another issue of the place that learned it."""
    if place.pk == lesson.place_id and _same_words(issue, place.issue):
        return Decision(
            False, _("This place learned it on this very issue. Say for which other issue you take it up.")
        )
    return can_write_for(viewer, place.programme, place)


def can_say_result(viewer: Viewer, uptake: Uptake) -> Decision:
    """Anybody of the place that took it up may say how it went."""
    return can_write_for(viewer, uptake.programme, uptake.place)


def can_give_words(viewer: Viewer, programme_id: int, place_id: int) -> Decision:
    """The people of a place's team say how their work feels; nobody says it for them."""
    held = standing_of(viewer, programme_id, place_id).roles
    if _any_of(held, OF_THE_TEAM):
        return ALLOWED
    return Decision(False, _("These words are for the people who work on the issue of this place."))


def _any_of(held: frozenset[Role], wanted: Iterable[Role]) -> bool:
    return not held.isdisjoint(wanted)


def _same_words(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())
