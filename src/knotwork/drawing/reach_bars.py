"""Who took part beside who lives here: two bars for each choice, the upper one with its likely range.

The bars are narrow enough for a phone and bear their shares in words. A count that may not be shown has words in the
place of its bar.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from knotwork.drawing.axes import KeyEntry, Scale, key
from knotwork.drawing.lettering import lines_of_text, width_of, wrapped
from knotwork.drawing.picture import Cell, Picture
from knotwork.drawing.svg import Markup, drawing, element, number

WIDTH = 340.0
_SIZE = 15.0
_OWN, _OTHER = "var(--series-1)", "var(--series-2)"
_BAR, _THIN, _BETWEEN, _AFTER = 14.0, 8.0, 5.0, 20.0


@dataclass(frozen=True)
class ReachBar:
    """One choice: shares of 1, and how they are written. ``instead`` stands where the share may not be shown."""

    label: str
    share: float | None
    low: float | None
    high: float | None
    population: float | None
    share_words: str = ""
    population_words: str = ""
    instead: str = ""


@dataclass(frozen=True)
class ReachWords:
    """The key's words in the reader's language; ``population`` is empty where no figures are known."""

    took_part: str
    population: str = ""


def reach_bars(
    bars: Sequence[ReachBar],
    words: ReachWords,
    table: tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]],
    *,
    name: str,
    texts: tuple[str, str],
) -> Picture:
    """The bars of one question, in its order; ``texts`` are title and description."""
    written = [text for bar in bars for text in (bar.share_words, bar.population_words)]
    right = WIDTH - max(width_of(text, _SIZE) for text in ("", *written)) - 8
    longest = max([0.05, *(end for bar in bars for end in (bar.high, bar.population) if end is not None)])
    scale = Scale(0, longest, 1, right)
    legend, y = key(_entries(words), 0, WIDTH, 0)
    parts: list[Markup] = [legend]
    for bar in bars:
        drawn, high = _row(bar, scale, y + _AFTER)
        parts.append(drawn)
        y += _AFTER + high
    svg = drawing(
        *parts,
        name=name,
        kind="reach",
        title=texts[0],
        description=texts[1],
        size=(WIDTH, y + 6),
    )
    return Picture(name, svg, table[0], table[1], *texts)


def _entries(words: ReachWords) -> list[KeyEntry]:
    own = element("rect", x=-11, y=-6, width=22, height=11, fill=_OWN)
    other = element("rect", x=-11, y=-4, width=22, height=7, fill=_OTHER)
    entries = [KeyEntry(words.took_part, own)]
    return [*entries, KeyEntry(words.population, other)] if words.population else entries


def _row(bar: ReachBar, scale: Scale, top: float) -> tuple[Markup, float]:
    """The label, its bars, and how high they are together."""
    lines = wrapped(bar.label, _SIZE, WIDTH - 4, semibold=True)
    y = top + 17.5 * len(lines)
    parts = [lines_of_text(lines, 0, top + 12, _SIZE, font_weight=600)]
    if bar.share is None:
        parts.append(element("text", bar.instead, x=1, y=y + 12, font_size=_SIZE, fill="var(--soft)"))
    else:
        parts += _bar(bar.share, bar.share_words, scale, y, _BAR, _OWN)
    if bar.low is not None and bar.high is not None:
        parts += _range(scale.at(bar.low), scale.at(bar.high), y + _BAR / 2)
    y += _BAR + _BETWEEN
    if bar.population is not None:
        parts += _bar(bar.population, bar.population_words, scale, y, _THIN, _OTHER)
        y += _THIN
    return element("g", *parts), y - top


def _bar(share: float, words: str, scale: Scale, y: float, high: float, colour: str) -> list[Markup]:
    wide = max(scale.at(share) - scale.start, 1)
    return [
        element("rect", x=scale.start, y=y, width=wide, height=high, fill=colour),
        element("text", words, x=WIDTH, y=y + high / 2 + 5, text_anchor="end", font_size=_SIZE),
    ]


def _range(low: float, high: float, y: float) -> list[Markup]:
    """A line with ends, on a lighter one, so that it can be seen on the bar and beside it."""
    ends = f"M{number(low)} {number(y - 5)}v10m0-5H{number(high)}m0-5v10"
    return [
        element("path", d=ends, stroke="var(--surface)", stroke_width=4.5, fill="none"),
        element("path", d=ends, stroke="currentColor", stroke_width=1.6, fill="none"),
    ]
