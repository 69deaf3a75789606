"""Who may do what in a round of co-consulting, by its stage and by what somebody is to the place that asks."""

from datetime import datetime
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import ALLOWED, Decision
from knotwork.core.windows import Window, WindowState
from knotwork.learning.models import ConsultingRound
from knotwork.programmes.models import Role
from knotwork.programmes.standing import memberships_of
from knotwork.programmes.written import can_write_for


class RoundAct(StrEnum):
    """Something that can be done in a round."""

    GIVE = "give"
    CLOSE = "close"
    TAKE = "take"


class Side(StrEnum):
    """What somebody is to a round: of the place that asks, of another place (or an enabler), or neither."""

    ASKS = "asks"
    GIVES = "gives"
    NEITHER = "neither"


ROUND_ACTS: dict[tuple[WindowState, Side], frozenset[RoundAct]] = {
    (WindowState.BEFORE, Side.ASKS): frozenset({RoundAct.CLOSE}),
    (WindowState.OPEN, Side.ASKS): frozenset({RoundAct.CLOSE}),
    (WindowState.OPEN, Side.GIVES): frozenset({RoundAct.GIVE}),
    (WindowState.AFTER, Side.ASKS): frozenset({RoundAct.TAKE}),
}
"""The place cannot answer itself, and says what it takes only when everybody has had the time to answer."""

_GIVERS = frozenset({Role.PLACE_LEAD, Role.PLACE_MEMBER, Role.ENABLER})
_TOO_EARLY: dict[RoundAct, Promise] = {
    RoundAct.GIVE: _("This round is not open, so no perspective can be given now."),
    RoundAct.CLOSE: _("This round has closed already."),
    RoundAct.TAKE: _("The round is still open. Say what you take when it has closed."),
}
_NOT_YOURS: dict[RoundAct, Promise] = {
    RoundAct.GIVE: _(
        "Perspectives come from people of the other places of this programme, and from enablers."
    ),
    RoundAct.CLOSE: _("Only the place that asked can close this round."),
    RoundAct.TAKE: _("Only the place that asked can say what it takes."),
}


def state_of(consulting: ConsultingRound, at: datetime | None = None) -> WindowState:
    """Before, open or after; the moment of closing is too late."""
    return Window(consulting.opens_at, consulting.closes_at).state(at or clock.now())


def side_of(viewer: Viewer, consulting: ConsultingRound) -> Side:
    """What the viewer is to this round. Who belongs to the place that asks does not answer it for another one."""
    held = list(
        memberships_of(viewer)
        .filter(programme_id=consulting.programme_id, role__in=_GIVERS)
        .values_list("role", "place_id")
    )
    own = {(Role.PLACE_LEAD, consulting.place_id), (Role.PLACE_MEMBER, consulting.place_id)}
    if held and not own & {(Role(role), place) for role, place in held}:
        return Side.GIVES
    return Side.ASKS if can_write_for(viewer, consulting.programme, consulting.place) else Side.NEITHER


def can_in_round(viewer: Viewer, act: RoundAct, consulting: ConsultingRound) -> Decision:
    """May the viewer do this in the round now?"""
    side = side_of(viewer, consulting)
    if act in ROUND_ACTS.get((state_of(consulting), side), ()):
        return ALLOWED
    if not any(act in acts for (_state, who), acts in ROUND_ACTS.items() if who == side):
        return Decision(False, str(_NOT_YOURS[act]))
    return Decision(False, str(_TOO_EARLY[act]))
