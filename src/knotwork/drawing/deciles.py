"""From the most to the least deprived tenth: each tenth with its limits, and the straight line through all of them.

The line begins at the most deprived person and ends at the least; how far apart its ends are is the slope index.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from knotwork.drawing.axes import SIZE, KeyEntry, Scale, grid, key, round_ticks, tick_words
from knotwork.drawing.lettering import width_of
from knotwork.drawing.picture import Cell, Picture
from knotwork.drawing.shapes import marks
from knotwork.drawing.svg import Markup, drawing, element, number

WIDTH = 640.0
_PLOT = 250.0
_OWN, _OTHER = "var(--series-1)", "var(--series-3)"


@dataclass(frozen=True)
class Tenth:
    """One tenth of the people by deprivation: where its middle stands (0 most, 1 least deprived), value and limits."""

    middle: float
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class SlopeLine:
    """The straight line from the most deprived person (``first``) to the least deprived (``last``)."""

    first: float
    last: float


@dataclass(frozen=True)
class DecileWords:
    """Words in the reader's language; ``gap`` says how far apart the ends of the place's line are, with its limits."""

    own: str
    gap: str
    other: str = ""
    unit: str = ""
    most: str = "Most deprived"
    least: str = "Least deprived"


def decile_slope(
    tenths: Sequence[Tenth],
    line: SlopeLine,
    words: DecileWords,
    table: tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]],
    *,
    name: str,
    texts: tuple[str, str],
    beside: SlopeLine | None = None,
) -> Picture:
    """The tenths, their line, and the line of another area ``beside``; ``texts`` are title and description."""
    ticks = _ticks(tenths, [line, *([beside] if beside else [])])
    top = 22.0 if words.unit else 4.0
    legend, high = key(_entries(words, beside is not None), 0, WIDTH, top)
    plot_top = top + high + 12
    left = max(width_of(label, SIZE) for label in tick_words(ticks)) + 8
    right = WIDTH - width_of(words.gap, SIZE, semibold=True) - 24
    x, y = Scale(0, 1, left + 6, right), Scale(ticks[0], ticks[-1], plot_top + _PLOT, plot_top)
    unit = [element("text", words.unit, x=0, y=13, font_size=SIZE, fill="var(--soft)")] if words.unit else []
    svg = drawing(
        *unit,
        legend,
        grid(ticks, y, left, right),
        _foot(words, left, right, plot_top + _PLOT),
        *([_stroke(beside, x, y, _OTHER, "5 4")] if beside else []),
        _stroke(line, x, y, _OWN, None),
        *_tenths(tenths, x, y),
        _gap(line, words, x, y),
        name=name,
        kind="deciles",
        title=texts[0],
        description=texts[1],
        size=(WIDTH, plot_top + _PLOT + 28),
    )
    return Picture(name, svg, table[0], table[1], *texts)


def _ticks(tenths: Sequence[Tenth], lines: Sequence[SlopeLine]) -> list[float]:
    shown = [value for tenth in tenths for value in (tenth.value, tenth.low, tenth.high) if value is not None]
    shown += [end for line in lines for end in (line.first, line.last)]
    return round_ticks(min(shown), max(shown))


def _entries(words: DecileWords, has_other: bool) -> list[KeyEntry]:
    own = element(
        "g",
        element("path", d="M-11 0H11", stroke=_OWN, stroke_width=2),
        element("path", d=marks("circle", [(0, 0)], 4), fill=_OWN),
    )
    other = element("path", d="M-11 0H11", stroke=_OTHER, stroke_width=2, stroke_dasharray="5 4")
    return [KeyEntry(words.own, own), *([KeyEntry(words.other, other)] if has_other else [])]


def _foot(words: DecileWords, left: float, right: float, y: float) -> Markup:
    return element(
        "g",
        element("path", d=f"M{number(left)} {number(y)}H{number(right)}", stroke="var(--control)"),
        element("text", words.most, x=left, y=y + 19),
        element("text", words.least, x=right, y=y + 19, text_anchor="end"),
        font_size=SIZE,
        fill="var(--soft)",
    )


def _stroke(line: SlopeLine, x: Scale, y: Scale, colour: str, dashes: str | None) -> Markup:
    d = f"M{number(x.at(0))} {number(y.at(line.first))}L{number(x.at(1))} {number(y.at(line.last))}"
    return element("path", d=d, stroke=colour, stroke_width=2, stroke_dasharray=dashes, fill="none")


def _tenths(tenths: Sequence[Tenth], x: Scale, y: Scale) -> list[Markup]:
    path = ""
    for one in tenths:
        if one.low is not None and one.high is not None:
            at = x.at(one.middle)
            path += f"M{number(at - 4)} {number(y.at(one.high))}h8m-4 0V{number(y.at(one.low))}m-4 0h8"
    spots = [(x.at(one.middle), y.at(one.value)) for one in tenths]
    dots = element("path", d=marks("circle", spots, 5), fill=_OWN, stroke="var(--surface)")
    limits = element("path", d=path, stroke=_OWN, fill="none", stroke_opacity=0.55)
    return [limits, dots] if path else [dots]


def _gap(line: SlopeLine, words: DecileWords, x: Scale, y: Scale) -> Markup:
    """A bracket beside the line's end, as long as the gap, with its words."""
    at, first, last = x.at(1) + 8, y.at(line.first), y.at(line.last)
    d = f"M{number(at - 3)} {number(first)}h6V{number(last)}h-6"
    return element(
        "g",
        element("path", d=d, stroke="currentColor", fill="none"),
        element("text", words.gap, x=at + 9, y=(first + last) / 2 + 4.5, font_size=SIZE, font_weight=600),
    )
