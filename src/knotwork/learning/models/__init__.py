"""The nouns of this room."""

from knotwork.learning.models.feelings import ThreeWords
from knotwork.learning.models.lessons import Lesson, Outcome, Uptake
from knotwork.learning.models.notes import LeadershipNote, ProgressNote, Story

__all__ = ["LeadershipNote", "Lesson", "Outcome", "ProgressNote", "Story", "ThreeWords", "Uptake"]
