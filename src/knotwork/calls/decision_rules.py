"""What may be done with a decision at each step of it, and by whom: one table for buttons, views and services."""

from enum import StrEnum

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knotwork.calls.models import Bid, Call, Decision
from knotwork.calls.rules import Act, may
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import ALLOWED
from knotwork.core.rules import Decision as Ruling

SIGNATURES = 2
"""How many people, other than the one who proposed it, put a decision in force."""


class Step(StrEnum):
    """Where a decision is."""

    WRITTEN = "written"
    PUT = "put"
    IN_FORCE = "in_force"
    TAKEN_BACK = "taken_back"


class DecisionAct(StrEnum):
    """What can be done with a decision."""

    WRITE = "write"
    PUT = "put"
    TAKE_BACK = "take_back"
    SIGN = "sign"


DECISION_ACTS: dict[Step, frozenset[DecisionAct]] = {
    Step.WRITTEN: frozenset({DecisionAct.WRITE, DecisionAct.PUT, DecisionAct.TAKE_BACK}),
    Step.PUT: frozenset({DecisionAct.TAKE_BACK, DecisionAct.SIGN}),
    Step.IN_FORCE: frozenset(),
    Step.TAKEN_BACK: frozenset(),
}
"""What is possible with a decision at each step. Once in force it stays for good."""

_NEEDS: dict[DecisionAct, Act] = {
    DecisionAct.WRITE: Act.DECIDE,
    DecisionAct.PUT: Act.DECIDE,
    DecisionAct.TAKE_BACK: Act.DECIDE,
    DecisionAct.SIGN: Act.SIGN,
}
_NOT_AT_THIS_STEP: dict[DecisionAct, Promise] = {
    DecisionAct.WRITE: _(
        "This decision lies before those who sign, so its lines stay as they are. Take it back first."
    ),
    DecisionAct.PUT: _("This decision lies before those who sign already."),
    DecisionAct.TAKE_BACK: _("This decision is no longer one that can be taken back."),
    DecisionAct.SIGN: _("This decision is not waiting for a signature."),
}
OF_A_BID = _(
    "You write a bid to this call, or are asked to sign one for a board. Others decide on it and sign the decision."
)
_OWN_PROPOSAL = _("You proposed this decision. Two other people sign it.")
_SIGNED = _("You signed this decision already. Somebody else gives the other signature.")


def step_of(decision: Decision) -> Step:
    """Where a decision is now."""
    if decision.taken_back_at is not None:
        return Step.TAKEN_BACK
    if decision.decided_at is not None:
        return Step.IN_FORCE
    return Step.WRITTEN if decision.put_at is None else Step.PUT


def stands_apart(viewer: Viewer, call: Call) -> Ruling:
    """Whoever writes a bid to a call, or is asked to sign one, takes no part in deciding on any of them."""
    if viewer.person_id is None:
        return ALLOWED
    mine = Q(authors__person_id=viewer.person_id) | Q(sign_off__person_id=viewer.person_id)
    return Ruling(False, str(OF_A_BID)) if Bid.objects.filter(mine, call=call).exists() else ALLOWED


def may_with_decision(viewer: Viewer, act: DecisionAct, decision: Decision) -> Ruling:
    """The table's answer for a decision now, with the reason when it is no."""
    allowed = may(viewer, _NEEDS[act], decision.call)
    if not allowed:
        return allowed
    if act not in DECISION_ACTS[step_of(decision)]:
        return Ruling(False, str(_NOT_AT_THIS_STEP[act]))
    apart = stands_apart(viewer, decision.call)
    return _may_sign(viewer, decision) if apart and act == DecisionAct.SIGN else apart


def decision_acts_of(viewer: Viewer, decision: Decision) -> frozenset[DecisionAct]:
    """All that the viewer may do with the decision now, for the buttons of its page."""
    return frozenset(act for act in DecisionAct if may_with_decision(viewer, act, decision))


def _may_sign(viewer: Viewer, decision: Decision) -> Ruling:
    if viewer.person_id is not None and decision.proposed_by_id == viewer.person_id:
        return Ruling(False, str(_OWN_PROPOSAL))
    if any(each.person_id == viewer.person_id for each in decision.signatures.all()):
        return Ruling(False, str(_SIGNED))
    return ALLOWED
