"""Which place does what now: a row for each place, a column for each stage of the loop, a dot where it is.

All rows are alike and in the order given; nothing is counted, coloured as good or bad, or ranked. A place that said
nothing has its row, with no dot in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from knotwork.drawing.lettering import lines_of_text, width_of, wrapped
from knotwork.drawing.picture import Picture
from knotwork.drawing.svg import Markup, drawing, element

WIDTH = 480.0
_SIZE = 15.0
_NAMES = 170.0
_ROW, _HEAD, _LEADING = 30.0, 34.0, 1.15
_DOT, _HOLLOW = 7.0, 2.5


@dataclass(frozen=True)
class LoopRow:
    """A place, and which of the stages it says that it is in."""

    name: str
    stages: frozenset[int]


def loop_grid(
    rows: Sequence[LoopRow],
    stages: Sequence[str],
    *,
    name: str,
    texts: tuple[str, str],
    place_column: str,
    marks: tuple[str, str],
) -> Picture:
    """The grid; ``texts`` are title and description, ``marks`` the words for 'here' and 'not here' in the table."""
    wide = (WIDTH - _NAMES) / max(len(stages), 1)
    middles = [_NAMES + wide * (number + 0.5) for number in range(len(stages))]
    parts: list[Markup] = [
        element("text", stage, x=middle, y=_HEAD - 14, text_anchor="middle", font_size=_fit(stage, wide))
        for stage, middle in zip(stages, middles, strict=True)
    ]
    y = _HEAD
    for row in rows:
        drawn, high = _row(row, middles, y)
        parts.append(drawn)
        y += high
    parts.append(element("path", d=f"M0 {y:.0f}H{WIDTH:.0f}", stroke="var(--line)"))
    here, not_here = marks
    table = tuple(
        (row.name, *(here if number in row.stages else not_here for number in range(len(stages))))
        for row in rows
    )
    svg = drawing(
        *parts, name=name, kind="loop-grid", title=texts[0], description=texts[1], size=(WIDTH, y + 4)
    )
    return Picture(name, svg, (place_column, *stages), table, *texts)


def _row(row: LoopRow, middles: Sequence[float], top: float) -> tuple[Markup, float]:
    lines = wrapped(row.name, _SIZE, _NAMES - 10) or ("",)
    high = _ROW + (len(lines) - 1) * _SIZE * _LEADING
    middle = top + high / 2
    first = middle - (len(lines) - 1) * _SIZE * _LEADING / 2 + 5
    dots = (
        element("circle", cx=x, cy=middle, r=_DOT, fill="var(--accent)")
        if number in row.stages
        else element("circle", cx=x, cy=middle, r=_HOLLOW, fill="var(--control)")
        for number, x in enumerate(middles)
    )
    line = element("path", d=f"M0 {top:.0f}H{WIDTH:.0f}", stroke="var(--line)")
    return element("g", line, lines_of_text(lines, 0, first, _SIZE), *dots), high


def _fit(words: str, wide: float) -> float:
    """The size at which a heading keeps to its column."""
    return min(_SIZE, _SIZE * (wide - 6) / max(width_of(words, _SIZE), 1))
