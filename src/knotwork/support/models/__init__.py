"""The nouns of this room."""

from knotwork.support.models.agreements import Agreement, Milestone, MilestoneWord
from knotwork.support.models.enablers import EnablerProfile, Match, MatchStage, Visit
from knotwork.support.models.events import EventSignUp, LearningEvent
from knotwork.support.models.help import HelpAnswer, HelpRequest

__all__ = [
    "Agreement",
    "EnablerProfile",
    "EventSignUp",
    "HelpAnswer",
    "HelpRequest",
    "LearningEvent",
    "Match",
    "MatchStage",
    "Milestone",
    "MilestoneWord",
    "Visit",
]
