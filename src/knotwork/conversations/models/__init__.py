"""The nouns of a conversation."""

from knotwork.conversations.models.background import (
    BackgroundAnswer,
    BackgroundChoice,
    BackgroundKind,
    BackgroundQuestion,
)
from knotwork.conversations.models.conversations import (
    Conversation,
    ConversationStage,
    FormerWording,
    Moderation,
)
from knotwork.conversations.models.imports import ConversationImport, ImportState
from knotwork.conversations.models.participants import Participant, ParticipantToken, Way
from knotwork.conversations.models.reports import Report, ReportState
from knotwork.conversations.models.statements import Statement, StatementStanding, StatementState
from knotwork.conversations.models.votes import NotUnderstood, Vote, VoteLogEntry, VoteValue

__all__ = [
    "BackgroundAnswer",
    "BackgroundChoice",
    "BackgroundKind",
    "BackgroundQuestion",
    "Conversation",
    "ConversationImport",
    "ConversationStage",
    "FormerWording",
    "ImportState",
    "Moderation",
    "NotUnderstood",
    "Participant",
    "ParticipantToken",
    "Report",
    "ReportState",
    "Statement",
    "StatementStanding",
    "StatementState",
    "Vote",
    "VoteLogEntry",
    "VoteValue",
    "Way",
]
