"""Co-votes: what any two statements have to do with each other, in whole numbers.

Meaning. Whether two statements pull people the same way shows in those who voted on both. Three tables of
whole numbers hold all that the map of opinion needs from the votes: how many people voted on both statements,
how their votes agree, and how the one was voted by those who also saw the other.

Formula. With presence P (1 where a vote is present) and votes R (+1, 0, -1; 0 where absent), over the people
of a partition: ``together`` = P'P, ``alike`` = R'R, ``crossed`` = P'R, each L x L for L statements. Then for
any centre mu the Gram matrix of the centred votes is

    G[j, k] = alike[j, k] - mu[j] crossed[j, k] - mu[k] crossed[k, j] + mu[j] mu[k] together[j, k].

Because the sums are integers they are the same, byte for byte, for any order and any partitioning of the
people.

Assumptions. Fewer than 2 billion people.

Cost. Dense: 3 N L^2 operations in single precision, which is exact here (see ``_dense_sums``); 0.1 CPU
seconds for 2,000 people and 600 statements. Where people saw few of many statements it is cheaper to go from pair to
pair of each person's votes: time grows with the sum of squared votes per person. A compiled loop does that
(``pair_sums``: numba, where it is installed), or else a sparse product. Memory: three L x L tables of 4 bytes.

>>> block = VoteBlock(np.array([0, 2, 3]), np.array([0, 1, 1], np.int32), np.array([1, -1, 1], np.int8))
>>> sums = covotes_of(block, 2)
>>> sums.together.tolist(), sums.alike.tolist(), sums.crossed.tolist()
([[1, 1], [1, 2]], [[1, -1], [-1, 2]], [[1, -1], [1, 0]])
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knotwork.methods.arrays import Counts, Floats, Indices
from knotwork.methods.opinion.pair_sums import FIELD_BITS, PairLoop, compiled
from knotwork.methods.opinion.votes import VoteBlock

__all__ = ["CoVotes", "covotes_of"]

FIELD = (1 << FIELD_BITS) - 1
SIGN = 1 << (FIELD_BITS - 1)
MOST_PACKED = SIGN - 1

# Single precision holds whole numbers below 2^24. A block of at most 2,047 people and a shift of 2^12 keep
# together + 2^12 crossed below 2^23, so one matrix product yields both tables without rounding.
DENSE_PEOPLE = 2047
SHIFT = 4096
# CPU seconds per operation, and to load the compiled loop: what decides between the three ways.
SECONDS_DENSE, SECONDS_COMPILED, SECONDS_SPARSE = 3.6e-11, 2e-9, 3e-8
SECONDS_TO_LOAD = 1.0


@dataclass(frozen=True, eq=False)
class CoVotes:
    """The three integer tables of a partition of people."""

    together: Indices
    alike: Indices
    crossed: Indices

    def __add__(self, other: CoVotes) -> CoVotes:
        return CoVotes(self.together + other.together, self.alike + other.alike, self.crossed + other.crossed)

    def gram(self, mean: Floats) -> Floats:
        """Z'Z for the votes centred at ``mean`` (a vote that is absent is at the centre)."""
        product: Floats = mean[:, None] * self.crossed
        product += product.T.copy()
        gram: Floats = self.together * mean
        gram *= mean[:, None]
        gram += self.alike
        gram -= product
        return gram


def covotes_of(block: VoteBlock, statements: int) -> CoVotes:
    """The co-votes of a block, by whichever way is the cheaper; both give the same numbers."""
    pairs = int(block.votes_per_person @ block.votes_per_person)
    dense = SECONDS_DENSE * block.people * statements**2
    if dense > SECONDS_COMPILED * pairs + SECONDS_TO_LOAD and (add_pairs := compiled()):
        return _pair_sums(block, statements, add_pairs)
    return (
        _dense_sums(block, statements) if dense <= SECONDS_SPARSE * pairs else _sparse_sums(block, statements)
    )


def _dense_sums(block: VoteBlock, statements: int) -> CoVotes:
    """P'(P + 2^12 R) in single precision, taken apart again; R'R beside it."""
    shape = (statements, statements)
    together, alike, crossed = (np.zeros(shape, np.int32) for _ in range(3))
    for start in range(0, block.people, DENSE_PEOPLE):
        first, last = block.offsets[start], block.offsets[min(start + DENSE_PEOPLE, block.people)]
        people = min(DENSE_PEOPLE, block.people - start)
        cells = (block.person[first:last] - start, block.statement[first:last])
        present = np.zeros((people, statements), np.float32)
        present[cells] = 1
        votes = np.zeros((people, statements), np.float32)
        votes[cells] = block.vote[first:last]
        alike += _whole(votes.T @ votes)
        votes *= SHIFT
        votes += present
        both = present.T @ votes
        shifted = np.floor(both / SHIFT)
        crossed += _whole(shifted)
        both -= shifted * SHIFT
        together += _whole(both)
    return CoVotes(together, alike, crossed)


def _whole(table: NDArray[np.float32]) -> Indices:
    return table.astype(np.int32)


def _pair_sums(block: VoteBlock, statements: int, add_pairs: PairLoop) -> CoVotes:
    """One number for each pair of statements holds four sums, in fields of 16 bits that are taken apart again."""
    shape = (statements, statements)
    together, alike, crossed = (np.zeros(shape, np.int32) for _ in range(3))
    for start in range(0, block.people, MOST_PACKED):
        packed = np.zeros(shape, np.int64)
        stop = min(start + MOST_PACKED, block.people)
        add_pairs(block.offsets[start : stop + 1], block.statement, block.vote, packed)
        together += (both := _lowest_field(packed)) + np.triu(both, 1).T
        crossed += _lowest_field(packed)
        crossed += np.triu(_lowest_field(packed), 1).T
        alike += (both := _lowest_field(packed)) + np.triu(both, 1).T
    return CoVotes(together, alike, crossed)


def _lowest_field(packed: Counts) -> Indices:
    """Take the lowest field, with its sign, out of every number; the others are left exactly, one field lower."""
    lowest = ((packed & FIELD) ^ SIGN) - SIGN
    packed -= lowest
    packed >>= FIELD_BITS
    return lowest.astype(np.int32)


def _sparse_sums(block: VoteBlock, statements: int) -> CoVotes:
    from scipy.sparse import csr_array

    shape = (block.people, statements)
    ones = np.ones(len(block.vote), np.int32)
    present = csr_array((ones, block.statement, block.offsets), shape=shape)
    votes = csr_array((block.vote.astype(np.int32), block.statement, block.offsets), shape=shape)
    return CoVotes(
        (present.T @ present).toarray(), (votes.T @ votes).toarray(), (present.T @ votes).toarray()
    )
