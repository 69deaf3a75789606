"""The forms of this room."""

from knotwork.learning.forms.writing import (
    FORMS,
    LeadershipNoteForm,
    LessonForm,
    NoteForm,
    PieceForm,
    ResultForm,
    StoryForm,
    ThreeWordsForm,
    UptakeForm,
    WithdrawForm,
    tie_kinds,
)

__all__ = [
    "FORMS",
    "LeadershipNoteForm",
    "LessonForm",
    "NoteForm",
    "PieceForm",
    "ResultForm",
    "StoryForm",
    "ThreeWordsForm",
    "UptakeForm",
    "WithdrawForm",
    "tie_kinds",
]
