"""Votes counted: agree, disagree and pass on every statement, by everybody and by each group.

Counts are of RAW last votes, on every statement, the moderated ones too. Shapes: each count is (K, M) for K
groups (K = 1 for everybody). ``seen`` is the number of votes of any kind.

>>> counts = VoteCounts(np.array([[3]]), np.array([[1]]), np.array([[2]]))
>>> counts.seen.tolist()
[[6]]
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from knotwork.methods.arrays import Counts
from knotwork.methods.opinion.votes import VoteBlock, VoteTable

__all__ = ["VoteCounts", "count_everybody", "count_votes"]


@dataclass(frozen=True, eq=False)
class VoteCounts:
    """How many agreed, disagreed and passed: (groups, statements) each."""

    agree: Counts
    disagree: Counts
    passed: Counts

    @property
    def seen(self) -> Counts:
        return self.agree + self.disagree + self.passed

    def total(self) -> VoteCounts:
        """All groups together: one row."""
        return VoteCounts(
            self.agree.sum(axis=0, keepdims=True),
            self.disagree.sum(axis=0, keepdims=True),
            self.passed.sum(axis=0, keepdims=True),
        )


def count_everybody(table: VoteTable) -> VoteCounts:
    """The votes of all people: one row."""
    disagree, passed, agree = table.answers[:, None]
    return VoteCounts(agree, disagree, passed)


def count_votes(block: VoteBlock, labels: Counts, groups: int, statements: int) -> VoteCounts:
    """Count the votes of the people with a label of 0 or more."""
    # People without a label count as one group more, which is then left out.
    first_cell = np.where(labels < 0, groups, labels) * (3 * statements)
    cell = np.repeat(first_cell, block.votes_per_person)
    cell += block.statement * np.int32(3)
    cell += block.vote
    counted = np.bincount(cell + 1, minlength=3 * (groups + 1) * statements)
    disagree, passed, agree = np.moveaxis(counted.reshape(groups + 1, statements, 3)[:groups], 2, 0)
    return VoteCounts(agree, disagree, passed)
