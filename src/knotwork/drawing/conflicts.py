"""Which labels cannot stand on one map together: worked out for all candidates at once, as arrays.

A map of 24 places compares millions of pairs of candidates, too many for one pair at a time.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Corners = tuple[float, float, float, float]

_ROWS = 256


def conflicts(boxes: Sequence[Corners], lines: Sequence[Corners | None]) -> Flags:
    """A square table: whether two labels overlap, or the leader of one meets the box or leader of the other.

    ``boxes`` are left, top, right, bottom; ``lines`` are x1, y1, x2, y2 of a leader, or None. Both have one
    entry for each label. Memory: one byte for each pair.
    """
    box = np.array(boxes, dtype=np.float64).reshape(-1, 4)
    owner = np.array([at for at, one in enumerate(lines) if one], dtype=np.int64)
    line = np.array([one for one in lines if one], dtype=np.float64).reshape(-1, 4)
    meets = np.zeros((len(box), len(box)), dtype=bool)
    for start in range(0, len(box), _ROWS):
        rows = slice(start, start + _ROWS)
        meets[rows] = _overlap(box[rows], box)
    for start in range(0, len(line), _ROWS):
        some, of = line[start : start + _ROWS], owner[start : start + _ROWS]
        meets[of] |= _passes(some, box)
        meets[np.ix_(of, owner)] |= _cross(some, line)
    return meets | meets.T


def _overlap(some: Numbers, others: Numbers) -> Flags:
    left, top, right, bottom = (some[:, [side]] for side in range(4))
    found: Flags = (
        (left < others[:, 2]) & (others[:, 0] < right) & (top < others[:, 3]) & (others[:, 1] < bottom)
    )
    return found


def _passes(lines: Numbers, boxes: Numbers) -> Flags:
    """Whether a line ends in a box or crosses one of its diagonals."""
    falling, rising = boxes, boxes[:, [0, 3, 2, 1]]
    return (
        _ends_in(lines[:, :2], boxes)
        | _ends_in(lines[:, 2:], boxes)
        | _cross(lines, falling)
        | _cross(lines, rising)
    )


def _ends_in(points: Numbers, boxes: Numbers) -> Flags:
    x, y = points[:, [0]], points[:, [1]]
    found: Flags = (boxes[:, 0] <= x) & (x <= boxes[:, 2]) & (boxes[:, 1] <= y) & (y <= boxes[:, 3])
    return found


def _cross(some: Numbers, others: Numbers) -> Flags:
    """Whether two lines cross at an inner point of both: the ends of each lie on both sides of the other."""
    ax, ay, bx, by = (some[:, [part]] for part in range(4))
    cx, cy, dx, dy = others.T
    one = ((bx - ax) * (cy - ay) - (by - ay) * (cx - ax)) * ((bx - ax) * (dy - ay) - (by - ay) * (dx - ax))
    two = ((dx - cx) * (ay - cy) - (dy - cy) * (ax - cx)) * ((dx - cx) * (by - cy) - (dy - cy) * (bx - cx))
    found: Flags = (one < 0) & (two < 0)
    return found
