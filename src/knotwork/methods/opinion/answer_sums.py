"""Sums over the votes of each person, and over the people behind each answer, that no order can change.

Meaning. Statement j answered by disagreeing, passing or agreeing makes three **answers**: the columns 3j, 3j
+ 1 and 3j + 2 of a table with a 1 wherever a person gave that answer. A method that goes back and forth
between people and statements (``bridging``) needs only two products with this table: the sum, for each
person, of what her answers are worth; and the sum, for each answer, of what the people who gave it are worth.

Formula. Values are rounded to whole multiples of a power of two, so coarse that every sum is exact in the 53
bits of a double. Exact sums are the same for any order of people, any ids, any number of parts and either way
of adding, to the last byte; what rounding takes is below 1e-9 for a million people.

Shapes. Values are (answers, columns) or (people, columns).

Cost. NumPy alone where votes times columns are at most ``FEW``: 0.6 ms a column for 225,000 votes. Above,
SciPy's sparse products: 5 million votes and four columns take 16 ms one way, 11 ms back (importing SciPy costs
0.15 CPU seconds, which is why the first way is there). Memory: 12 bytes a vote for at most ``AT_ONCE`` votes, and
4 for each of the others.

>>> table = AnswerTable(np.array([0, 2, 3]), np.array([2, 4, 0], np.int32), 6)
>>> table.by_person(np.arange(6.0)[:, None]).ravel(), table.by_answer(np.array([[1.0], [0.5]])).ravel()
(array([6., 0.]), array([0.5, 0. , 1. , 0. , 1. , 0. ]))
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from knotwork.methods.arrays import Counts, Floats, Indices
from knotwork.methods.opinion.votes import VoteBlock

__all__ = ["AnswerTable", "answers_of", "exact_mean", "summable"]

FEW = 1_200_000
AT_ONCE = 4_000_000
EXACT_BITS = 52
# Steps below this would leave the range of a double.
NOTHING = 1e-150


def summable(values: Floats, terms: int) -> Floats:
    """The values, rounded so that any sum of up to ``terms`` of them is exact."""
    largest = float(np.abs(values).max(initial=0))
    if largest < NOTHING:
        return np.zeros_like(values)
    step = 2.0 ** (np.frexp(largest * max(terms, 1))[1] - EXACT_BITS)
    whole: Floats = np.rint(values * (1 / step))
    whole *= step
    return whole


def exact_mean(values: Floats, total: float | Floats) -> Floats:
    """The sum over the first axis divided by ``total``, the same for any order of the rows."""
    mean: Floats = summable(values, len(values)).sum(axis=0) / total
    return mean


@dataclass(frozen=True, eq=False)
class AnswerTable:
    """Who gave which answer: the answers of person i are ``answer[offsets[i]:offsets[i + 1]]``."""

    offsets: Counts
    answer: Indices
    answers: int

    @property
    def people(self) -> int:
        return len(self.offsets) - 1

    @cached_property
    def per_person(self) -> Counts:
        return np.diff(self.offsets)

    @cached_property
    def per_answer(self) -> Counts:
        return np.bincount(self.answer, minlength=self.answers)

    def by_person(self, values: Floats) -> Floats:
        """For each person the sum of ``values`` over her answers."""
        values = summable(values, int(self.per_person.max(initial=0)))
        if self._is_small(values):
            answer, person = self._positions
            columns = [np.bincount(person, column[answer], minlength=self.people) for column in values.T]
            return np.stack(columns, axis=1)
        return np.concatenate([part @ values for _, part in self._parts()])

    def by_answer(self, values: Floats) -> Floats:
        """For each answer the sum of ``values`` over the people who gave it."""
        values = summable(values, int(self.per_answer.max(initial=0)))
        if self._is_small(values):
            answer, person = self._positions
            columns = [np.bincount(answer, column[person], minlength=self.answers) for column in values.T]
            return np.stack(columns, axis=1)
        sums = np.zeros((self.answers, values.shape[1]))
        for start, part in self._parts():
            sums += part.T @ values[start : start + part.shape[0]]
        return sums

    def _is_small(self, values: Floats) -> bool:
        return len(self.answer) * values.shape[1] <= FEW

    @cached_property
    def _positions(self) -> tuple[Counts, Counts]:
        """For each vote its answer and its person, in the integers with which NumPy looks things up."""
        return self.answer.astype(np.int64), np.repeat(np.arange(self.people), self.per_person)

    def _parts(self) -> Iterator[tuple[int, Any]]:
        """The table as sparse matrices of at most about ``AT_ONCE`` votes, each with its first person."""
        from scipy.sparse import csr_array

        first = np.searchsorted(self.offsets, np.arange(0, len(self.answer) + 1, AT_ONCE), side="right") - 1
        bounds = np.unique(np.append(first, self.people))
        longest = int(np.diff(self.offsets[bounds]).max(initial=0))
        ones = np.ones(longest)
        for start, stop in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
            low, high = self.offsets[start], self.offsets[stop]
            yield (
                start,
                csr_array(
                    (
                        ones[: high - low],
                        self.answer[low:high],
                        (self.offsets[start : stop + 1] - low).astype(np.int32),
                    ),
                    shape=(stop - start, self.answers),
                ),
            )


def answers_of(block: VoteBlock, statements: int) -> AnswerTable:
    """The table of a block of votes on ``statements`` statements."""
    answer = 3 * block.statement + (block.vote + np.int8(1))
    return AnswerTable(block.offsets, answer.astype(np.int32, copy=False), 3 * statements)
