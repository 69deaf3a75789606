"""Choosing among bids: who reads which, how sure their order is."""

from knotwork.methods.review.assignment import TooFewReadersError, assign_reviewers
from knotwork.methods.review.ranking import (
    ALWAYS_IN,
    ALWAYS_OUT,
    DEPENDS,
    PanelScores,
    Ranking,
    RankingOptions,
    rank_bids,
)

__all__ = [
    "ALWAYS_IN",
    "ALWAYS_OUT",
    "DEPENDS",
    "TooFewReadersError",
    "PanelScores",
    "Ranking",
    "RankingOptions",
    "assign_reviewers",
    "rank_bids",
]
