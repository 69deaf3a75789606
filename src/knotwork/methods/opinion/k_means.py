"""k-means in the plane: split people by where they stand, from many seeded starts.

Meaning. A group is a set of people who stand nearer to the middle of their own group than to that of any
other. From one start the method may end in a poor split; from many, the best is hardly ever missed.

Formula. Minimise the inertia: the sum over points of weight * squared distance to the mean of its group.
Starts by k-means++ (each further centre is drawn with probability proportional to weight * squared distance
to the nearest centre so far), then Lloyd's iterations until no point changes its group, then single points
are moved while that lessens the inertia.

Shapes. points (n, 2), weights (n,), centres (k, 2), labels (n,). All restarts run side by side.

Assumptions. Groups are convex in the plane. Of two centres equally near, the first has the point.

Cost. restarts * n * k per iteration, some 20 iterations: 0.05 CPU seconds for 1,500 points and five groups.

Source. Arthur, Vassilvitskii (2007), k-means++: the advantages of careful seeding; Lloyd (1982);
Hartigan (1975), Clustering Algorithms.

>>> points = np.array([[0.0, 0], [0, 1], [9, 0], [9, 1]])
>>> solution = best_split(points, np.ones(4), 2, random=np.random.default_rng(0), smallest=2)
>>> sorted(map(tuple, solution.centres.tolist())), solution.inertia
([(0.0, 0.5), (9.0, 0.5)], 1.0)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knotwork.methods.arrays import Counts, Floats

__all__ = [
    "Split",
    "best_centres",
    "best_split",
    "centres_of",
    "nearest_centre",
    "settle",
    "weighted_k_means_step",
]

FEWEST_STARTS, MOST_STARTS = 20, 200
# Twenty starts can miss the best split by a person or two. Where people are few, more starts cost nothing, so
# the number is what this many points can be placed for.
POINTS_PLACED = 40_000
MOST_STEPS = 200
# So many of the best settled splits are bettered by moving single points; a gain below rounding is none.
EXCHANGED = 12
LEAST_GAIN = 1e-12


@dataclass(frozen=True, eq=False)
class Split:
    """One way of splitting the points: a label for each, the group means, the inertia."""

    labels: Counts
    centres: Floats
    inertia: float


def best_split(
    points: Floats, weights: Floats, groups: int, *, random: np.random.Generator, smallest: float
) -> Split | None:
    """The split of least inertia among the restarts whose groups all weigh at least ``smallest``; None if
    there is none."""
    starts = number_of_starts(len(points))
    weights_of_all = np.broadcast_to(weights, (starts, len(points)))
    centres = _starts(points, weights_of_all, random.random((groups, starts)))
    labels = _settle_all(points, weights_of_all, centres)
    # Most starts end in the same few partitions; each is looked at once.
    different = {numbered.tobytes(): numbered for numbered in (_numbered(one, groups) for one in labels)}
    settled = [_split(points, weights, one, groups) for _, one in sorted(different.items())]
    settled.sort(key=lambda split: split.inertia)
    best: Split | None = None
    for split in (_exchanged(points, weights, one) for one in settled[:EXCHANGED]):
        is_large_enough = np.bincount(split.labels, weights, minlength=groups).min() >= smallest
        if is_large_enough and (best is None or split.inertia < best.inertia):
            best = split
    return best


def best_centres(
    points: Floats, weights: Floats, drawn: Floats, *, further: Floats, smallest: float
) -> Floats:
    """The centres of the best split for each of several weightings of the same points: (weightings, groups, 2).

    ``weights`` is (weightings, n). Each weighting has its own k-means++ starts, made from the uniform numbers
    ``drawn`` (weightings, starts, groups), and starts from the centres ``further`` (groups, 2) besides. NaN where
    no split has groups that all weigh at least ``smallest``. A weighting's result does not depend on the others.
    """
    count, starts, groups = drawn.shape
    runs = np.repeat(weights, starts, axis=0)
    fresh = _starts(points, runs, np.moveaxis(drawn, 2, 0).reshape(groups, -1))
    also = np.broadcast_to(further, (count, 1, groups, 2))
    centres = np.concatenate([fresh.reshape(count, starts, groups, 2), also], axis=1).reshape(-1, groups, 2)
    runs = np.repeat(weights, starts + 1, axis=0)
    labels = _settle_all(points, runs, centres)
    mass, centres = _all_centres(points, runs, labels, centres)
    flat = (labels + groups * np.arange(len(labels))[:, None]).ravel()
    distance = _squared(points, centres.reshape(-1, 2)[flat].reshape(*labels.shape, 2))
    inertia = (runs * distance).sum(axis=1)
    inertia[mass.min(axis=1) < smallest] = np.inf
    inertia = inertia.reshape(count, starts + 1)
    best = inertia.argmin(axis=1)
    found: Floats = centres.reshape(count, starts + 1, groups, 2)[np.arange(count), best].copy()
    found[np.isinf(inertia.min(axis=1))] = np.nan
    return found


def _squared(points: Floats, centres: Floats) -> Floats:
    """(runs, points): squared distance of each point to its own group's centre."""
    across, up = points[:, 0] - centres[..., 0], points[:, 1] - centres[..., 1]
    squared: Floats = across * across + up * up
    return squared


def _exchanged(points: Floats, weights: Floats, split: Split) -> Split:
    """Move one point at a time, the one that gains most, until no move lessens the inertia (Hartigan's method).

    Lloyd's iterations stop at many splits that differ by a person or two; these moves lead most of them to one.
    Taking weight w out of a group of mass m at squared distance d saves w m d / (m - w); adding it costs
    w m d / (m + w).
    """
    groups, labels, people = len(split.centres), split.labels.copy(), np.arange(len(points))
    for _ in range(len(points)):
        mass = np.bincount(labels, weights, minlength=groups)
        centres = centres_of(points, weights, labels, groups)
        distance = ((points[:, None, :] - centres[None]) ** 2).sum(axis=2)
        left = mass[labels] - weights
        saved = (
            np.where(left > 0, weights * mass[labels] / np.where(left > 0, left, 1), 0)
            * distance[people, labels]
        )
        cost = weights[:, None] * mass / (mass + weights[:, None]) * distance
        cost[people, labels] = np.inf
        target = cost.argmin(axis=1)
        gain = np.where(left > 0, saved - cost[people, target], 0)
        mover = int(gain.argmax())
        if gain[mover] <= LEAST_GAIN * max(split.inertia, 1.0):
            break
        labels[mover] = target[mover]
    return _split(points, weights, labels, groups)


def settle(points: Floats, centres: Floats) -> Split:
    """Lloyd's iterations on everybody from the given centres."""
    weights = np.ones(len(points))
    labels = _settle_all(points, weights[None], centres[None])[0]
    return _split(points, weights, labels, len(centres))


def weighted_k_means_step(points: Floats, weights: Floats, centres: Floats) -> tuple[Counts, Floats]:
    """Assign every point to its nearest centre, then move the centres to the weighted means: one
    iteration."""
    labels = nearest_centre(points, centres)
    return labels, centres_of(points, weights, labels, len(centres))


def nearest_centre(points: Floats, centres: Floats) -> Counts:
    """For each point the position of the nearest centre."""
    labels: Counts = _nearest(points, centres[None])[0]
    return labels


def centres_of(points: Floats, weights: Floats, labels: Counts, groups: int) -> Floats:
    """The weighted mean of each group; the origin for one without members."""
    mass = np.bincount(labels, weights, minlength=groups)
    sums = [np.bincount(labels, weights * axis, minlength=groups) for axis in points.T]
    centres: Floats = np.column_stack(sums) / np.where(mass > 0, mass, 1)[:, None]
    return centres


def number_of_starts(points: int) -> int:
    """Twenty, and more for few points.

    >>> [number_of_starts(points) for points in (50, 400, 2500)]
    [200, 100, 20]
    """
    return min(max(FEWEST_STARTS, POINTS_PLACED // max(points, 1)), MOST_STARTS)


def _split(points: Floats, weights: Floats, labels: Counts, groups: int) -> Split:
    """The split with its groups numbered by where they first occur."""
    labels = _numbered(labels, groups)
    centres = centres_of(points, weights, labels, groups)
    distance = ((points - centres[labels]) ** 2).sum(axis=1)
    return Split(labels, centres, float(weights @ distance))


def _numbered(labels: Counts, groups: int) -> Counts:
    """The groups numbered by where they first occur, so that equal partitions are equal to the last digit."""
    first = np.full(groups, len(labels))
    first[labels[::-1]] = np.arange(len(labels))[::-1]
    numbers: Counts = np.argsort(np.argsort(first, kind="stable"))[labels]
    return numbers


def _starts(points: Floats, weights: Floats, drawn: Floats) -> Floats:
    """k-means++ starts for all restarts, (restarts, groups, 2), from uniform numbers (groups, restarts)."""
    centres = points[_draw(weights, drawn[0])][:, None, :]
    distance = _squared_distances(points, centres[:, 0])
    for uniform in drawn[1:]:
        pull = distance * weights
        # Everybody stands on a centre already: any point will do.
        pull = np.where(pull.sum(axis=1, keepdims=True) > 0, pull, weights)
        following = points[_draw(pull, uniform)]
        centres = np.concatenate([centres, following[:, None, :]], axis=1)
        distance = np.minimum(distance, _squared_distances(points, following))
    return centres


def _draw(pull: Floats, uniform: Floats) -> Counts:
    """From each row one position, with probability proportional to its pull."""
    reached = np.cumsum(pull, axis=1)
    target = uniform * reached[:, -1]
    positions: Counts = np.minimum((reached <= target[:, None]).sum(axis=1), pull.shape[1] - 1)
    return positions


def _squared_distances(points: Floats, centres: Floats) -> Floats:
    """(restarts, points) for one centre in each restart."""
    across = points[:, 0] - centres[:, :1]
    up = points[:, 1] - centres[:, 1:]
    across *= across
    up *= up
    across += up
    return across


def _nearest(points: Floats, centres: Floats) -> Counts:
    """(restarts, points): the position of the nearest of each restart's centres."""
    least = _squared_distances(points, centres[:, 0])
    labels = np.zeros(least.shape, np.int64)
    for group in range(1, centres.shape[1]):
        distance = _squared_distances(points, centres[:, group])
        nearer = distance < least
        np.copyto(labels, group, where=nearer)
        np.minimum(least, distance, out=least)
    return labels


def _settle_all(points: Floats, weights: Floats, centres: Floats) -> Counts:
    """Lloyd's iterations for all restarts; those that have settled are left alone."""
    labels = _nearest(points, centres)
    moving = np.arange(len(centres))
    for _ in range(MOST_STEPS):
        centres[moving] = _all_centres(points, weights[moving], labels[moving], centres[moving])[1]
        following = _nearest(points, centres[moving])
        changed = (following != labels[moving]).any(axis=1)
        labels[moving] = following
        moving = moving[changed]
        if not len(moving):
            break
    return labels


def _all_centres(points: Floats, weights: Floats, labels: Counts, before: Floats) -> tuple[Floats, Floats]:
    """Weight and mean of all groups of all restarts; a group that lost everybody stays where it was."""
    restarts, groups = before.shape[:2]
    flat: NDArray[np.int64] = (labels + groups * np.arange(restarts)[:, None]).ravel()
    mass = np.bincount(flat, weights.ravel(), minlength=restarts * groups)
    sums = [np.bincount(flat, (weights * axis).ravel(), minlength=restarts * groups) for axis in points.T]
    means = np.column_stack(sums) / np.where(mass > 0, mass, 1)[:, None]
    kept: Floats = np.where(mass[:, None] > 0, means, before.reshape(-1, 2)).reshape(before.shape)
    weight: Floats = mass.astype(np.float64).reshape(restarts, groups)
    return weight, kept
