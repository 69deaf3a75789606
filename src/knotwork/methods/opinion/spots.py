"""Spots: people one by one, or the cells of a grid with the people in them.

Meaning. Where very many people stand on a map, those who stand next to each other make no difference to where the
middle of a group lies. A grid's cells, each at the mean of its people and weighing as much as they are, stand for them.

Formula. The grid spans the points' least to largest coordinates, ``grid`` cells either way; only occupied cells are
spots, ordered by column and row.

Shapes. points (n, 2) -> each person's spot (n,), spots (s, 2), weights (s,).

>>> where, spots, weights = spots_of(np.array([[0.0, 0], [0.2, 0], [9, 9]]), one_by_one=2, grid=3)
>>> where.tolist(), spots.tolist(), weights.tolist()
([0, 0, 1], [[0.1, 0.0], [9.0, 9.0]], [2.0, 1.0])
"""

from __future__ import annotations

import numpy as np

from knotwork.methods.arrays import Counts, Floats
from knotwork.methods.opinion.k_means import centres_of

__all__ = ["spots_of"]


def spots_of(points: Floats, *, one_by_one: int, grid: int) -> tuple[Counts, Floats, Floats]:
    """Each person's spot, the spots, and the people on each; up to ``one_by_one`` people are a spot each."""
    if len(points) <= one_by_one:
        return np.arange(len(points)), points, np.ones(len(points))
    low, high = points.min(axis=0), points.max(axis=0)
    width = np.where(high > low, high - low, 1)
    column, row = np.minimum((points - low) / width * grid, grid - 1).astype(np.int64).T
    code = column * grid + row
    people = np.bincount(code, minlength=grid * grid)
    occupied = people > 0
    cell = (np.cumsum(occupied) - 1)[code]
    weights = people[occupied]
    return cell, centres_of(points, np.ones(len(points)), cell, len(weights)), weights.astype(np.float64)
