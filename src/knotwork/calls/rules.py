"""What may be done with a call and with a bid, by whom and when: one table each for buttons, views and services."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knotwork.calls.models import Bid, BidStage, Call, CallStage
from knotwork.calls.querysets import HANDED_IN, READERS
from knotwork.calls.stages import stage_at
from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import ALLOWED, Decision
from knotwork.programmes import rules as programme_rules
from knotwork.programmes.standing import standing_of


class Act(StrEnum):
    """What can be done with a call."""

    CHANGE = "change"
    PUBLISH = "publish"
    MOVE_DEADLINE = "move_deadline"
    OPEN_BIDS = "open_bids"
    READ_BIDS = "read_bids"
    BID = "bid"
    APPOINT = "appoint"
    ASSIGN = "assign"
    REVIEW = "review"
    COMPARE = "compare"
    DECIDE = "decide"
    SIGN = "sign"
    WRITE_LETTERS = "write_letters"
    LEAD_ON = "lead_on"
    SEE_PANEL = "see_panel"
    READ_DECISION = "read_decision"
    READ_LETTERS = "read_letters"
    ANSWER_APPEALS = "answer_appeals"


class BidAct(StrEnum):
    """What can be done with a bid."""

    READ = "read"
    WRITE = "write"
    SIGN = "sign"
    HAND_IN = "hand_in"
    TAKE_BACK = "take_back"
    WITHDRAW = "withdraw"
    READ_LETTER = "read_letter"
    APPEAL = "appeal"


class Part(StrEnum):
    """What somebody is to a bid."""

    NOBODY = "nobody"
    AUTHOR = "author"
    SIGNER = "signer"
    JUDGE = "judge"


_ONCE_OPENED = frozenset({Act.READ_BIDS, Act.LEAD_ON})
_ONCE_COMPARED = _ONCE_OPENED | {Act.COMPARE}
_ONCE_DECIDED = frozenset({Act.READ_DECISION, Act.READ_LETTERS, Act.ANSWER_APPEALS})
ACTS: dict[CallStage, frozenset[Act]] = {
    CallStage.DRAFT: frozenset({Act.CHANGE, Act.PUBLISH}),
    CallStage.OPEN: frozenset({Act.MOVE_DEADLINE, Act.BID, Act.APPOINT}),
    CallStage.SEALED: frozenset({Act.MOVE_DEADLINE, Act.OPEN_BIDS, Act.APPOINT}),
    CallStage.OPENED: _ONCE_OPENED | {Act.APPOINT},
    CallStage.REVIEW: _ONCE_OPENED | {Act.APPOINT, Act.ASSIGN, Act.REVIEW},
    CallStage.INTERVIEW: _ONCE_OPENED | {Act.REVIEW},
    CallStage.MODERATION: _ONCE_COMPARED | {Act.REVIEW},
    CallStage.DECISION: _ONCE_COMPARED | {Act.READ_DECISION, Act.DECIDE, Act.SIGN},
    CallStage.LETTERS: _ONCE_COMPARED | _ONCE_DECIDED | {Act.WRITE_LETTERS},
    CallStage.ENDED: _ONCE_DECIDED | {Act.READ_BIDS, Act.COMPARE},
}
"""What is possible with a call at each stage. Anybody who sees it may bid; judges read; all else is the team's."""

for _stage in ACTS.keys() - {CallStage.DRAFT}:
    ACTS[_stage] |= {Act.SEE_PANEL}

_OF_JUDGES = frozenset({Act.READ_BIDS, Act.REVIEW, Act.COMPARE, Act.SIGN, Act.READ_DECISION})

_WRITING = frozenset({BidAct.READ, BidAct.WRITE, BidAct.HAND_IN, BidAct.WITHDRAW})
_READING = frozenset({BidAct.READ})
BID_ACTS: dict[tuple[BidStage, Part], frozenset[BidAct]] = {
    (BidStage.WRITING, Part.AUTHOR): _WRITING,
    (BidStage.WRITING, Part.SIGNER): frozenset({BidAct.READ, BidAct.SIGN}),
    (BidStage.SUBMITTED, Part.AUTHOR): frozenset({BidAct.READ, BidAct.TAKE_BACK, BidAct.WITHDRAW}),
    (BidStage.SUBMITTED, Part.SIGNER): _READING,
    (BidStage.SUBMITTED, Part.JUDGE): _READING,
    (BidStage.WITHDRAWN, Part.AUTHOR): _READING,
    (BidStage.CHOSEN, Part.AUTHOR): _READING | {BidAct.READ_LETTER},
    (BidStage.CHOSEN, Part.SIGNER): _READING,
    (BidStage.CHOSEN, Part.JUDGE): _READING,
    (BidStage.NOT_CHOSEN, Part.AUTHOR): _READING | {BidAct.READ_LETTER, BidAct.APPEAL},
    (BidStage.NOT_CHOSEN, Part.SIGNER): _READING,
    (BidStage.NOT_CHOSEN, Part.JUDGE): _READING,
}
"""What each part may do with a bid at each of its stages; most of it only while the call is open."""

_WHILE_OPEN = frozenset({BidAct.WRITE, BidAct.SIGN, BidAct.HAND_IN, BidAct.TAKE_BACK})

TOO_LATE = _("The deadline has passed, so nothing can be handed in or changed any more.")
NOT_YET = _("This call has not opened yet.")
SEALED = _(
    "The bids are sealed until the deadline has passed and the team has opened them. Nobody can read them before."
)
_TEAM_ONLY = _("Only the team of this programme can do this.")
_JUDGES_ONLY = _("Only the team of this programme and the reviewers of its bids can do this.")
_NOT_AT_THIS_STAGE: dict[Act, Promise] = {
    Act.CHANGE: _(
        "This call is published. Its words and questions stay as they are, so that all bids answer the same."
    ),
    Act.PUBLISH: _("This call is published already."),
    Act.MOVE_DEADLINE: _("The bids were opened, so the deadline can no longer be moved."),
    Act.OPEN_BIDS: _("Bids can be opened once the deadline has passed, and only once."),
    Act.READ_BIDS: SEALED,
    Act.BID: TOO_LATE,
    Act.APPOINT: _(
        "The panel can be made up from the day on which a call is published until its review is over."
    ),
    Act.ASSIGN: _("Who reads which bid is said while bids are being reviewed."),
    Act.REVIEW: _("Bids of this call are not being reviewed now."),
    Act.COMPARE: _("Scores are compared once the review is over."),
    Act.DECIDE: _("Nothing is being decided now."),
    Act.SIGN: _("Nothing is waiting for a signature now."),
    Act.WRITE_LETTERS: _("Letters are written after the decision, and sent once."),
    Act.LEAD_ON: _("This call is over."),
    Act.SEE_PANEL: _("A panel is made up once the call is published."),
    Act.READ_DECISION: _("Nothing is decided before the reviews are read side by side."),
    Act.READ_LETTERS: _("There are letters once the decision is in force."),
    Act.ANSWER_APPEALS: _("Notes on a decision come after it, and are answered then."),
}
_NOT_THIS_BID: dict[BidAct, Promise] = {
    BidAct.READ: SEALED,
    BidAct.WRITE: _("This bid is handed in. Take it back first if you want to change it."),
    BidAct.SIGN: _("This bid is not waiting for a signature."),
    BidAct.HAND_IN: _("This bid is handed in already."),
    BidAct.TAKE_BACK: _("Only a bid that is handed in can be taken back to change it."),
    BidAct.WITHDRAW: _("This bid can no longer be withdrawn. Please write to the team."),
    BidAct.READ_LETTER: _(
        "The letter about this bid comes to its authors with all others, once it is decided."
    ),
    BidAct.APPEAL: _(
        "Authors of a bid that was not chosen can write a note on the decision after the letters went out, until the "
        "call is ended."
    ),
}


def stage_of(call: Call) -> CallStage:
    """Where a call is now."""
    return CallStage(stage_at(call.stage, call.closes_at, clock.now()))


def may_ever(viewer: Viewer, act: Act, call: Call) -> Decision:
    """May the viewer do this with the call at some stage of it?"""
    if act == Act.BID:
        return ALLOWED
    if act in _OF_JUDGES and standing_of(viewer, call.programme_id).has(*READERS):
        return ALLOWED
    if programme_rules.can(viewer, programme_rules.Act.LOOK_AFTER, call.programme):
        return ALLOWED
    return Decision(False, str(_JUDGES_ONLY if act in _OF_JUDGES else _TEAM_ONLY))


def may(viewer: Viewer, act: Act, call: Call) -> Decision:
    """The table's answer for a call now, with the reason when it is no."""
    ever = may_ever(viewer, act, call)
    if not ever:
        return ever
    if act == Act.BID and clock.now() < call.opens_at:
        return Decision(False, str(NOT_YET))
    return ALLOWED if act in ACTS[stage_of(call)] else Decision(False, str(_NOT_AT_THIS_STAGE[act]))


def acts_of(viewer: Viewer, call: Call) -> frozenset[Act]:
    """All that the viewer may do with the call now, for the buttons of its page."""
    return frozenset(act for act in Act if may(viewer, act, call))


def part_of(viewer: Viewer, bid: Bid) -> Part:
    """What the viewer is to this bid. An administrator is a judge like any other: not before the bids are opened."""
    if viewer.person_id is not None:
        if any(author.person_id == viewer.person_id for author in bid.authors.all()):
            return Part.AUTHOR
        signing = getattr(bid, "sign_off", None)
        if signing is not None and signing.person_id == viewer.person_id:
            return Part.SIGNER
    if bid.stage in HANDED_IN and may(viewer, Act.READ_BIDS, bid.call):
        return Part.JUDGE
    return Part.NOBODY


def may_with_bid(viewer: Viewer, act: BidAct, bid: Bid) -> Decision:
    """The table's answer for a bid now, with the reason when it is no."""
    part = part_of(viewer, bid)
    if part == Part.NOBODY:
        return Decision(False, str(SEALED))
    if act in _WHILE_OPEN and stage_of(bid.call) != CallStage.OPEN:
        return Decision(False, str(TOO_LATE))
    if act == BidAct.WITHDRAW and stage_of(bid.call) not in (CallStage.OPEN, CallStage.SEALED):
        return Decision(False, str(_NOT_THIS_BID[act]))
    if act == BidAct.APPEAL and stage_of(bid.call) != CallStage.LETTERS:
        return Decision(False, str(_NOT_THIS_BID[act]))
    allowed = act in BID_ACTS.get((BidStage(bid.stage), part), ())
    return ALLOWED if allowed else Decision(False, str(_NOT_THIS_BID[act]))


def bid_acts_of(viewer: Viewer, bid: Bid) -> frozenset[BidAct]:
    """All that the viewer may do with the bid now, for the buttons of its page."""
    return frozenset(act for act in BidAct if may_with_bid(viewer, act, bid))
