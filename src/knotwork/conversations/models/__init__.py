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
    ResultsShown,
)
from knotwork.conversations.models.imports import ConversationImport, ImportState
from knotwork.conversations.models.invitations import Invitation, InvitationBatch
from knotwork.conversations.models.moderation import FormerStatementWording, StatementFlag, StatementMerge
from knotwork.conversations.models.paper import PaperPack, PaperSheet, SheetState
from knotwork.conversations.models.participants import FlaggedFor, Participant, ParticipantToken, Way
from knotwork.conversations.models.reports import Report, ReportState
from knotwork.conversations.models.result_letters import ResultAddress
from knotwork.conversations.models.statements import Statement, StatementStanding, StatementState
from knotwork.conversations.models.translations import (
    ConversationTranslation,
    StatementTranslation,
    TranslatedWords,
    Translation,
)
from knotwork.conversations.models.urgent import Offer, UrgentQuestion, UrgentTemplate
from knotwork.conversations.models.votes import NotUnderstood, Vote, VoteLogEntry, VoteValue

__all__ = [
    "BackgroundAnswer",
    "BackgroundChoice",
    "BackgroundKind",
    "BackgroundQuestion",
    "Conversation",
    "ConversationImport",
    "ConversationStage",
    "ConversationTranslation",
    "FlaggedFor",
    "FormerStatementWording",
    "FormerWording",
    "ImportState",
    "Invitation",
    "InvitationBatch",
    "Moderation",
    "NotUnderstood",
    "Offer",
    "PaperPack",
    "PaperSheet",
    "Participant",
    "ParticipantToken",
    "Report",
    "ReportState",
    "ResultAddress",
    "ResultsShown",
    "SheetState",
    "Statement",
    "StatementFlag",
    "StatementMerge",
    "StatementStanding",
    "StatementState",
    "StatementTranslation",
    "TranslatedWords",
    "Translation",
    "UrgentQuestion",
    "UrgentTemplate",
    "Vote",
    "VoteLogEntry",
    "VoteValue",
    "Way",
]
