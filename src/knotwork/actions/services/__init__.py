"""The writing door of this room: each function is one act, one transaction, one event.

A try-out is named by its public id. Where an older story is told, ``at`` says when it happened; without it, now.
"""

from knotwork.actions.services.around import say_what_must_change
from knotwork.actions.services.links import act_on, grew_out_of, measured_by, untie_from
from knotwork.actions.services.partners import add_partner, end_partner
from knotwork.actions.services.pledges import (
    PledgeWords,
    make_firm,
    mark_given,
    offer,
    pledge,
    take_back,
)
from knotwork.actions.services.stages import end, say_what_happened, start, stop
from knotwork.actions.services.words import TryOutWords, change, plan, withdraw, words_of

__all__ = [
    "PledgeWords",
    "TryOutWords",
    "act_on",
    "add_partner",
    "change",
    "end",
    "end_partner",
    "grew_out_of",
    "make_firm",
    "mark_given",
    "measured_by",
    "offer",
    "plan",
    "pledge",
    "say_what_happened",
    "say_what_must_change",
    "start",
    "stop",
    "take_back",
    "untie_from",
    "withdraw",
    "words_of",
]
