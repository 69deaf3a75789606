"""What happened when, in lanes: kinds of happenings above each other, time from left to right.

A quiet line joins two happenings where somebody said that the one helped with the other. The drawing says what
stood beside what in time, and never that one made the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from knotwork.drawing.axes import SIZE, Scale, time_ticks
from knotwork.drawing.lettering import width_of
from knotwork.drawing.picture import Cell, Picture
from knotwork.drawing.svg import Markup, Value, drawing, element, number

WIDTH = 640.0
_LANE, _STACK, _TOP = 34.0, 15.0, 6.0
_ROOM = 15.0
_COLOURS = ("var(--series-1)", "var(--series-2)", "var(--series-3)", "var(--series-4)")


@dataclass(frozen=True)
class Happening:
    """One thing on its day: in which lane, what it is called, where it is read, and what is said to have helped it."""

    key: str
    lane: str
    day: date
    title: str
    url: str = ""
    helped_by: tuple[str, ...] = ()


def time_line(
    happenings: Sequence[Happening],
    lanes: Sequence[str],
    months: Sequence[str],
    table: tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]],
    *,
    name: str,
    texts: tuple[str, str],
) -> Picture:
    """The lanes in their order, those with nothing in them left out; ``texts`` are title and description.

    Raises ``ValueError`` for no happenings, and for a lane that is not among ``lanes``.
    """
    unknown = {one.lane for one in happenings} - set(lanes)
    if unknown or not happenings:
        raise ValueError(f"A time line has happenings, each in one of its lanes; found {sorted(unknown)}.")
    used = [lane for lane in lanes if any(one.lane == lane for one in happenings)]
    first, last = min(one.day for one in happenings), max(one.day for one in happenings)
    # A month of room at each end keeps the outermost marks off the edge, and one day alone in the middle.
    first, last = first - timedelta(days=20), last + timedelta(days=20)
    left = max(width_of(lane, SIZE) for lane in used) + 16
    across = Scale(first.toordinal(), last.toordinal(), left, WIDTH - 8)
    spots, tops, foot = _spots(happenings, used, across)
    parts = [_lane(lane, tops[lane], left) for lane in used]
    parts += [
        _tie(spots[other], spots[one.key]) for one in happenings for other in one.helped_by if other in spots
    ]
    parts += [_mark(one, spots[one.key], used.index(one.lane) % len(_COLOURS)) for one in happenings]
    parts.append(_foot(first, last, across, foot, months))
    svg = drawing(
        *parts,
        name=name,
        kind="timeline",
        title=texts[0],
        description=texts[1],
        size=(WIDTH, foot + 28),
        holds_links=any(one.url for one in happenings),
    )
    return Picture(name, svg, table[0], table[1], *texts)


Spots = dict[str, tuple[float, float]]


def _spots(
    happenings: Sequence[Happening], lanes: Sequence[str], across: Scale
) -> tuple[Spots, dict[str, float], float]:
    """Where each stands; those too close in time stand above each other, so that a lane grows."""
    spots: Spots = {}
    tops: dict[str, float] = {}
    y = _TOP
    for lane in lanes:
        tops[lane] = y
        ends: list[float] = []
        for one in sorted(
            (each for each in happenings if each.lane == lane), key=lambda each: (each.day, each.key)
        ):
            x = across.at(one.day.toordinal())
            level = next((at for at, end in enumerate(ends) if x - end >= _ROOM), len(ends))
            ends[level : level + 1] = [x]
            spots[one.key] = (x, y + _LANE / 2 + level * _STACK)
        y += _LANE + (len(ends) - 1) * _STACK
    return spots, tops, y


def _lane(lane: str, top: float, left: float) -> Markup:
    y = top + _LANE / 2
    return element(
        "g",
        element("path", d=f"M{number(left)} {number(y)}H{number(WIDTH - 8)}", stroke="var(--line)"),
        element("text", lane, x=0, y=y + 4.5, font_size=SIZE),
    )


def _tie(start: tuple[float, float], end: tuple[float, float]) -> Markup:
    bend = (start[1] + end[1]) / 2
    curve = (
        f"M{number(start[0])} {number(start[1])}C{number(start[0])} {number(bend)} "
        f"{number(end[0])} {number(bend)} {number(end[0])} {number(end[1])}"
    )
    return element(
        "path", d=curve, fill="none", stroke="var(--soft)", stroke_width=1.4, stroke_dasharray="4 3"
    )


def _mark(one: Happening, spot: tuple[float, float], number_of_lane: int) -> Markup:
    """Lanes differ by place and by shape; the colour only adds to it."""
    x, y = spot
    fill: dict[str, Value] = {
        "fill": _COLOURS[number_of_lane],
        "stroke": "var(--surface)",
        "stroke_width": 1.5,
    }
    shapes = (
        element("circle", cx=x, cy=y, r=6.5, **fill),
        element("rect", x=x - 5.5, y=y - 5.5, width=11, height=11, **fill),
        element("path", d=f"M{number(x)} {number(y - 7.5)}l7.5 7.5l-7.5 7.5l-7.5-7.5z", **fill),
        element("path", d=f"M{number(x)} {number(y - 7)}l7 12.5h-14z", **fill),
    )
    shape = shapes[number_of_lane]
    if not one.url:
        return element("g", element("title", one.title), shape)
    return element("a", element("title", one.title), shape, href=one.url, aria_label=one.title)


def _foot(first: date, last: date, across: Scale, y: float, months: Sequence[str]) -> Markup:
    ticks = time_ticks(first, last, room=across.end - across.start, months=months)
    marks = "".join(f"M{number(across.at(day.toordinal()))} {number(y)}v5" for day, _words in ticks)
    labels = (
        element("text", words, x=across.at(day.toordinal()), y=y + 20, text_anchor="middle")
        for day, words in ticks
    )
    return element(
        "g",
        element(
            "path", d=f"M{number(across.start)} {number(y)}H{number(across.end)}{marks}", stroke="var(--soft)"
        ),
        element("g", *labels, font_size=SIZE, fill="var(--soft)"),
    )
