"""The loop over all pairs of a person's votes: the one place where compiled code pays.

Meaning. Where a million people saw fifty of a thousand statements each, nearly all of a dense table is empty. Going
from pair to pair of what each person did vote on is thirty times less work, but a loop that NumPy has no words for.

Formula. For votes r on j and s on k >= j by one person: packed[j, k] += 1 + 2^16 s + 2^32 r + 2^48 r s. Statements
ascend within a person, so each pair is met once.

The loop is plain Python. With numba it is compiled, once for each installation; without it, or where nothing can be
kept on disk, ``compiled`` gives None and other ways lead to the same numbers.

Cost. About 2e-9 CPU seconds for each of the squared votes of a person, and 0.7 to load numba.

>>> packed = np.zeros((2, 2), np.int64)
>>> add_pairs(np.array([0, 2]), np.array([0, 1], np.int32), np.array([1, 1], np.int8), packed)
>>> int(packed[0, 1]) == 1 + 2**16 + 2**32 + 2**48
True
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TypeAlias

import numpy as np

from knotwork.methods.arrays import Counts, Indices, VoteValues

__all__ = ["FIELD_BITS", "PairLoop", "add_pairs", "compiled"]

FIELD_BITS = 16

PairLoop: TypeAlias = Callable[[Counts, Indices, VoteValues, Counts], None]


def add_pairs(offsets: Counts, statement: Indices, vote: VoteValues, packed: Counts) -> None:
    """Add every pair of votes by one person to the table of packed sums."""
    for person in range(len(offsets) - 1):
        for one in range(offsets[person], offsets[person + 1]):
            row = packed[statement[one]]
            own = np.int64(vote[one])
            for other in range(one, offsets[person + 1]):
                theirs = np.int64(vote[other])
                crossed = (theirs << FIELD_BITS) + (own << (2 * FIELD_BITS))
                row[statement[other]] += 1 + crossed + ((own * theirs) << (3 * FIELD_BITS))


@cache
def compiled() -> PairLoop | None:
    """The loop as machine code, if that can be had."""
    try:
        from numba import njit

        loop: PairLoop = njit(cache=True)(add_pairs)
    except (ImportError, RuntimeError):
        return None
    return loop
