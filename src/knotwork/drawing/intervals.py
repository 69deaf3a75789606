"""Shares with their uncertainty, one under the other: what most people agree on, across all groups."""

from collections.abc import Sequence
from dataclasses import dataclass

from knotwork.drawing.lettering import lines_of_text, wrapped
from knotwork.drawing.picture import Picture
from knotwork.drawing.shapes import marks
from knotwork.drawing.svg import Markup, drawing, element, number

WIDTH = 440.0
_SIZE = 14.0
_LEADING = 1.25
_LEFT, _RIGHT = 8.0, WIDTH - 118.0
_STRIP = 34.0
_GAP = 12.0
_AXIS = 24.0


@dataclass(frozen=True)
class ShareWithInterval:
    """A statement, the share that agrees (0 to 1), the limits of that share, and how many people answered."""

    label: str
    share: float
    low: float
    high: float
    people: int

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.share <= self.high <= 1:
            raise ValueError(f"A share lies between its limits, and all between 0 and 1: {self!r}.")


def interval_dots(
    shares: Sequence[ShareWithInterval],
    *,
    name: str,
    title: str,
    description: str,
    columns: tuple[str, str, str, str, str] = ("Statement", "Share %", "Low %", "High %", "People"),
    people: str = "people",
) -> Picture:
    """Each statement in full, under it a dot for its share on a line from low to high; largest share first.

    Equal shares stand in the order of their lower limits, the surer one first. ``people`` is the word after
    the number of those who answered.
    """
    ranked = sorted(shares, key=lambda one: (-one.share, -one.low, one.label))
    parts = []
    top = 0.0
    for one in ranked:
        lines = wrapped(one.label, _SIZE, WIDTH - 2 * _LEFT)
        parts.append(lines_of_text(lines, _LEFT, top + _SIZE, _SIZE, leading=_LEADING))
        top += _SIZE * _LEADING * len(lines)
        parts.append(_strip(one, top + _STRIP / 2, people))
        top += _STRIP + _GAP
    svg = drawing(
        _axis(top),
        *parts,
        name=name,
        kind="intervals",
        title=title,
        description=description,
        size=(WIDTH, top + _AXIS),
    )
    rows = tuple(
        (one.label, _percent(one.share), _percent(one.low), _percent(one.high), one.people) for one in ranked
    )
    return Picture(name, svg, columns, rows, title, description)


def _percent(share: float) -> float:
    return round(100 * share, 1)


def _at(share: float) -> float:
    return _LEFT + (_RIGHT - _LEFT) * share


def _strip(one: ShareWithInterval, y: float, people: str) -> Markup:
    low, share, high = (_at(value) for value in (one.low, one.share, one.high))
    words = f"{100 * one.share:.0f}% ({100 * one.low:.0f}–{100 * one.high:.0f}%)"
    return element(
        "g",
        element("path", d=f"M{number(_LEFT)} {number(y)}H{number(_RIGHT)}", stroke="var(--line)"),
        element(
            "path",
            d=f"M{number(low)} {number(y - 4)}v8m0-4H{number(high)}m0-4v8",
            stroke="var(--series-1)",
            stroke_width=2,
        ),
        element(
            "path", d=marks("circle", [(share, y)], 5.5), fill="var(--series-1)", stroke="var(--surface)"
        ),
        element("text", words, x=WIDTH - 2, y=y - 1, text_anchor="end", font_size=13, font_weight=600),
        element("text", f"{one.people:,} {people}", x=WIDTH - 2, y=y + 14, text_anchor="end", font_size=12),
    )


def _axis(bottom: float) -> Markup:
    ticks = [
        element(
            "text", f"{tick}%", x=_at(tick / 100), y=bottom + 13, text_anchor="middle" if tick else "start"
        )
        for tick in (0, 50, 100)
    ]
    return element("g", *ticks, font_size=12, fill="var(--soft)")
