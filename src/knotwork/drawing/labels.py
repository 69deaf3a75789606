"""Where names go on a map, so that no two of them lie on each other.

A label stands as near to its mark as it can: beside it if there is room, further off with a thin leader line
if not. Every label claims a box of at least the size of a finger's target, and boxes never overlap each
other, a mark, or a leader. If no spot is left the label is left out, for its name still stands in the title
of its mark and in the table: better no word than two words in one place.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise, product
from math import cos, hypot, pi, sin

import numpy as np
from numpy.typing import NDArray

from knotwork.drawing.conflicts import Corners, conflicts
from knotwork.drawing.lettering import width_of, wrapped

Point = tuple[float, float]

_DIRECTIONS = tuple(2 * pi * turn / 24 for turn in range(24))
_DISTANCES = (2.0, 7.0, 12.0, 18.0, 25.0, 33.0, 42.0, 52.0, 63.0, 75.0, 90.0, 105.0, 125.0, 145.0)
_LEADER_FROM = 11.0
_BEAM = 5.0
_SMALL = 3.0
_CHOICES = 110
_SHUFFLES = 40
_COST_OF_NONE = 10_000.0
_COST_OF_OWN_AREA = 0.2
_COST_OF_OTHER_AREA = 1.0
_COST_OF_LEADER = 120.0
_COST_OF_A_NEARER_NEIGHBOUR = 30.0
_LEADING = 1.15


@dataclass(frozen=True)
class Box:
    """A rectangle on the paper; y grows downward."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        """Whether the two share any area."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, point: Point) -> bool:
        """Whether a point lies inside or on the border."""
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom

    def inside(self, other: "Box") -> bool:
        """Whether this box lies wholly in the other."""
        return other.holds((self.left, self.top)) and other.holds((self.right, self.bottom))


@dataclass(frozen=True)
class Mark:
    """What a label belongs to: its words and the spot, with the half-width that the mark itself covers.

    ``shape`` are points spread over the area that the mark stands for: labels keep off them if they can, and
    its own label begins at their edge. They lie ``spacing`` apart. ``within`` keeps the label in a box (an
    inset), where only what is taken inside that box counts.
    """

    text: str
    x: float
    y: float
    reach: float
    shape: tuple[Point, ...] = ()
    spacing: float = 4.0
    within: Box | None = None

    @property
    def box(self) -> Box:
        """The square that the mark covers."""
        return Box(self.x - self.reach, self.y - self.reach, self.x + self.reach, self.y + self.reach)

    def reach_towards(self, angle: float) -> float:
        """How far the shape goes from the mark in one direction."""
        east, south = cos(angle), sin(angle)
        reach = self.reach
        for x, y in self.shape:
            along, aside = (
                (x - self.x) * east + (y - self.y) * south,
                (y - self.y) * east - (x - self.x) * south,
            )
            if abs(aside) <= _BEAM and along + _BEAM / 2 > reach:
                reach = along + _BEAM / 2
        return reach


@dataclass(frozen=True)
class Lettering:
    """How labels are set: type size, weight, the widest line, and the least height and width of a target."""

    size: float = 13.0
    semibold: bool = True
    widest: float = 108.0
    target: float = 0.0


@dataclass(frozen=True)
class Label:
    """A label with its place: lines, the box that it claims, and a leader from the mark if it stands off."""

    lines: tuple[str, ...]
    box: Box
    leader: tuple[Point, Point] | None

    @property
    def middle(self) -> float:
        """The horizontal middle, where the lines are centred."""
        return (self.box.left + self.box.right) / 2

    @property
    def corners(self) -> Corners:
        """Left, top, right, bottom."""
        return self.box.left, self.box.top, self.box.right, self.box.bottom

    @property
    def leader_corners(self) -> Corners | None:
        """Both ends of the leader."""
        return (*self.leader[0], *self.leader[1]) if self.leader else None

    def baseline(self, size: float) -> float:
        """The baseline of the first line, so that all lines stand in the middle of the box."""
        block = size * (1 + _LEADING * (len(self.lines) - 1))
        return (self.box.top + self.box.bottom - block) / 2 + size * 0.82


Choice = tuple[float, Label]


@dataclass(frozen=True)
class _Paper:
    """Everything but the labels: the same for every order in which they may choose."""

    bounds: Box
    marks: Sequence[Mark]
    taken: Sequence[Box]
    backdrop: Sequence[Mark]

    def choices_of(self, mark: Mark, lettering: Lettering) -> list[Choice]:
        """All spots that are free before any label stands, the cheapest first."""
        if not mark.text.strip():
            return []
        boxes = [other.box for other in self.marks] + self._boxes_near(mark)
        bounds = mark.within or self.bounds
        free = [
            (cost + self._confusion(label, mark), label)
            for cost, label in _candidates(mark, lettering)
            if label.box.inside(bounds)
            and not any(label.box.overlaps(box) for box in boxes)
            and not self._leader_meets(label, mark)
        ]
        return sorted(free, key=lambda choice: choice[0])

    def _boxes_near(self, mark: Mark) -> list[Box]:
        if mark.within is None:
            return list(self.taken)
        return [box for box in self.taken if box.inside(mark.within) and box != mark.within]

    @cached_property
    def _spots(self) -> NDArray[np.float64]:
        """Each spot of each mark: x, y, the area that it stands for, the number of its mark."""
        rows = [
            (*spot, mark.spacing**2, index)
            for index, mark in enumerate([*self.marks, *self.backdrop])
            for spot in mark.shape
        ]
        return np.array(rows, dtype=np.float64).reshape(-1, 4)

    def _confusion(self, label: Label, mark: Mark) -> float:
        """What a reader loses: area under words, a leader over a neighbour, a neighbour that lies nearer."""
        x, y, area, owner = self._spots.T
        box = label.box
        across = np.maximum(np.maximum(box.left - x, x - box.right), 0)
        down = np.maximum(np.maximum(box.top - y, y - box.bottom), 0)
        away = np.hypot(across, down)
        own = owner == self.marks.index(mark)
        under = np.where(own, _COST_OF_OWN_AREA, _COST_OF_OTHER_AREA) * area
        cost = float(under[away == 0].sum())
        if (~own).any() and own.any() and away[~own].min() < away[own].min():
            cost += _COST_OF_A_NEARER_NEIGHBOUR
        if label.leader is not None:
            (x1, y1), (x2, y2) = label.leader
            share = np.clip(((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / _squared(label.leader), 0, 1)
            off = np.hypot(x - x1 - share * (x2 - x1), y - y1 - share * (y2 - y1))
            cost += _COST_OF_LEADER * len(set(owner[(off < _BEAM / 2) & ~own].tolist()))
        return cost

    def _leader_meets(self, label: Label, mark: Mark) -> bool:
        line = label.leader
        if line is None:
            return False
        others = [other.box for other in self.marks if other is not mark]
        # A mark may itself lie in what is taken: its leader has to come out of there.
        others += [box for box in self._boxes_near(mark) if not box.holds((mark.x, mark.y))]
        return any(crosses_box(line, box) for box in others)


def place_labels(
    marks: Sequence[Mark],
    bounds: Box,
    lettering: Lettering,
    taken: Sequence[Box] = (),
    backdrop: Sequence[Mark] = (),
) -> tuple[Label | None, ...]:
    """A label, or None, for each mark, in the order given; the same marks always get the same places.

    Nothing is written on the boxes that are ``taken``, and the shapes of the ``backdrop``, which are labelled
    already, are rather left free. The labels choose one after the other. Whoever chooses first
    takes room from the others, so many orders are tried, and the one that places most labels, nearest to
    their marks, is kept.
    """
    return _placed(tuple(marks), bounds, lettering, tuple(taken), tuple(backdrop))


@lru_cache(maxsize=256)
def _placed(
    marks: tuple[Mark, ...],
    bounds: Box,
    lettering: Lettering,
    taken: tuple[Box, ...],
    backdrop: tuple[Mark, ...],
) -> tuple[Label | None, ...]:
    """The search costs about a second for England; the same marks come again with every colour and every page."""
    paper = _Paper(bounds, marks, taken, backdrop)
    choices = [_some(paper.choices_of(mark, lettering)) for mark in marks]
    return _Search(choices).best(_orders(marks))


def _some(choices: list[Choice]) -> list[Choice]:
    """The cheapest, and a few of the dearer ones, further off, for when all around is taken."""
    return choices[:_CHOICES] + choices[_CHOICES::6][: _CHOICES // 3]


def centred_labels(
    marks: Sequence[Mark], bounds: Box, lettering: Lettering, taken: Sequence[Box] = ()
) -> tuple[Label | None, ...]:
    """Labels on the middle of what they name, and beside it, with a leader, only where two would meet.

    For shapes that are large and pale enough to write on. ``reach`` of a mark is half of what its shape
    offers: a label that is wider than that stands beside.
    """
    found: dict[int, Label] = {}
    for index, mark in enumerate(marks):
        label = _on_the_middle(mark, lettering)
        boxes = [*taken, *(other.box for other in found.values())]
        fits = label.box.right - label.box.left <= 2 * mark.reach and label.box.inside(bounds)
        if fits and not any(label.box.overlaps(box) for box in boxes):
            found[index] = label
    left = [index for index in range(len(marks)) if index not in found]
    if left:
        small = [replace(marks[index], reach=_SMALL) for index in left]
        boxes = [*taken, *(label.box for label in found.values())]
        large = [marks[index] for index in found]
        beside = dict(zip(left, place_labels(small, bounds, lettering, boxes, large), strict=True))
    else:
        beside = {}
    return tuple(found[index] if index in found else beside[index] for index in range(len(marks)))


def _on_the_middle(mark: Mark, lettering: Lettering) -> Label:
    wide, high = _size_of((mark.text,), lettering)
    return Label(
        (mark.text,), Box(mark.x - wide / 2, mark.y - high / 2, mark.x + wide / 2, mark.y + high / 2), None
    )


def _size_of(lines: tuple[str, ...], lettering: Lettering) -> tuple[float, float]:
    size = lettering.size
    wide = max(width_of(line, size, semibold=lettering.semibold) for line in lines) + 4
    high = size * (1 + _LEADING * (len(lines) - 1)) + 4
    return max(wide, lettering.target), max(high, lettering.target)


def _orders(marks: Sequence[Mark]) -> list[list[int]]:
    """The most crowded first, then a fixed set of shuffles: the same marks, the same orders."""
    first = sorted(range(len(marks)), key=lambda i: -_crowding(marks[i], marks))
    shuffled = np.random.default_rng(len(marks))
    return [first, *(shuffled.permutation(len(marks)).tolist() for _ in range(_SHUFFLES))]


class _Search:
    """The choices of all marks in one row, with the table of those that cannot stand together."""

    def __init__(self, choices: Sequence[list[Choice]]) -> None:
        self.row = [choice for one in choices for choice in one]
        ends = np.cumsum([0, *(len(one) for one in choices)])
        self.spans = [slice(int(start), int(end)) for start, end in pairwise(ends)]
        self.meets = conflicts(
            [choice[1].corners for choice in self.row], [choice[1].leader_corners for choice in self.row]
        )
        self.least = sum(one[0][0] if one else _COST_OF_NONE for one in choices)

    def best(self, orders: Iterable[Sequence[int]]) -> tuple[Label | None, ...]:
        """The cheapest of the tries; the first that gives every mark its favourite cannot be bettered."""
        kept, cost = np.full(len(self.spans), -1), float("inf")
        for order in orders:
            chosen = self._in_order(order)
            total = sum(self.row[at][0] if at >= 0 else _COST_OF_NONE for at in chosen.tolist())
            if total < cost:
                kept, cost = chosen, total
            if cost <= self.least:
                break
        return tuple(self.row[at][1] if at >= 0 else None for at in kept.tolist())

    def _in_order(self, order: Sequence[int]) -> NDArray[np.int64]:
        chosen = np.full(len(self.spans), -1)
        for _ in range(3):
            # Later rounds let each label choose anew now that it sees where all the others went.
            for index in order:
                chosen[index] = -1
                span = self.spans[index]
                free = ~self.meets[span][:, chosen[chosen >= 0]].any(axis=1)
                if free.any():
                    chosen[index] = span.start + int(free.argmax())
        return chosen


def _candidates(mark: Mark, lettering: Lettering) -> list[Choice]:
    size = lettering.size
    widths = {max(width_of(word, size, semibold=lettering.semibold) for word in mark.text.split())}
    widths |= {lettering.widest, lettering.widest * 2}
    settings = dict.fromkeys(wrapped(mark.text, size, w, semibold=lettering.semibold) for w in sorted(widths))
    rays = [(angle, mark.reach_towards(angle)) for angle in _DIRECTIONS]
    return [
        _candidate(mark, lettering, lines, distance, ray)
        for lines, distance, ray in product(settings, _DISTANCES, rays)
    ]


def _candidate(
    mark: Mark, lettering: Lettering, lines: tuple[str, ...], distance: float, ray: tuple[float, float]
) -> Choice:
    angle, reach = ray
    wide, high = _size_of(lines, lettering)
    off = reach + distance
    touch = (mark.x + off * cos(angle), mark.y + off * sin(angle))
    # The box leans away from its mark: on the right its left edge touches, above it its bottom edge.
    left = touch[0] - wide * (1 - cos(angle)) / 2
    top = touch[1] - high * (1 - sin(angle)) / 2
    box = Box(left, top, left + wide, top + high)
    leader = None
    if distance >= _LEADER_FROM:
        leader = ((mark.x + reach * cos(angle), mark.y + reach * sin(angle)), touch)
    slant = 3.0 * abs(sin(angle)) + (1.0 if cos(angle) < -0.01 else 0.0)
    return distance + slant + 1.5 * len(lines), Label(lines, box, leader)


def _crowding(mark: Mark, marks: Sequence[Mark]) -> float:
    return sum(1 / (10 + hypot(mark.x - other.x, mark.y - other.y)) for other in marks)


def _squared(line: tuple[Point, Point]) -> float:
    return (line[1][0] - line[0][0]) ** 2 + (line[1][1] - line[0][1]) ** 2


def segments_cross(one: tuple[Point, Point], two: tuple[Point, Point]) -> bool:
    """Whether two lines cross at an inner point of both."""
    return _side(*one, two[0]) * _side(*one, two[1]) < 0 and _side(*two, one[0]) * _side(*two, one[1]) < 0


def _side(start: Point, end: Point, point: Point) -> float:
    return (end[0] - start[0]) * (point[1] - start[1]) - (end[1] - start[1]) * (point[0] - start[0])


def crosses_box(line: tuple[Point, Point], box: Box) -> bool:
    """Whether any part of a line lies in a box."""
    (x1, y1), (x2, y2) = line
    if max(x1, x2) < box.left or min(x1, x2) > box.right or max(y1, y2) < box.top or min(y1, y2) > box.bottom:
        return False
    if box.holds(line[0]) or box.holds(line[1]):
        return True
    falling = ((box.left, box.top), (box.right, box.bottom))
    rising = ((box.left, box.bottom), (box.right, box.top))
    return segments_cross(line, falling) or segments_cross(line, rising)
