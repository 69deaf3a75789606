"""The nouns of a conversation."""

from knotwork.conversations.models.conversations import (
    Conversation,
    ConversationStage,
    FormerWording,
    Moderation,
    ResultsShown,
)
from knotwork.conversations.models.imports import ConversationImport, ImportState
from knotwork.conversations.models.invitations import Invitation, InvitationBatch
from knotwork.conversations.models.moderation import FormerStatementWording, StatementFlag, StatementMerge
from knotwork.conversations.models.participants import FlaggedFor, Participant, ParticipantToken, Way
from knotwork.conversations.models.statements import Statement, StatementStanding, StatementState
from knotwork.conversations.models.votes import NotUnderstood, Vote, VoteLogEntry, VoteValue

__all__ = [
    "Conversation",
    "ConversationImport",
    "ConversationStage",
    "FlaggedFor",
    "FormerStatementWording",
    "FormerWording",
    "ImportState",
    "Invitation",
    "InvitationBatch",
    "Moderation",
    "NotUnderstood",
    "Participant",
    "ParticipantToken",
    "ResultsShown",
    "Statement",
    "StatementFlag",
    "StatementMerge",
    "StatementStanding",
    "StatementState",
    "Vote",
    "VoteLogEntry",
    "VoteValue",
    "Way",
]
