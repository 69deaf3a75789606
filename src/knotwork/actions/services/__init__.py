"""The writing door of this room: each function is one act, one transaction, one event.

A try-out is named by its public id. Where an older story is told, ``at`` says when it happened; without it, now.
"""

from knotwork.actions.services.around import say_how_it_turns, say_what_must_change
from knotwork.actions.services.contribution import (
    OtherCauseWords,
    check_claim,
    claim,
    forget_checker,
    name_other_cause,
    withdraw_other_cause,
)
from knotwork.actions.services.cycles import (
    Study,
    begin_cycle,
    change_cycle,
    close_cycle,
    plan_cycle,
    study_cycle,
)
from knotwork.actions.services.leads import hand_over, tell_who_needs_a_lead
from knotwork.actions.services.links import act_on, grew_out_of, measured_by, untie_from
from knotwork.actions.services.partners import add_partner, end_partner
from knotwork.actions.services.pledges import (
    PledgeWords,
    make_firm,
    mark_given,
    offer,
    pledge,
    set_due,
    take_back,
)
from knotwork.actions.services.reminders import ask_about_due_pledges
from knotwork.actions.services.replies import answer_pledge
from knotwork.actions.services.stages import end, say_what_happened, start, stop
from knotwork.actions.services.stop_checks import CheckWords, check_stop_rules, enter_number, make_checkable
from knotwork.actions.services.words import TryOutWords, change, plan, withdraw, words_of

__all__ = [
    "CheckWords",
    "OtherCauseWords",
    "PledgeWords",
    "Study",
    "TryOutWords",
    "act_on",
    "add_partner",
    "answer_pledge",
    "ask_about_due_pledges",
    "begin_cycle",
    "change",
    "change_cycle",
    "check_claim",
    "check_stop_rules",
    "claim",
    "close_cycle",
    "end",
    "end_partner",
    "enter_number",
    "forget_checker",
    "grew_out_of",
    "hand_over",
    "make_checkable",
    "make_firm",
    "mark_given",
    "measured_by",
    "name_other_cause",
    "offer",
    "plan",
    "plan_cycle",
    "pledge",
    "say_how_it_turns",
    "say_what_happened",
    "say_what_must_change",
    "set_due",
    "start",
    "stop",
    "study_cycle",
    "take_back",
    "tell_who_needs_a_lead",
    "untie_from",
    "withdraw",
    "withdraw_other_cause",
    "words_of",
]
