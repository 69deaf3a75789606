"""The solver behind ``bridging``: back and forth between people and statements, without the crawl.

Meaning. For fixed statements the best intercept and factor of each person are a 2 x 2 system of her own, and
for fixed people those of each statement are, with one mean for all. Solving the one after the other in turn
can only lower the loss, but crawls: there are five ways to change the parameters that change no prediction
(moving the mean to people or to statements, making one side's factors larger and the other's smaller,
shifting one side's factors at the cost of the other side's intercepts), and along these the sides hand each
other small steps for dozens of rounds.

So each round does three things: **people** are solved for; the parameters are **balanced**, which finds the
cheapest of all that predict the same; **statements** are solved for. The next round starts from the secant
through the last two (Anderson acceleration of depth one); a secant that would raise the loss is not taken.
On real conversations 10 to 15 rounds take every intercept to within 1e-6; plain turns need 80 to 160.

Formula. With penalties ``FACTOR_PENALTY`` = 0.03 and ``INTERCEPT_PENALTY`` = 0.15, V votes, N people, M
statements (V and N weighted by how often a person was drawn), the mean loss times V is a sum of squares with
ridges 0.15 V / N and 0.03 V / N on a person, 0.15 V / M and 0.03 V / M on a statement, 0.15 V on the mean.
All sums are exact (``answer_sums``), so the order of people changes no byte.

Shapes. Everything is done for B problems at once, which differ in the weights of the people (the resamples of
an interval): a point is (1 + 2 M, B), with the mean, the intercepts, the factors; people are (N, B).

Cost. A round is one product with the answers each way: 5 ms for 225,000 votes, 27 ms for 5 million; of 16
problems at once 1 ms and 20 ms each.

Source. Wojcik et al. (2022), Birdwatch. Walker, Ni (2011), Anderson acceleration for fixed-point iterations.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from knotwork.methods.arrays import Flags, Floats
from knotwork.methods.opinion.answer_sums import AnswerTable, exact_mean, summable

__all__ = ["FACTOR_PENALTY", "INTERCEPT_PENALTY", "WORTH", "BridgingProblem", "Fit"]

FACTOR_PENALTY = 0.03
INTERCEPT_PENALTY = 0.15
# What disagreeing, passing and agreeing are worth.
WORTH = np.array([0.0, 0.5, 1.0])
BALANCING_ROUNDS = 3
# Two losses that differ by less are equal but for rounding.
ROUNDING = 1e-13


@dataclass(frozen=True, eq=False)
class Fit:
    """Where the solver stopped, and whether the intercepts had settled, for each of B problems."""

    point: Floats
    settled: Flags


class BridgingProblem:
    """The votes, and how often each person counts: ``weights`` (N, B)."""

    def __init__(self, table: AnswerTable, weights: Floats) -> None:
        self.table, self.weights = table, weights
        self.statements = table.answers // 3
        self.people = weights.sum(axis=0)
        self.votes = (weights * table.per_person[:, None]).sum(axis=0)
        self.given = table.by_answer(weights)
        self.seen = self.given.reshape(self.statements, 3, -1).sum(axis=1)
        self._worth = np.einsum("jvb,v->jb", self.given.reshape(self.statements, 3, -1), WORTH)

    def settle(self, start: Floats, *, tolerance: float, rounds: int) -> Fit:
        """Go on until no intercept moves by ``tolerance`` in a round, or for so many rounds."""
        point, lowest = start, np.full(start.shape[1], np.inf)
        image, residual = start, np.zeros_like(start)
        has_jumped = np.zeros(start.shape[1], bool)
        settled = has_jumped
        for turn in range(rounds):
            intercept, factor, loss = self.people_at(point)
            worse = has_jumped & (loss > lowest + ROUNDING)
            reached = self._statements_for(*self._balanced(point, intercept, factor))
            moved = reached - point
            settled = ~worse & (np.abs(moved[1 : 1 + self.statements]).max(axis=0) < tolerance)
            if settled.all():
                return Fit(reached, settled)
            share = _secant(moved, moved - residual) if turn else np.zeros(len(worse))
            point = np.where(worse, image, reached - share * (reached - image))
            image, residual = np.where(worse, image, reached), np.where(worse, residual, moved)
            lowest, has_jumped = np.where(worse, lowest, loss), ~worse & (share != 0)
        return Fit(image, settled)

    def people_at(self, point: Floats) -> tuple[Floats, Floats, Floats]:
        """The best intercepts and factors of the people for these statements, and the loss with them."""
        mean, intercept, factor = point[0], point[1 : 1 + self.statements], point[1 + self.statements :]
        rest = np.tile(WORTH, self.statements)[:, None] - mean - np.repeat(intercept, 3, axis=0)
        along = np.repeat(factor, 3, axis=0)
        values = np.concatenate([along, along**2, rest, rest * along], axis=1)
        first, second, level, lean = np.split(self.table.by_person(values), 4, axis=1)
        ridge = self.votes / self.people
        here, there = _solved_pair(
            self.table.per_person[:, None] + INTERCEPT_PENALTY * ridge,
            first,
            second + FACTOR_PENALTY * ridge,
            level,
            lean,
        )
        explained = exact_mean(self.weights * (level * here + lean * there), self.votes)
        unexplained = exact_mean(self.given * rest**2, self.votes) - explained
        penalty = FACTOR_PENALTY * exact_mean(factor**2, self.statements) + INTERCEPT_PENALTY * (
            exact_mean(intercept**2, self.statements) + mean**2
        )
        return here, there, unexplained + penalty

    def _statements_for(self, intercept: Floats, factor: Floats) -> Floats:
        """The best mean, intercepts and factors of the statements for these people."""
        values = np.concatenate([factor, factor**2, intercept, intercept * factor], axis=1)
        values *= np.tile(self.weights, 4)
        sums = self.table.by_answer(values).reshape(self.statements, 3, 4, -1)
        first, second, level, lean = sums.sum(axis=1).transpose(1, 0, 2)
        ridge = self.votes / self.statements
        own, cross = self.seen + INTERCEPT_PENALTY * ridge, second + FACTOR_PENALTY * ridge
        level = self._worth - level
        lean = np.einsum("jvb,v->jb", sums[:, :, 0], WORTH) - lean
        here, there = _solved_pair(own, first, cross, level, lean)
        # How both would fall if the mean rose by one.
        here_falls, there_falls = _solved_pair(own, first, cross, self.seen, first)
        left = exact_mean(level - self.seen * here - first * there, 1)
        falls = exact_mean(self.seen * here_falls + first * there_falls, 1)
        mean = left / (self.votes * (1 + INTERCEPT_PENALTY) - falls)
        return np.concatenate([mean[None], here - mean * here_falls, there - mean * there_falls])

    def _balanced(self, point: Floats, intercept: Floats, factor: Floats) -> tuple[Floats, Floats]:
        """The people's side of the cheapest parameters that predict the same."""
        of_people = _moments(self.weights, self.people, intercept, factor)
        of_statements = _moments(
            np.ones_like(self.seen),
            np.full_like(self.people, self.statements),
            point[1 : 1 + self.statements],
            point[1 + self.statements :],
        )
        moves = balancing(point[0], of_people, of_statements)
        return (
            intercept + moves[:, 1, 0] + moves[:, 1, 2] * factor,
            moves[:, 2, 0] + moves[:, 2, 2] * factor,
        )


def balancing(mean: Floats, of_people: Floats, of_statements: Floats) -> Floats:
    """How to move the people, as matrices (B, 3, 3) on (1, intercept, factor).

    From the mean products of these three on both sides. A few Gauss-Newton rounds over: a, b, by which
    intercepts of people and statements fall and the mean rises; d, e, by which factors of people and
    statements rise while the other side's intercepts make up for it; and a scale for the factors.
    """
    moves = np.broadcast_to(np.eye(3), of_people.shape)
    strong, weak = INTERCEPT_PENALTY, FACTOR_PENALTY
    for _ in range(BALANCING_ROUNDS):
        sizes = of_people[:, 2, 2], of_statements[:, 2, 2]
        both = (sizes[0] > 0) & (sizes[1] > 0)
        scale = np.where(both, np.divide(sizes[1], sizes[0], where=both, out=np.ones_like(mean)), 1) ** 0.25
        moves, of_people = _moved(moves, of_people, np.zeros((3, len(mean))), scale)
        _, of_statements = _moved(moves, of_statements, np.zeros((3, len(mean))), 1 / scale)
        lean, lean_2, cross = of_people[:, 0, 2], of_people[:, 2, 2], of_people[:, 1, 2]
        other, other_2, other_cross = of_statements[:, 0, 2], of_statements[:, 2, 2], of_statements[:, 1, 2]
        nothing, level = np.zeros_like(mean), np.full_like(mean, strong)
        curve = np.array(
            [
                [2 * level, level, nothing, level * lean],
                [level, 2 * level, level * other, nothing],
                [nothing, level * other, level * other_2 + weak, nothing],
                [level * lean, nothing, nothing, level * lean_2 + weak],
            ]
        )
        slope = np.array(
            [
                strong * (mean - of_people[:, 0, 1]),
                strong * (mean - of_statements[:, 0, 1]),
                weak * lean - strong * other_cross,
                weak * other - strong * cross,
            ]
        )
        a, b, d, e = -np.linalg.solve(curve.transpose(2, 0, 1), slope.T[:, :, None])[:, :, 0].T
        one = np.ones_like(mean)
        moves, of_people = _moved(moves, of_people, np.array([a, e, d]), one)
        _, of_statements = _moved(moves, of_statements, np.array([b, d, e]), one)
        mean = mean + a + b - d * e
    return moves


def _moved(moves: Floats, moments: Floats, shifts: Floats, scale: Floats) -> tuple[Floats, Floats]:
    """Let intercepts fall by ``shifts[0]`` and by ``shifts[1]`` times the factor; scale the factor and let it
    rise by ``shifts[2]``: both the moves so far and the moments."""
    step = np.zeros(moments.shape)
    step[:, [0, 1], [0, 1]] = 1
    step[:, 1, 0], step[:, 1, 2], step[:, 2, 0], step[:, 2, 2] = -shifts[0], -shifts[1], shifts[2], scale
    return step @ moves, step @ moments @ step.transpose(0, 2, 1)


def _moments(weights: Floats, total: Floats, intercept: Floats, factor: Floats) -> Floats:
    """Mean products of (1, intercept, factor): (B, 3, 3)."""
    parts = np.ones_like(intercept), intercept, factor
    moments = np.empty((len(total), 3, 3))
    for row in range(3):
        for column in range(row + 1):
            product = exact_mean(weights * parts[row] * parts[column], total)
            moments[:, row, column] = moments[:, column, row] = product
    return moments


def _solved_pair(
    own: Floats, cross: Floats, other: Floats, level: Floats, lean: Floats
) -> tuple[Floats, Floats]:
    """The solutions of [[own, cross], [cross, other]] x = [level, lean], one system per cell."""
    determinant = own * other - cross**2
    return (other * level - cross * lean) / determinant, (own * lean - cross * level) / determinant


def _secant(moved: Floats, change: Floats) -> Floats:
    """How far to go back along the last step so that the rest of the way is shortest, one share per
    problem."""
    along = summable(moved * change, len(moved)).sum(axis=0)
    length = summable(change**2, len(moved)).sum(axis=0)
    return np.divide(along, length, out=np.zeros_like(length), where=length > 0)
