"""Runs: how many in a row.

The rules of run and control charts count neighbours: seven on one side, six rises one after the other. Here
are these counts for many series at once. A run never leaves its segment; ``segment`` only has to differ
between neighbours that must not be counted together.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from knotwork.methods.arrays import Flags

__all__ = ["in_runs", "run_lengths", "two_of_three"]


def run_lengths(sign: NDArray[np.int8], segment: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each point the length of the run of equal signs that it is in.

    >>> run_lengths(np.array([1, 1, -1, -1, -1], np.int8), np.array([0, 0, 0, 0, 1])).tolist()
    [2, 2, 2, 2, 1]
    """
    begins = np.ones(len(sign), np.bool_)
    begins[1:] = (sign[1:] != sign[:-1]) | (segment[1:] != segment[:-1])
    run = np.cumsum(begins) - 1
    return np.bincount(run)[run].astype(np.int64)


def in_runs(sign: NDArray[np.int8], segment: NDArray[np.int64], at_least: int) -> Flags:
    """Which points are in a run of so many equal signs; 0 is no sign and makes no run."""
    return (sign != 0) & (run_lengths(sign, segment) >= at_least)


def two_of_three(side: NDArray[np.int8], close: Flags, segment: NDArray[np.int64]) -> Flags:
    """Which close points share a window of three, all on one side, with another close point.

    >>> side, close = np.array([1, 1, 1, 1], np.int8), np.array([True, False, True, False])
    >>> two_of_three(side, close, np.zeros(4, np.int64)).tolist()
    [True, False, True, False]
    """
    flagged = np.zeros(len(side), np.bool_)
    if len(side) < 3:
        return flagged
    one_side = (side[:-2] != 0) & (side[:-2] == side[1:-1]) & (side[:-2] == side[2:])
    counted = close.astype(np.int8)
    holds = (counted[:-2] + counted[1:-1] + counted[2:] >= 2) & one_side & (segment[:-2] == segment[2:])
    for shift in range(3):
        flagged[shift : len(side) - 2 + shift] |= holds
    return flagged & close
