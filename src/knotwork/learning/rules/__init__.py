"""Who may do what in this room. Buttons, pages and services all ask here."""

from knotwork.learning.rules.consulting import RoundAct, Side, can_in_round, side_of, state_of
from knotwork.learning.rules.reflections import can_ask_to_reflect, can_reflect, is_open
from knotwork.learning.rules.sessions import SessionAct, can_tell_of_session
from knotwork.learning.rules.writing import (
    OF_THE_TEAM,
    can_give_words,
    can_say_result,
    can_take_up,
    can_take_up_something,
    places_written_for,
)

__all__ = [
    "OF_THE_TEAM",
    "RoundAct",
    "SessionAct",
    "Side",
    "can_ask_to_reflect",
    "can_give_words",
    "can_in_round",
    "can_reflect",
    "can_say_result",
    "can_take_up",
    "can_take_up_something",
    "can_tell_of_session",
    "is_open",
    "places_written_for",
    "side_of",
    "state_of",
]
