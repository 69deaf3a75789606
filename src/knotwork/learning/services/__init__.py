"""The writing door of this room: each function is one act, one transaction, at least one event."""

from knotwork.learning.services.three_words import add_three_words
from knotwork.learning.services.uptakes import UptakeWords, change_uptake, say_result, take_up
from knotwork.learning.services.words import LeadershipWords, LessonWords, NoteWords, StoryWords
from knotwork.learning.services.writing import (
    change,
    draw_lesson,
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
    "StoryWords",
    "UptakeWords",
    "add_three_words",
    "change",
    "change_uptake",
    "draw_lesson",
    "say_result",
    "take_up",
    "withdraw",
    "write",
    "write_leadership_note",
    "write_note",
    "write_story",
]
