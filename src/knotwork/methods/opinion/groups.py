"""Groups of opinion: who stands together.

Meaning. The conversation's people, split into two to five groups who voted alike; they are read together with
what each group believes (``representative``) and with what all share (``common_ground``). A group is no party
and nobody joined it. Where the votes show no clear split, several numbers of groups fit equally well, and the
method says so.

Who is grouped. Everybody with at least min(7, M) votes, for M statements that were voted on; if fewer than 15
people qualify, those with most votes, up to 15. Only they are counted in groups.

Formula. **A function of the votes alone**: k-means on the people's positions for k = 2..5, from seeded
starts, and among the splits whose groups all have at least max(5, 1 %) of the people the one of least
inertia. If no split of a k passes, that k is not offered. The k of the highest silhouette is chosen (the
smaller of equals). Above ``MOST_ONE_BY_ONE`` people the restarts and the silhouette use the cells of a 48 x
48 grid, weighted by their people; Lloyd's iterations then run on everybody.

A person may ask for another k. Groups that are known (the professions round a table, say) may be given
instead: then everybody named is counted, whatever her number of votes, labels stay as they are and no group
is too small.

Shapes. labels (N,): 0 for group A, 1 for B; -1 for those who are not grouped.

Differences from Polis, which clusters people into 100 base clusters and those into groups, in an order that
depends on history: see docs/methods/opinion.md.

Cost. 0.2 CPU seconds for 2,000 people; about 1 for 100,000.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from knotwork.methods.arrays import Counts, Flags, Floats
from knotwork.methods.identifiers import ordered_identifiers, positions_in
from knotwork.methods.opinion.group_labels import LETTERS, by_size
from knotwork.methods.opinion.k_means import Split, best_split, centres_of, nearest_centre, settle
from knotwork.methods.opinion.silhouette import silhouettes
from knotwork.methods.opinion.spots import spots_of
from knotwork.methods.opinion.votes import VoteTable

__all__ = [
    "Grouping",
    "Solution",
    "find_groups",
    "given_groups",
    "offering",
    "people_in_conversation",
    "smallest_group",
]

ENOUGH_VOTES = 7
FEWEST_PEOPLE = 15
SMALLEST_GROUP = 5
SMALLEST_SHARE = 0.01
GROUP_NUMBERS = (2, 3, 4, 5)
MOST_GROUPS = 20
MOST_ONE_BY_ONE = 2500
GRID = 48
EQUALLY_GOOD = 0.02


@dataclass(frozen=True, eq=False)
class Solution:
    """One number of groups that was tried; ``labels`` is None if no split of it had large enough groups."""

    groups: int
    silhouette: float
    labels: Counts | None = None
    centres: Floats | None = None


@dataclass(frozen=True, eq=False)
class Grouping:
    """Who is grouped how: the chosen solution and every other that was tried.

    ``equally_good`` lists the numbers of groups whose silhouette is within 0.02 of the best, if there is more
    than one.
    """

    in_conversation: Flags
    labels: Counts
    names: tuple[str, ...]
    chosen: int | None
    solutions: tuple[Solution, ...]
    equally_good: tuple[int, ...] = ()
    given: bool = False

    @property
    def sizes(self) -> Counts:
        return np.bincount(self.labels[self.labels >= 0], minlength=len(self.names))


def people_in_conversation(table: VoteTable) -> Flags:
    """Who has voted often enough to be grouped."""
    votes = table.votes_per_person
    enough = votes >= max(1, min(ENOUGH_VOTES, int(table.voted.sum())))
    if enough.sum() < FEWEST_PEOPLE:
        most_first = np.lexsort((np.arange(len(votes)), -votes))[:FEWEST_PEOPLE]
        enough[most_first] = votes[most_first] > 0
    return enough


def smallest_group(people: int) -> float:
    """The size below which a split of so many people is not offered."""
    return max(SMALLEST_GROUP, SMALLEST_SHARE * people)


def find_groups(positions: Floats, grouped: Flags, *, asked: int | None = None, seed: int = 0) -> Grouping:
    """Group the people marked in ``grouped`` by their positions; ``asked`` is a number of groups somebody
    wants."""
    if asked is not None and not 2 <= asked <= MOST_GROUPS:
        raise ValueError(f"Ask for 2 to {MOST_GROUPS} groups, not {asked}.")
    tried = sorted({*GROUP_NUMBERS, *([asked] if asked else [])})
    solutions = _solutions(positions[grouped], tried, seed)
    offered = {one.groups: one for one in solutions if one.labels is not None}
    best = max(offered.values(), key=lambda one: (one.silhouette, -one.groups), default=None)
    chosen = offered.get(asked, best) if asked else best
    near = [
        one.groups for one in offered.values() if best and best.silhouette - one.silhouette <= EQUALLY_GOOD
    ]
    nobody = Grouping(
        in_conversation=grouped,
        labels=np.full(len(positions), -1, np.int64),
        names=(),
        chosen=None,
        solutions=tuple(solutions),
        equally_good=tuple(near) if len(near) > 1 else (),
    )
    return offering(nobody, chosen) if chosen else nobody


def offering(grouping: Grouping, solution: Solution) -> Grouping:
    """The same grouping with this one of its solutions, which is offered, as the chosen one."""
    if solution.labels is None:
        raise ValueError(f"No split into {solution.groups} groups is offered.")
    labels = np.full(len(grouping.labels), -1, np.int64)
    labels[grouping.in_conversation] = solution.labels
    return replace(grouping, labels=labels, names=tuple(LETTERS[: solution.groups]), chosen=solution.groups)


def given_groups(
    positions: Floats, in_conversation: Flags, participants: pl.Series, given: Mapping[str, str]
) -> Grouping:
    """The groups as they were given: participant id -> label. Names that are not in the table are left
    out."""
    known = [(who, label) for who, label in given.items() if label]
    where = positions_in(participants.cast(pl.String), pl.Series([who for who, _ in known], dtype=pl.String))
    present = where >= 0
    label_of = pl.Series([label for _, label in known], dtype=pl.String).filter(
        pl.Series(present, dtype=pl.Boolean)
    )
    names = ordered_identifiers(label_of)
    labels = np.full(len(participants), -1, np.int64)
    labels[where[present]] = positions_in(names, label_of)
    people = labels >= 0
    solution = Solution(len(names), _silhouette(positions[people], labels[people]), labels[people])
    return Grouping(
        in_conversation=in_conversation,
        labels=labels,
        names=tuple(names.to_list()),
        chosen=len(names) if len(names) else None,
        solutions=(solution,) if len(names) else (),
        given=True,
    )


def _solutions(points: Floats, tried: list[int], seed: int) -> list[Solution]:
    """One solution for each number of groups, with letters by size.

    People are taken in the order of their positions, not of their ids: giving everybody another id changes nothing.
    """
    order = np.lexsort((points[:, 1], points[:, 0]))
    points = points[order]
    smallest = smallest_group(len(points))
    _, spots, weights = _spots(points)
    splits: dict[int, Split] = {}
    for groups in tried:
        split = (
            best_split(
                spots, weights, groups, random=np.random.default_rng([seed, groups]), smallest=smallest
            )
            if groups * smallest <= len(points)
            else None
        )
        if split and len(spots) < len(points):
            split = settle(points, split.centres)
        if split and np.bincount(split.labels, minlength=groups).min() >= smallest:
            splits[groups] = split
    found = {groups: by_size(split.labels, groups) for groups, split in splits.items()}
    centres = {
        groups: centres_of(points, np.ones(len(points)), labels, groups) for groups, labels in found.items()
    }
    on_spots = [
        nearest_centre(spots, centres[groups]) if len(spots) < len(points) else labels
        for groups, labels in found.items()
    ]
    score = dict(zip(found, silhouettes(spots, weights, on_spots), strict=True))
    back = np.argsort(order)
    return [
        Solution(
            groups,
            score.get(groups, float("nan")),
            found[groups][back] if groups in found else None,
            centres.get(groups),
        )
        for groups in tried
    ]


def _spots(points: Floats) -> tuple[Counts, Floats, Floats]:
    return spots_of(points, one_by_one=MOST_ONE_BY_ONE, grid=GRID)


def _silhouette(points: Floats, labels: Counts) -> float:
    """The silhouette of given labels, on people or, above ``MOST_ONE_BY_ONE``, on grid cells of each
    group."""
    if not len(points):
        return float("nan")
    if len(points) <= MOST_ONE_BY_ONE:
        return silhouettes(points, np.ones(len(points)), [labels])[0]
    cell, _, _ = _spots(points)
    groups = int(labels.max()) + 1
    _, spot, people = np.unique(cell * groups + labels, return_inverse=True, return_counts=True)
    first = np.unique(spot, return_index=True)[1]
    places = centres_of(points, np.ones(len(points)), spot, len(people))
    return silhouettes(places, people.astype(np.float64), [labels[first]])[0]
