"""Where the arrows of a factor map run: from the edge of one box to the edge of another, around boxes in between."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knotwork.drawing.svg import number

Numbers = NDArray[np.float64]
Point = tuple[float, float]

# How far an arrow bends aside, as a share of its length: the straight one first, then wider and wider bows.
_BENDS = (0.0, 0.1, -0.1, 0.2, -0.2, 0.32, -0.32, 0.46, -0.46)
_SAMPLES = 33
_STEPS = 64
_CLEAR = 5.0
_GAP = 2.0
_HEAD = 9.0
_SIGN_ROOM = 9.5
_SIGN_SPOTS = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.2, 0.8)


@dataclass(frozen=True)
class Box:
    """A box on the paper."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> Point:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def holds(self, point: Point, room: float = 0.0) -> bool:
        """Whether a point lies in the box, or within ``room`` of it."""
        x, y = point
        across = self.left - room < x < self.right + room
        return across and self.top - room < y < self.bottom + room


@dataclass(frozen=True)
class Course:
    """One arrow as it is drawn: its line, its head, where its sign stands, and the box around it all."""

    path: str
    head: str
    sign_at: Point
    reach: Box


@dataclass(frozen=True)
class _Bow:
    """A quadratic curve from the middle of one box over a control point to the middle of the other."""

    start: Point
    control: Point
    end: Point

    def at(self, t: float) -> Point:
        one, two, three = (1 - t) ** 2, 2 * t * (1 - t), t**2
        return (
            one * self.start[0] + two * self.control[0] + three * self.end[0],
            one * self.start[1] + two * self.control[1] + three * self.end[1],
        )

    def points(self, t: Numbers) -> Numbers:
        """Points along the curve, one row each."""
        ends = np.array([self.start, self.control, self.end])
        shares = np.stack([(1 - t) ** 2, 2 * t * (1 - t), t**2], axis=1)
        found: Numbers = shares @ ends
        return found

    def part(self, begin: float, end: float) -> str:
        """The curve between two of its moments, as path data."""
        first, last = self.at(begin), self.at(end)
        middle = self.at((begin + end) / 2)
        over = [2 * middle[axis] - (first[axis] + last[axis]) / 2 for axis in (0, 1)]
        numbers = (*first, *over, *last)
        return "M{} {}Q{} {} {} {}".format(*(number(value) for value in numbers))


def courses(boxes: Mapping[str, Box], links: Sequence[tuple[str, str]]) -> list[Course | None]:
    """The course of each link, in the order given; ``None`` where two boxes leave no room for an arrow.

    A link bends as little as it can so that it meets no other box; where every bow meets one, it takes the bow that
    meets fewest. Two links between the same factors bow to opposite sides. A sign stands near the middle of its arrow,
    where it covers neither a box nor another sign. Cost: links times boxes.
    """
    corners = np.array([[box.left, box.top, box.right, box.bottom] for box in boxes.values()])
    at = {key: index for index, key in enumerate(boxes)}
    both_ways = set(links) & {(target, source) for source, target in links}
    taken: list[Point] = []
    found = []
    for source, target in links:
        bends = _BENDS[1::2] if (source, target) in both_ways else _BENDS
        others = np.delete(corners, [at[source], at[target]], axis=0)
        bow = _least_bent(boxes[source].middle, boxes[target].middle, bends, others)
        found.append(_course(bow, boxes[source], boxes[target], list(boxes.values()), taken))
    return found


def _least_bent(start: Point, end: Point, bends: Sequence[float], others: Numbers) -> _Bow:
    bows = [_bow(start, end, bend) for bend in bends]
    meets = [_boxes_met(bow, others) for bow in bows]
    return bows[meets.index(min(meets))]


def _bow(start: Point, end: Point, bend: float) -> _Bow:
    across, down = end[0] - start[0], end[1] - start[1]
    middle = ((start[0] + end[0]) / 2 - 2 * bend * down, (start[1] + end[1]) / 2 + 2 * bend * across)
    return _Bow(start, middle, end)


def _boxes_met(bow: _Bow, others: Numbers) -> int:
    points = bow.points(np.linspace(0, 1, _SAMPLES))
    x, y = points[:, [0]], points[:, [1]]
    inside = (others[:, 0] - _CLEAR < x) & (x < others[:, 2] + _CLEAR)
    inside &= (others[:, 1] - _CLEAR < y) & (y < others[:, 3] + _CLEAR)
    return int(inside.any(axis=0).sum())


def _course(bow: _Bow, source: Box, target: Box, boxes: Sequence[Box], taken: list[Point]) -> Course | None:
    leaves, arrives = _leaves(bow, source), _arrives(bow, target)
    tip = bow.at(arrives)
    length = math.dist(bow.at(leaves), tip)
    if leaves >= arrives or length < 2 * _GAP:
        return None
    head = min(_HEAD, length * 0.6)
    neck = _neck(bow, leaves, arrives, head * 0.85)
    sign_at = _free_spot(bow, leaves, neck, boxes, taken)
    taken.append(sign_at)
    line = bow.points(np.linspace(leaves, arrives, _SAMPLES))
    (left, top), (right, bottom) = line.min(axis=0) - 2, line.max(axis=0) + 2
    reach = Box(float(left), float(top), float(right), float(bottom))
    return Course(bow.part(leaves, neck), _head(tip, bow.at(neck), head), sign_at, reach)


def _leaves(bow: _Bow, box: Box) -> float:
    """The moment at which the curve leaves the box in which it begins."""
    moments = [step / _STEPS for step in range(_STEPS + 1)]
    outside = next((t for t in moments if not box.holds(bow.at(t), _GAP)), 1.0)
    return _edge(bow, box, max(0.0, outside - 1 / _STEPS), outside)


def _arrives(bow: _Bow, box: Box) -> float:
    """The moment at which the curve enters the box in which it ends."""
    backwards = _Bow(bow.end, bow.control, bow.start)
    return 1 - _leaves(backwards, box)


def _edge(bow: _Bow, box: Box, inside: float, outside: float) -> float:
    for _ in range(12):
        middle = (inside + outside) / 2
        if box.holds(bow.at(middle), _GAP):
            inside = middle
        else:
            outside = middle
    return outside


def _neck(bow: _Bow, leaves: float, arrives: float, length: float) -> float:
    """The moment at which the line ends and the head begins: this far before the tip."""
    tip, near, far = bow.at(arrives), leaves, arrives
    for _ in range(16):
        middle = (near + far) / 2
        if math.dist(bow.at(middle), tip) > length:
            near = middle
        else:
            far = middle
    return near


def _head(tip: Point, before: Point, length: float) -> str:
    """A slim triangle whose tip touches the box."""
    angle = math.atan2(tip[1] - before[1], tip[0] - before[0])
    wings = [
        (tip[0] - length * math.cos(angle + side), tip[1] - length * math.sin(angle + side))
        for side in (-0.42, 0.42)
    ]
    corners = [tip, *wings]
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in corners) + "z"


def _free_spot(bow: _Bow, begin: float, end: float, boxes: Sequence[Box], taken: Sequence[Point]) -> Point:
    """Where a sign covers no box and no other sign; failing that, the middle of the arrow."""
    spots = [bow.at(begin + (end - begin) * share) for share in _SIGN_SPOTS]
    for spot in spots:
        clear_of_boxes = not any(box.holds(spot, _SIGN_ROOM) for box in boxes)
        if clear_of_boxes and all(math.dist(spot, other) > 2 * _SIGN_ROOM for other in taken):
            return spot
    return spots[0]
