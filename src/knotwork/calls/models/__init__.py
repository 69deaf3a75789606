"""The nouns of a call: what is asked, who answers, what was handed in, how it was judged and what was decided."""

from knotwork.calls.models.bids import (
    Answer,
    AnswerBefore,
    Bid,
    BidFile,
    BidPartner,
    BidStage,
    Brings,
    Receipt,
)
from knotwork.calls.models.calls import Call, CallStage, Criterion, DeadlineChange, Question
from knotwork.calls.models.deciding import (
    Appeal,
    Decision,
    DecisionLine,
    DecisionSignature,
    FeedbackLetter,
    Outcome,
)
from knotwork.calls.models.people import BidAuthor, SignOff
from knotwork.calls.models.reviewing import (
    HIGHEST,
    LOWEST,
    Assignment,
    Conflict,
    DraftScore,
    FoundBy,
    Reviewer,
    Score,
)

__all__ = [
    "HIGHEST",
    "LOWEST",
    "Answer",
    "AnswerBefore",
    "Appeal",
    "Assignment",
    "Bid",
    "BidAuthor",
    "BidFile",
    "BidPartner",
    "BidStage",
    "Brings",
    "Call",
    "CallStage",
    "Conflict",
    "Criterion",
    "DeadlineChange",
    "Decision",
    "DecisionLine",
    "DecisionSignature",
    "DraftScore",
    "FeedbackLetter",
    "FoundBy",
    "Outcome",
    "Question",
    "Receipt",
    "Reviewer",
    "Score",
    "SignOff",
]
