"""Stability: would the same groups come out, had somewhat different people come?

Meaning. Some lines between groups are drawn by the votes, others by chance: a few people more or fewer, and the line
lies elsewhere. So people are drawn anew from those who took part, again and again; the new people are grouped from
scratch, everybody is put into the group whose middle is nearest, and the result is compared with the full one. What
comes out is **the spread over resampled participants**. It is not a margin of error: nobody drew these people from a
population.

Formula. With N grouped people, each of B resamples draws N of them with replacement (bootstrap). For each number of
groups k that is offered: weighted k-means on the positions, from ``FRESH_STARTS`` k-means++ starts and from the full
solution's centres, least inertia among the splits whose groups all have max(5, 1 %) of the people; everybody's nearest
centre; then new groups are matched to the full solution's so that most people stay (the assignment problem). Per k the
**mean adjusted Rand index** of the two groupings of everybody; per group the **mean Jaccard overlap**, people in both
/ people in either; per person the **share of resamples in which she stays** in her group.

A resample in which no split of k keeps the size floor does not find these groups again: it counts as an index of 0, an
overlap of 0, and nobody stays.

Where people are many. Above ``MOST_ONE_BY_ONE`` people the k-means of a resample uses the cells of a 48 x 48 grid. To
draw cells by their number of people is to draw the people, one by one: the numbers of drawn people per cell have the
same distribution. Everybody is still placed by her own position. Above ``MOST_PLACED`` people those in one cell of a
512 x 512 grid are drawn and placed as one **block**, and ``in_blocks`` says so.

Assumptions. The map itself stays as it is; only who is on it changes. Each resample has its own seed and nothing is
summed across resamples but whole numbers, so that any partition of the resamples gives the same bytes.

Shapes. points (N, 2); ``stays`` (N,) for each solution. Cost. 1 CPU second for 1,600 people, 2 for 100,000, 3 for a
million (B = 100, k = 2..5).

Source. Hennig (2007), Cluster-wise assessment of cluster stability, Computational Statistics & Data Analysis 52.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import permutations

import numpy as np

from knotwork.methods.arrays import Counts, Floats
from knotwork.methods.opinion.groups import Grouping, Solution, offering, smallest_group
from knotwork.methods.opinion.k_means import best_centres, nearest_centre
from knotwork.methods.opinion.rand_index import rand_index_of
from knotwork.methods.opinion.spots import spots_of
from knotwork.methods.partitions import Engine, Held, InlineEngine, split_evenly

__all__ = ["SolutionStability", "Stability", "most_stable", "stability_of"]

FRESH_STARTS = 10
MOST_ONE_BY_ONE, GRID = 500, 48
MOST_PLACED, GRID_OF_BLOCKS = 500_000, 512
# So many resamples are grouped side by side: few enough for their arrays to stay in the processor's cache.
SIDE_BY_SIDE = 10
MOST_PERMUTED = 6


@dataclass(frozen=True, eq=False)
class SolutionStability:
    """How stable one number of groups is: for all of it, for each group, and for each grouped person."""

    groups: int
    rand_index: float
    overlaps: Floats
    stays: Floats


@dataclass(frozen=True, eq=False)
class Stability:
    """The stability of every solution that is offered, in the order of their numbers of groups."""

    resamples: int
    solutions: tuple[SolutionStability, ...]
    in_blocks: bool

    def of(self, groups: int | None) -> SolutionStability | None:
        """The stability of the solution with this number of groups, if it was offered."""
        return next((one for one in self.solutions if one.groups == groups), None)


@dataclass(frozen=True, eq=False)
class _Task:
    """What every resample needs: spots to be grouped, blocks to be placed, and the solutions to compare with."""

    spots: Floats
    people_on_spot: Floats
    blocks: Floats
    people_in_block: Floats
    labels: tuple[Counts, ...]
    centres: tuple[Floats, ...]
    smallest: float
    seed: int


@dataclass(frozen=True, eq=False)
class _Comparison:
    """Some resamples compared with the full solution of one k."""

    rand_index: Floats
    overlaps: Floats
    stayed: Counts


def stability_of(
    points: Floats,
    solutions: Sequence[Solution],
    *,
    resamples: int,
    seed: int = 0,
    engine: Engine | None = None,
) -> Stability:
    """The stability of all solutions of these people that are offered; ``points`` are the grouped people's."""
    engine = engine or InlineEngine()
    offered = [one for one in solutions if one.labels is not None]
    if not offered or not resamples:
        return Stability(resamples, (), in_blocks=False)
    order = np.lexsort((points[:, 1], points[:, 0]))
    block, task = _task(
        points[order], [one.labels[order] for one in offered if one.labels is not None], offered, seed
    )
    batches = split_evenly(resamples, max(2 * engine.workers, -(-resamples // SIDE_BY_SIDE)))
    found = engine.measure(partial(_compare, task), [Held(batch) for batch in batches])
    in_order = np.argsort(order)
    return Stability(
        resamples,
        tuple(
            _together(one.groups, [batch[which] for batch in found], block[in_order])
            for which, one in enumerate(offered)
        ),
        in_blocks=len(points) > MOST_PLACED,
    )


def most_stable(grouping: Grouping, stability: Stability) -> Grouping:
    """Where several numbers of groups fit equally well, the one that resampling finds again most often.

    Of equally stable ones the better fit, then the smaller number.
    """
    rank = {one.groups: one.rand_index for one in stability.solutions if one.groups in grouping.equally_good}
    if not rank:
        return grouping
    among = [one for one in grouping.solutions if one.groups in rank]
    return offering(grouping, max(among, key=lambda one: (rank[one.groups], one.silhouette, -one.groups)))


def _task(points: Floats, labels: list[Counts], offered: list[Solution], seed: int) -> tuple[Counts, _Task]:
    """The task, and for each person the block in which she is."""
    _, spots, people_on_spot = spots_of(points, one_by_one=MOST_ONE_BY_ONE, grid=GRID)
    block, blocks, people_in_block = spots_of(points, one_by_one=MOST_PLACED, grid=GRID_OF_BLOCKS)
    centres = tuple(one.centres for one in offered if one.centres is not None)
    if len(points) > MOST_PLACED:
        labels = [nearest_centre(blocks, one) for one in centres]
    task = _Task(
        spots,
        people_on_spot,
        blocks,
        people_in_block,
        tuple(labels),
        centres,
        smallest_group(len(points)),
        seed,
    )
    return block, task


def _together(groups: int, batches: list[_Comparison], block: Counts) -> SolutionStability:
    index = np.concatenate([one.rand_index for one in batches])
    stayed = np.sum([one.stayed for one in batches], axis=0)
    return SolutionStability(
        groups,
        rand_index=float(index.mean()),
        overlaps=np.concatenate([one.overlaps for one in batches]).mean(axis=0),
        stays=stayed[block] / len(index),
    )


def _compare(task: _Task, batch: tuple[int, int]) -> list[_Comparison]:
    """The resamples from the first up to, not including, the second number, for every solution."""
    numbers = range(*batch)
    people = int(task.people_on_spot.sum())
    shares = task.people_on_spot / people
    weights = np.array(
        [np.random.default_rng([task.seed, number]).multinomial(people, shares) for number in numbers],
        np.float64,
    ).reshape(len(numbers), len(shares))
    return [
        _compare_solution(task, _regrouped(task, weights, numbers, centres), labels)
        for labels, centres in zip(task.labels, task.centres, strict=True)
    ]


def _regrouped(task: _Task, weights: Floats, numbers: range, centres: Floats) -> Floats:
    """The centres of each resample's groups: (resamples, groups, 2), NaN where it offers none."""
    groups = len(centres)
    drawn = np.array(
        [
            np.random.default_rng([task.seed, number, groups]).random((FRESH_STARTS, groups))
            for number in numbers
        ]
    )
    return best_centres(task.spots, weights, drawn, further=centres, smallest=task.smallest)


def _compare_solution(task: _Task, centres: Floats, labels: Counts) -> _Comparison:
    resamples, groups = centres.shape[:2]
    index, overlaps = np.zeros(resamples), np.zeros((resamples, groups))
    stayed = np.zeros(len(labels), np.int64)
    cell = labels * groups
    for number, found in enumerate(centres):
        if np.isnan(found).any():
            continue
        anew = nearest_centre(task.blocks, found)
        counted = np.bincount(cell + anew, task.people_in_block, minlength=groups * groups)
        table = counted.reshape(groups, groups).astype(np.int64)
        index[number] = rand_index_of(table)
        partner = matched(table)
        both = table[np.arange(groups), partner]
        overlaps[number] = both / (table.sum(axis=1) + table.sum(axis=0)[partner] - both)
        stayed += partner[labels] == anew
    return _Comparison(index, overlaps, stayed)


def matched(table: Counts) -> Counts:
    """For each row its own column, so that the chosen cells hold most people.

    >>> matched(np.array([[1, 9], [8, 7]])).tolist()
    [1, 0]
    """
    groups = len(table)
    if groups <= MOST_PERMUTED:
        ways = _permutations(groups)
        best: Counts = ways[table[np.arange(groups), ways].sum(axis=1).argmax()]
        return best
    from scipy.optimize import linear_sum_assignment

    columns: Counts = linear_sum_assignment(table, maximize=True)[1].astype(np.int64)
    return columns


@cache
def _permutations(groups: int) -> Counts:
    return np.array(list(permutations(range(groups))), np.int64)
