"""The writing door of this room: each function is one act, one transaction, one event.

Things are named by their public ids. Where an older story is told, ``at`` says when it happened; without it, now.
"""

from knotwork.support.services.agreements import (
    add_milestone,
    say_word,
    say_yes,
    take_out_milestone,
    write_agreement,
)
from knotwork.support.services.enablers import (
    ProfileWords,
    answer_place,
    ask_enabler,
    end_match,
    take_back_profile,
    write_profile,
)
from knotwork.support.services.events import (
    EventWords,
    announce,
    call_off,
    change,
    sign_off,
    sign_up,
    write_notes,
)
from knotwork.support.services.help import HelpWords, answer_help, ask_for_help, close_help
from knotwork.support.services.visits import VisitWords, add_visit, share_note, take_out_visit

__all__ = [
    "EventWords",
    "HelpWords",
    "ProfileWords",
    "VisitWords",
    "add_milestone",
    "add_visit",
    "announce",
    "answer_help",
    "answer_place",
    "ask_enabler",
    "ask_for_help",
    "call_off",
    "change",
    "close_help",
    "end_match",
    "say_word",
    "say_yes",
    "share_note",
    "sign_off",
    "sign_up",
    "take_back_profile",
    "take_out_milestone",
    "take_out_visit",
    "write_agreement",
    "write_notes",
    "write_profile",
]
