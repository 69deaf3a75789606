"""The nouns of a call: what is asked, who answers, and what was handed in."""

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
from knotwork.calls.models.people import BidAuthor, SignOff

__all__ = [
    "Answer",
    "AnswerBefore",
    "Bid",
    "BidAuthor",
    "BidFile",
    "BidPartner",
    "BidStage",
    "Brings",
    "Call",
    "CallStage",
    "Criterion",
    "DeadlineChange",
    "Question",
    "Receipt",
    "SignOff",
]
