"""The adjusted Rand index: do two groupings of the same people agree?

Meaning. Take any two people: either both groupings put them together, or both apart, or they disagree. The
index is 1 where they never disagree and 0 where they agree no more often than two groupings of these sizes
would by chance.

Formula. With the counts n[a, b] of people in group a of one and b of the other, pairs(x) = x (x - 1) / 2,
I = sum pairs(n[a, b]), A = sum pairs(n[a, .]), B = sum pairs(n[., b]), T = pairs(n):
(I - A B / T) / ((A + B) / 2 - A B / T). Two groupings of which neither divides anything agree: 1.

Source. Hubert, Arabie (1985), Comparing partitions, Journal of Classification 2.

>>> adjusted_rand_index(["x", "x", "y", "y"], [1, 1, 0, 0])
1.0
>>> round(adjusted_rand_index([0, 0, 1, 1], [0, 0, 1, 2]), 4)
0.5714
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from knotwork.methods.arrays import Counts

__all__ = ["adjusted_rand_index", "rand_index_of"]


def adjusted_rand_index(one: ArrayLike, other: ArrayLike) -> float:
    """The agreement of two labellings of the same people, in any kind of labels."""
    first, second = np.asarray(one), np.asarray(other)
    if first.shape != second.shape:
        raise ValueError(
            f"Two groupings of the same people are needed; got {len(first)} and {len(second)} labels."
        )
    groups, a = np.unique(first, return_inverse=True)
    classes, b = np.unique(second, return_inverse=True)
    table = np.bincount(a * len(classes) + b, minlength=len(groups) * len(classes)).reshape(len(groups), -1)
    return rand_index_of(table)


def rand_index_of(table: Counts) -> float:
    """The index from how many people are in each group of the one (rows) and of the other (columns)."""
    together = _pairs(table)
    rows, columns = _pairs(table.sum(axis=1)), _pairs(table.sum(axis=0))
    everything = _pairs(np.array([table.sum()], np.int64))
    chance = rows * columns / everything if everything else 0.0
    room = (rows + columns) / 2 - chance
    return 1.0 if room == 0 else (together - chance) / room


def _pairs(counts: Counts) -> float:
    return float((counts * (counts - 1) // 2).sum())
