"""What may be done with a try-out, by whom and when: one table for buttons, views and services alike."""

from enum import StrEnum

from django.utils.translation import gettext as _

from knotwork.actions.models import TryOut, TryOutStage
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import ALLOWED, Decision
from knotwork.programmes import rules as programme_rules
from knotwork.programmes.models import Place, Programme
from knotwork.programmes.written import can_change_written, can_write_for


class Act(StrEnum):
    """What can be done with a try-out."""

    CHANGE_WORDS = "change_words"
    FIX_EXPECTATION = "fix_expectation"
    START = "start"
    STOP = "stop"
    END = "end"
    TELL = "tell"
    WITHDRAW = "withdraw"
    ADD_PARTNER = "add_partner"
    SAY_WHAT_MUST_CHANGE = "say_what_must_change"
    TIE = "tie"
    PLEDGE = "pledge"
    SETTLE_PLEDGE = "settle_pledge"
    PLAN_CYCLE = "plan_cycle"
    STUDY_CYCLE = "study_cycle"
    MAKE_CHECKABLE = "make_checkable"
    ENTER_NUMBER = "enter_number"
    NAME_OTHER_CAUSE = "name_other_cause"
    CLAIM = "claim"
    HAND_OVER = "hand_over"


class Part(StrEnum):
    """What somebody is to a try-out."""

    READER = "reader"
    HELPER = "helper"
    LEADER = "leader"


_HELP = frozenset(
    {
        Act.ADD_PARTNER,
        Act.SAY_WHAT_MUST_CHANGE,
        Act.TIE,
        Act.PLEDGE,
        Act.SETTLE_PLEDGE,
        Act.PLAN_CYCLE,
        Act.NAME_OTHER_CAUSE,
    }
)
_MEANWHILE = _HELP | {Act.STUDY_CYCLE, Act.ENTER_NUMBER}
_AFTERWARDS = frozenset({Act.SAY_WHAT_MUST_CHANGE, Act.TIE, Act.SETTLE_PLEDGE, Act.NAME_OTHER_CAUSE})
_STOPPED = _AFTERWARDS | {Act.STUDY_CYCLE, Act.ENTER_NUMBER}
_LEAD = frozenset({Act.CHANGE_WORDS, Act.WITHDRAW})
_TOLD = frozenset({Act.TELL, Act.CLAIM})

ACTS: dict[tuple[TryOutStage, Part], frozenset[Act]] = {
    (TryOutStage.PLANNED, Part.HELPER): _HELP,
    (TryOutStage.PLANNED, Part.LEADER): _HELP
    | _LEAD
    | {Act.FIX_EXPECTATION, Act.START, Act.MAKE_CHECKABLE, Act.HAND_OVER},
    (TryOutStage.GOING, Part.HELPER): _MEANWHILE,
    (TryOutStage.GOING, Part.LEADER): _MEANWHILE
    | _LEAD
    | _TOLD
    | {Act.STOP, Act.END, Act.MAKE_CHECKABLE, Act.HAND_OVER},
    (TryOutStage.STOPPED, Part.HELPER): _STOPPED,
    (TryOutStage.STOPPED, Part.LEADER): _STOPPED | _LEAD | _TOLD | {Act.END, Act.HAND_OVER},
    (TryOutStage.ENDED, Part.HELPER): _AFTERWARDS,
    (TryOutStage.ENDED, Part.LEADER): _AFTERWARDS | _LEAD | _TOLD,
}
"""What each part may do at each stage; a reader reads."""

_MONEY = frozenset({Act.PLEDGE, Act.SETTLE_PLEDGE})


def part_of(viewer: Viewer, try_out: TryOut) -> Part:
    """What the viewer is to this try-out: whoever wrote or leads it, the leads of its place and the team lead it."""
    if viewer.is_stranger and not viewer.is_administrator:
        return Part.READER
    if can_change_written(viewer, try_out):
        return Part.LEADER
    if not can_write_for(viewer, try_out.programme, try_out.place):
        return Part.READER
    return Part.LEADER if try_out.lead_id == viewer.person_id else Part.HELPER


def may(viewer: Viewer, act: Act, try_out: TryOut) -> Decision:
    """The table's answer, with the reason when it is no."""
    ever = may_ever(viewer, act, try_out)
    if not ever or act in ACTS[TryOutStage(try_out.stage), part_of(viewer, try_out)]:
        return ever
    return Decision(False, _not_now(act, TryOutStage(try_out.stage)))


def may_ever(viewer: Viewer, act: Act, try_out: TryOut) -> Decision:
    """May the viewer do this at some stage of it? Says who is asked at all; :func:`may` says when."""
    part = part_of(viewer, try_out)
    if not any(act in ACTS.get((stage, part), ()) for stage in TryOutStage):
        return Decision(False, _who(act))
    if act in _MONEY:
        place_id = None if try_out.place is None else try_out.place.pk
        return programme_rules.can(viewer, programme_rules.Act.PLEDGE, try_out.programme, place_id)
    return ALLOWED


def acts_of(viewer: Viewer, try_out: TryOut) -> frozenset[Act]:
    """All that the viewer may do with it now, for the buttons of its page."""
    part = part_of(viewer, try_out)
    acts = ACTS.get((TryOutStage(try_out.stage), part), frozenset())
    if acts & _MONEY and not may_ever(viewer, Act.PLEDGE, try_out):
        return acts - _MONEY
    return acts


def can_plan(viewer: Viewer, programme: Programme, place: Place | None) -> Decision:
    """May the viewer plan a try-out for this place, or for the programme as a whole?"""
    return can_write_for(viewer, programme, place)


def can_start(viewer: Viewer, try_out: TryOut) -> Decision:
    """May it start now? Only once what is expected, by when, and when to stop are said."""
    decision = may(viewer, Act.START, try_out)
    if decision and not (try_out.expects and try_out.by_when and try_out.stop_rule):
        return Decision(False, _("Before it starts, say what you expect, by when, and when you would stop."))
    return decision


def _who(act: Act) -> str:
    if act in _MEANWHILE:
        return _("Only people of this place and the team of the programme can do this.")
    return _(
        "Only whoever planned this try-out, the leads of its place and the team of the programme can do this."
    )


def _not_now(act: Act, stage: TryOutStage) -> str:
    if act == Act.FIX_EXPECTATION:
        return _(
            "What you expect, by when, and when you would stop were fixed at the start. They stay as they are."
        )
    return {
        TryOutStage.PLANNED: _("This try-out has not started yet."),
        TryOutStage.GOING: _("This try-out is going on already."),
        TryOutStage.STOPPED: _("This try-out was stopped."),
        TryOutStage.ENDED: _("This try-out has ended."),
    }[stage]
