"""The writing door of this room: each function is one act, one transaction, at least one event."""

from knotwork.learning.services.consulting import (
    PerspectiveWords,
    RoundWords,
    change_knot,
    close_round,
    give_perspective,
    post_knot,
    say_what_we_take,
    withdraw_perspective,
)
from knotwork.learning.services.reflections import (
    answer_as_peer,
    ask_to_reflect,
    close_reflection_round,
    make_peer_links,
    reflect,
)
from knotwork.learning.services.sessions import (
    SessionWords,
    call_off_session,
    change_session,
    hold_session,
    plan_session,
)
from knotwork.learning.services.three_words import add_three_words
from knotwork.learning.services.uptakes import UptakeWords, change_uptake, say_result, take_up
from knotwork.learning.services.words import LeadershipWords, LessonWords, NoteWords, StoryWords
from knotwork.learning.services.writing import (
    change,
    draw_lesson,
    say_what_helped,
    withdraw,
    write,
    write_leadership_note,
    write_note,
    write_story,
)

__all__ = [
    "LeadershipWords",
    "LessonWords",
    "NoteWords",
    "PerspectiveWords",
    "RoundWords",
    "SessionWords",
    "StoryWords",
    "UptakeWords",
    "add_three_words",
    "answer_as_peer",
    "ask_to_reflect",
    "call_off_session",
    "change",
    "change_knot",
    "change_session",
    "change_uptake",
    "close_reflection_round",
    "close_round",
    "draw_lesson",
    "give_perspective",
    "hold_session",
    "make_peer_links",
    "plan_session",
    "post_knot",
    "reflect",
    "say_result",
    "say_what_helped",
    "say_what_we_take",
    "take_up",
    "withdraw",
    "withdraw_perspective",
    "write",
    "write_leadership_note",
    "write_note",
    "write_story",
]
