"""What the groups are called: A for the largest, and the same letter as yesterday.

Meaning. A letter is all a group is called. The method gives A to the largest group, B to the next; a page
that shows a running conversation carries the letters over from its last snapshot, so that the people whom
readers know as 'A' stay 'A' when B outgrows them.

Formula. Carrying over maximises the number of people who keep their letter, over all one-to-one matchings of
old and new groups (the assignment problem). A new group that matches nobody takes the first letter that was
not in use, and only when all were in use one that its people gave up.

Source. Kuhn (1955), The Hungarian method for the assignment problem.

>>> carry_labels(["A", "A", "B", "B", "B"], ["B", "B", "A", "A", ""])
{'A': 'B', 'B': 'A'}
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from knotwork.methods.arrays import Counts

__all__ = ["LETTERS", "by_size", "carry_labels"]

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def by_size(labels: Counts, groups: int) -> Counts:
    """Renumber the groups so that 0 is the largest; of two equally large ones, the one with the earliest
    member."""
    sizes = np.bincount(labels, minlength=groups)
    first = np.full(groups, len(labels))
    present, where = np.unique(labels, return_index=True)
    first[present] = where
    order = np.lexsort((first, -sizes))
    rank = np.empty(groups, np.int64)
    rank[order] = np.arange(groups)
    return rank[labels]


def carry_labels(current: Sequence[str], previous: Sequence[str]) -> dict[str, str]:
    """For each current label the one to show, given each person's current and previous label ('' for none).

    Both sequences list the same people. People without a label on either side do not vote on the matching.
    """
    if len(current) != len(previous):
        raise ValueError(f"The labels must be of the same people; got {len(current)} and {len(previous)}.")
    new = sorted({label for label in current if label})
    old = sorted({label for label in previous if label})
    shared = np.zeros((len(new), len(old)), np.int64)
    for now, before in zip(current, previous, strict=True):
        if now and before:
            shared[new.index(now), old.index(before)] += 1
    carried = _matched(new, old, shared)
    unused = [letter for letter in LETTERS if letter not in old]
    given_up = [letter for letter in LETTERS if letter in old and letter not in carried.values()]
    free = iter(unused + given_up)
    return {label: carried[label] if label in carried else next(free) for label in new}


def _matched(new: list[str], old: list[str], shared: Counts) -> dict[str, str]:
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(shared, maximize=True)
    return {new[row]: old[column] for row, column in zip(rows, columns, strict=True) if shared[row, column]}
