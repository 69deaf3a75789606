"""What a viewer is to a programme or a place now: the question under every rule and every visibility."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.programmes.models import Membership, Role, Stage


@dataclass(frozen=True)
class Standing:
    """The roles a viewer holds for one programme and, where asked, one place of it."""

    roles: frozenset[Role]
    is_administrator: bool = False

    def has(self, *roles: Role) -> bool:
        """Whether any of these roles is held; an administrator holds them all."""
        return self.is_administrator or not self.roles.isdisjoint(roles)


def in_force(at: datetime) -> Q:
    """Memberships whose window ``[opens_at, closes_at)`` holds ``at``."""
    has_begun = Q(opens_at__isnull=True) | Q(opens_at__lte=at)
    has_not_ended = Q(closes_at__isnull=True) | Q(closes_at__gt=at)
    return has_begun & has_not_ended


def memberships_of(viewer: Viewer) -> QuerySet[Membership]:
    """The viewer's memberships that are in force now; none for a stranger."""
    if viewer.person_id is None:
        return Membership.objects.none()
    return Membership.objects.filter(in_force(clock.now()), person_id=viewer.person_id)


def standing_of(viewer: Viewer, programme_id: int, place_id: int | None = None) -> Standing:
    """What the viewer is to this programme (roles for the whole of it) and to this place of it."""
    where = Q(programme_id=programme_id) & (Q(place__isnull=True) | Q(place_id=place_id))
    roles = frozenset(
        Role(role) for role in memberships_of(viewer).filter(where).values_list("role", flat=True)
    )
    return Standing(roles, viewer.is_administrator)


def staged_for(viewer: Viewer, *, programme: str = "programme_id", place: str = "place_id") -> Q:
    """The rows that this viewer may see by their ``visibility``: public, and of her programmes and places.

    ``programme`` and ``place`` name the row's columns that say where it belongs (``place`` may be ``"id"``).
    """
    everybody = Q(visibility=Stage.PUBLIC)
    if viewer.is_administrator:
        return ~Q(visibility=Stage.ME)
    mine = memberships_of(viewer)
    of_my_programmes = Q(visibility=Stage.PROGRAMME) & Q(**{f"{programme}__in": mine.values("programme_id")})
    of_my_places = Q(visibility=Stage.PLACE) & Q(**{f"{place}__in": mine.values("place_id")})
    return everybody if viewer.is_stranger else everybody | of_my_programmes | of_my_places
