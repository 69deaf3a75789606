"""Methods for a conversation of statements and votes (LISTEN): who stands where, with whom, and on what
common ground.

Make a table with ``vote_table``, then ``analyse`` it. The parts can be used by themselves; each has its own
file.
"""

from knotwork.methods.opinion.analysis import METHOD_VERSION, STEPS, OpinionOptions, OpinionResult, analyse
from knotwork.methods.opinion.summary import Notice, in_words
from knotwork.methods.opinion.votes import AmbiguousVotes, VoteTable, vote_table

__all__ = [
    "METHOD_VERSION",
    "STEPS",
    "AmbiguousVotes",
    "Notice",
    "OpinionOptions",
    "OpinionResult",
    "VoteTable",
    "analyse",
    "in_words",
    "vote_table",
]
