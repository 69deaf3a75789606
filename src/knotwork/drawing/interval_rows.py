"""Rows of points with their intervals on one scale: how much each of a few things changed, or where it stands.

The rows are narrow enough for a phone: the label stands above its line, the value in words at its end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from knotwork.drawing.axes import KeyEntry, Scale, key
from knotwork.drawing.lettering import lines_of_text, width_of, wrapped
from knotwork.drawing.picture import Cell, Picture
from knotwork.drawing.svg import Markup, Value, drawing, element, number

WIDTH = 340.0
Mark = Literal["dot", "ring", "square", "diamond"]
_SIZE, _SMALL = 15.0, 13.0
_LINE, _AFTER = 26.0, 14.0


@dataclass(frozen=True)
class IntervalPoint:
    """A value on the scale, with its limits where it has some."""

    value: float
    low: float | None = None
    high: float | None = None
    mark: Mark = "dot"


@dataclass(frozen=True)
class IntervalRow:
    """One thing: its points and how they are written; ``words`` stand alone where there is nothing to draw."""

    label: str
    points: tuple[IntervalPoint, ...]
    words: str = ""


@dataclass(frozen=True)
class IntervalScale:
    """The scale from ``low`` to ``high``, with words at its ends and, where it has one, a line at ``rest``."""

    low: float
    high: float
    low_words: str
    high_words: str
    rest: float | None = None


def interval_rows(
    rows: Sequence[IntervalRow],
    scale: IntervalScale,
    table: tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]],
    *,
    name: str,
    texts: tuple[str, str],
    marks: Sequence[tuple[str, Mark]] = (),
) -> Picture:
    """The rows in their order; ``texts`` are title and description, ``marks`` the key."""
    room = max([0.0, *(width_of(row.words, _SIZE) for row in rows if row.points)])
    across = Scale(scale.low, scale.high, 8, WIDTH - room - 18)
    legend, y = key([KeyEntry(words, _mark(mark, 0, 0)) for words, mark in marks], 0, WIDTH, 0)
    ends, high = _ends(scale, across, y + 2)
    parts: list[Markup] = [legend, ends]
    y += high + 2
    first = y
    for row in rows:
        drawn, high = _row(row, across, y + _AFTER)
        parts.append(drawn)
        y += _AFTER + high
    if scale.rest is not None:
        x = number(across.at(scale.rest))
        line = element(
            "path", d=f"M{x} {number(first)}V{number(y)}", stroke="var(--soft)", stroke_dasharray="3 4"
        )
        parts.insert(1, line)
    svg = drawing(
        *parts, name=name, kind="intervals", title=texts[0], description=texts[1], size=(WIDTH, y + 6)
    )
    return Picture(name, svg, table[0], table[1], *texts)


def _ends(scale: IntervalScale, across: Scale, top: float) -> tuple[Markup, float]:
    """What the two ends of the scale mean."""
    half = (across.end - across.start) / 2
    left, right = (wrapped(words, _SMALL, half) for words in (scale.low_words, scale.high_words))
    words = element(
        "g",
        lines_of_text(left, across.start, top + 12, _SMALL),
        lines_of_text(right, across.end, top + 12, _SMALL, text_anchor="end"),
        fill="var(--soft)",
    )
    return words, 17.0 * max(len(left), len(right))


def _row(row: IntervalRow, across: Scale, top: float) -> tuple[Markup, float]:
    lines = wrapped(row.label, _SIZE, WIDTH - 4, semibold=True)
    y = top + 17.5 * len(lines)
    parts = [lines_of_text(lines, 0, top + 12, _SIZE, font_weight=600)]
    if not row.points:
        instead = wrapped(row.words, _SIZE, WIDTH - 4)
        parts.append(lines_of_text(instead, 1, y + 13, _SIZE, fill="var(--soft)"))
        return element("g", *parts), y + 17.5 * len(instead) - top
    middle = y + _LINE / 2
    track = f"M{number(across.start)} {number(middle)}H{number(across.end)}"
    parts.append(element("path", d=track, stroke="var(--line)", stroke_width=1))
    for point in row.points:
        if point.low is not None and point.high is not None:
            parts.append(_range(across.at(point.low), across.at(point.high), middle))
    parts += [_mark(point.mark, across.at(point.value), middle) for point in row.points]
    parts.append(element("text", row.words, x=WIDTH, y=middle + 5, text_anchor="end", font_size=_SIZE))
    return element("g", *parts), y + _LINE - top


def _range(low: float, high: float, y: float) -> Markup:
    ends = f"M{number(low)} {number(y - 5)}v10m0-5H{number(high)}m0-5v10"
    return element("path", d=ends, stroke="currentColor", stroke_width=1.6, fill="none")


def _mark(mark: Mark, x: float, y: float) -> Markup:
    """Shapes differ, so that no colour has to be told apart."""
    colour: dict[str, Value] = {"fill": "var(--series-1)", "stroke": "var(--surface)", "stroke_width": 1.5}
    other: dict[str, Value] = {"fill": "var(--series-2)", "stroke": "var(--surface)", "stroke_width": 1.5}
    if mark == "dot":
        return element("circle", cx=x, cy=y, r=6.5, **colour)
    if mark == "ring":
        return element(
            "circle", cx=x, cy=y, r=5.5, fill="var(--surface)", stroke="var(--series-1)", stroke_width=2
        )
    if mark == "square":
        return element("rect", x=x - 5.5, y=y - 5.5, width=11, height=11, **colour)
    d = f"M{number(x)} {number(y - 7.5)}l7.5 7.5l-7.5 7.5l-7.5-7.5z"
    return element("path", d=d, **other)
