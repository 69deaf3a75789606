"""What a viewer is to a programme or a place now: the question under every rule and every visibility."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.programmes.models import Membership, Role, Stage

_ROLES = "roles"
_STEERING = (Role.STEERING_GROUP_MEMBER, Role.PROGRAMME_TEAM)


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
    roles = frozenset(
        Role(held.role)
        for held in _held_by(viewer)
        if held.programme_id == programme_id and held.place_id in (None, place_id)
    )
    return Standing(roles, viewer.is_administrator)


@dataclass(frozen=True)
class Held:
    """One role in force: for a programme, or for one place of it."""

    role: str
    programme_id: int
    place_id: int | None


def _held_by(viewer: Viewer) -> list[Held]:
    """The roles that the viewer holds now, asked for once in a request."""
    memory = viewer.remembered
    if memory is not None and _ROLES in memory:
        return list(memory[_ROLES])
    columns = ("role", "programme_id", "place_id")
    held = [] if viewer.is_stranger else [Held(*row) for row in memberships_of(viewer).values_list(*columns)]
    if memory is not None:
        memory[_ROLES] = held
    return held


def holds_a_role(viewer: Viewer) -> bool:
    """Whether the viewer may perhaps do more than read; pages spare everybody else the questions about what."""
    return viewer.is_administrator or bool(_held_by(viewer))


@dataclass(frozen=True)
class Mine:
    """The numbers of the programmes and places in which a viewer holds a role, of those she looks after, and steers."""

    programmes: frozenset[int] = frozenset()
    places: frozenset[int] = frozenset()
    looked_after: frozenset[int] = frozenset()
    steered: frozenset[int] = frozenset()


def mine_of(viewer: Viewer) -> Mine:
    """What is the viewer's own. A person holds few roles, and numbers ask less of the database than questions in it."""
    held = _held_by(viewer)
    return Mine(
        frozenset(one.programme_id for one in held),
        frozenset(one.place_id for one in held if one.place_id is not None),
        frozenset(one.programme_id for one in held if one.role == Role.PROGRAMME_TEAM),
        frozenset(one.programme_id for one in held if one.role in _STEERING),
    )


def as_the_steering_group(programme_id: int) -> Viewer:
    """The eyes of a programme's steering group: whoever looks through them sees exactly what it sees."""
    return Viewer(remembered={_ROLES: [Held(Role.STEERING_GROUP_MEMBER, programme_id, None)]})


def staged_for(viewer: Viewer, *, programme: str = "programme_id", place: str = "place_id") -> Q:
    """The rows that this viewer may see by their ``visibility``: public, and of her programmes and places.

    ``programme`` and ``place`` name the row's columns that say where it belongs (``place`` may be ``"id"``).
    """
    if viewer.is_administrator:
        return ~Q(visibility=Stage.ME)
    shown, mine = Q(visibility=Stage.PUBLIC), mine_of(viewer)
    if mine.programmes:
        shown |= Q(**{"visibility": Stage.PROGRAMME, f"{programme}__in": mine.programmes})
    if mine.places:
        shown |= Q(**{"visibility": Stage.PLACE, f"{place}__in": mine.places})
    return shown
