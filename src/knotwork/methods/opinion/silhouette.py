"""The silhouette: how much closer people stand to their own group than to the next.

Meaning. 1: every group is a tight knot far from the others; 0: people stand between groups; below 0: many
would be better placed elsewhere. It is how the number of groups is chosen, and no more: a conversation may
have no groups.

Formula. For a point of weight w in group g, a = mean distance to the rest of g, b = least mean distance to
any other group; s = (b - a) / max(a, b), 0 where the point is alone in its group. The silhouette is the mean
of s, weighted. Points that stand for several people count as several people at one spot (distance 0 within
the spot).

Shapes. points (n, 2), weights (n,), several labellings (n,) at once, which share the distances.

Cost. n^2 distances: 0.1 CPU seconds for 2,500 points. Never call it with all people of a large conversation:
give it grid cells.

Source. Rousseeuw (1987), Silhouettes: a graphical aid to the interpretation and validation of cluster
analysis.

>>> points = np.array([[0.0, 0], [0, 0], [3, 0], [3, 0]])
>>> silhouettes(points, np.ones(4), [np.array([0, 0, 1, 1])])
[1.0]
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from knotwork.methods.arrays import Counts, Floats

__all__ = ["silhouettes"]

ROWS_AT_A_TIME = 512


def silhouettes(points: Floats, weights: Floats, labellings: Sequence[Counts]) -> list[float]:
    """The weighted mean silhouette of each labelling; NaN where a labelling has fewer than two groups."""
    members = [_members(labels, weights) for labels in labellings]
    totals = [np.zeros(0)] * len(labellings)
    stacked = np.concatenate([np.zeros((len(points), 0)), *members], axis=1)
    bounds = np.cumsum([0, *(table.shape[1] for table in members)])
    for start in range(0, len(points), ROWS_AT_A_TIME):
        rows = slice(start, start + ROWS_AT_A_TIME)
        summed = _distances(points[rows], points) @ stacked
        for which, labels in enumerate(labellings):
            own = summed[:, bounds[which] : bounds[which + 1]]
            scores = _scores(own, labels[rows], weights[rows], members[which].sum(axis=0))
            totals[which] = np.append(totals[which], scores)
    return [
        float(scores @ weights / weights.sum()) if table.shape[1] > 1 else float("nan")
        for scores, table in zip(totals, members, strict=True)
    ]


def _distances(some: Floats, all_points: Floats) -> Floats:
    """(some, all): in place, because these arrays are the largest of the method."""
    across = some[:, :1] - all_points[:, 0]
    up = some[:, 1:] - all_points[:, 1]
    across *= across
    up *= up
    across += up
    distances: Floats = np.sqrt(across, out=across)
    return distances


def _members(labels: Counts, weights: Floats) -> Floats:
    """(points, groups): the weight of each point in its own group's column."""
    table = np.zeros((len(labels), int(labels.max(initial=-1)) + 1))
    table[np.arange(len(labels)), labels] = weights
    return table


def _scores(summed: Floats, labels: Counts, weights: Floats, mass: Floats) -> Floats:
    """Silhouette of each row from its summed distance to every group."""
    if len(mass) < 2:
        return np.zeros(len(labels))
    rows = np.arange(len(labels))
    others = mass[labels] - 1
    inside = summed[rows, labels] / np.where(others > 0, others, 1)
    mean = np.where(mass > 0, summed / np.where(mass > 0, mass, 1), np.inf)
    mean[rows, labels] = np.inf
    outside = mean.min(axis=1)
    larger = np.maximum(inside, outside)
    scores: Floats = np.divide(
        outside - inside, larger, out=np.zeros(len(labels)), where=(larger > 0) & np.isfinite(larger)
    )
    scores[others <= 0] = 0
    return scores
