"""The nouns of this room."""

from knotwork.learning.models.consulting import ConsultingRound, RoundPerspective
from knotwork.learning.models.feelings import ThreeWords
from knotwork.learning.models.lessons import Lesson, Outcome, Uptake
from knotwork.learning.models.notes import LeadershipNote, ProgressNote, Story
from knotwork.learning.models.reflections import (
    GroupChange,
    Moment,
    PeerAnswer,
    PeerLink,
    Rater,
    Reflection,
    ReflectionRound,
)
from knotwork.learning.models.sessions import SessionMethod, SessionState, WorkingSession

__all__ = [
    "ConsultingRound",
    "GroupChange",
    "LeadershipNote",
    "Lesson",
    "Moment",
    "Outcome",
    "PeerAnswer",
    "PeerLink",
    "RoundPerspective",
    "ProgressNote",
    "Rater",
    "Reflection",
    "ReflectionRound",
    "SessionMethod",
    "SessionState",
    "Story",
    "ThreeWords",
    "Uptake",
    "WorkingSession",
]
