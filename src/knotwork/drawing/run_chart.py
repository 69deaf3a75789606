"""A measure through time: its points with their limits, another area beside it, and the usual range where one is known.

A point that stands out is told by its shape and its size as well as by its colour. What else happened bears a number
at the head of the chart, and its words stand at its foot.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal

from knotwork.drawing.axes import SIZE, KeyEntry, Scale, grid, key, round_ticks, tick_words, time_ticks
from knotwork.drawing.lettering import lines_of_text, width_of, wrapped
from knotwork.drawing.palette import Shape
from knotwork.drawing.picture import Cell, Picture
from knotwork.drawing.shapes import marks
from knotwork.drawing.svg import Markup, drawing, element, number

WIDTH = 640.0
_PLOT = 250.0
_LEADING = 1.3
_EDGE = 14.0

Standing = Literal["", "improvement", "concern", "neutral"]
_OUT: dict[str, tuple[Shape, str]] = {
    "improvement": ("diamond", "var(--series-6)"),
    "concern": ("triangle", "var(--series-2)"),
    "neutral": ("cross", "var(--series-5)"),
}
_OWN, _OTHER = "var(--series-1)", "var(--series-3)"


@dataclass(frozen=True)
class ChartPoint:
    """One period: the day in its middle, its value (None: a gap), its limits if any, and whether it stands out."""

    day: date
    value: float | None
    low: float | None = None
    high: float | None = None
    standing: Standing = ""


@dataclass(frozen=True)
class UsualRange:
    """The usual level and range from one day to another."""

    first: date
    last: date
    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Happening:
    """Something that happened on a day and may matter, in words."""

    day: date
    words: str


@dataclass(frozen=True)
class ChartWords:
    """The words of the key and the axis, in the reader's language. ``months`` are twelve short names."""

    own: str
    other: str = ""
    unit: str = ""
    mean: str = "Usual level"
    usual: str = "Usual range"
    target: str = "Target"
    shade: str = ""
    improvement: str = "Better than usual"
    concern: str = "Worse than usual"
    neutral: str = "Not as usual"
    months: tuple[str, ...] = (
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    )  # fmt: skip


@dataclass(frozen=True)
class RunChartFigures:
    """All that is drawn. ``other``: the points of the area beside; ``shade``: first and last day of the work."""

    points: tuple[ChartPoint, ...]
    other: tuple[ChartPoint, ...] = ()
    ranges: tuple[UsualRange, ...] = ()
    happenings: tuple[Happening, ...] = ()
    shade: tuple[date, date] | None = None
    target: float | None = None


@dataclass(frozen=True)
class _Plot:
    """Where things stand."""

    x: Scale
    y: Scale
    left: float
    right: float

    def day(self, day: date) -> float:
        return self.x.at(float(day.toordinal()))

    def within(self, day: date) -> float:
        """The same, but never beyond the edges."""
        return min(max(self.day(day), self.left), self.right)


def run_chart(
    figures: RunChartFigures,
    words: ChartWords,
    table: tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]],
    *,
    name: str,
    title: str,
    description: str,
) -> Picture:
    """The chart, with ``table`` (columns and rows) as the same figures in words.

    Raises ``ValueError`` where no point has a value: a page says so in words instead.
    """
    ticks = _ticks(figures)
    top = 22.0 if words.unit else 4.0
    legend, high = key(_entries(figures, words), 0, WIDTH, top)
    heads = _rows_of_numbers(figures)
    plot_top = top + high + 12 + 20 * heads
    plot = _plot(figures, ticks, plot_top)
    foot, tall = _foot(figures, words, plot_top + _PLOT + 30)
    unit = [element("text", words.unit, x=0, y=13, font_size=SIZE, fill="var(--soft)")] if words.unit else []
    svg = drawing(
        *unit,
        legend,
        *_shaded(figures, plot, plot_top),
        grid(ticks, plot.y, plot.left, plot.right),
        _months_and_years(plot, figures, words, plot_top + _PLOT),
        *_usual(figures, plot),
        *_numbers(figures, plot, plot_top),
        *_line(figures.other, plot, _OTHER, is_other=True),
        *_line(figures.points, plot, _OWN, is_other=False),
        *foot,
        name=name,
        kind="run",
        title=title,
        description=description,
        size=(WIDTH, tall),
    )
    return Picture(name, svg, table[0], table[1], title, description)


def _ticks(figures: RunChartFigures) -> list[float]:
    shown = [
        value
        for point in (*figures.points, *figures.other)
        for value in (point.value, point.low, point.high)
        if value is not None
    ]
    if not any(point.value is not None for point in figures.points):
        raise ValueError("A run chart needs at least one point with a value.")
    shown += [value for usual in figures.ranges for value in (usual.low, usual.high)]
    shown += [] if figures.target is None else [figures.target]
    return round_ticks(min(shown), max(shown))


def _plot(figures: RunChartFigures, ticks: list[float], top: float) -> _Plot:
    days = [point.day.toordinal() for point in (*figures.points, *figures.other)]
    first, last = min(days), max(days)
    if first == last:
        first, last = first - 180, last + 180
    left = max(width_of(label, SIZE) for label in tick_words(ticks)) + 8
    across = Scale(float(first), float(last), left + _EDGE, WIDTH - _EDGE - 2)
    return _Plot(across, Scale(ticks[0], ticks[-1], top + _PLOT, top), left, WIDTH - 2)


def _entries(figures: RunChartFigures, words: ChartWords) -> list[KeyEntry]:
    found = [KeyEntry(words.own, _sample(_OWN, "circle"))]
    if figures.other:
        found.append(KeyEntry(words.other, _sample(_OTHER, "square", dashes="5 4")))
    if figures.ranges:
        found.append(KeyEntry(words.mean, _stroke("M-11 0H11", "var(--soft)", None)))
        found.append(KeyEntry(words.usual, _stroke("M-11-4H11M-11 4H11", "var(--soft)", "2 3")))
    if figures.target is not None:
        found.append(KeyEntry(words.target, _stroke("M-11 0H11", "var(--accent)", "9 4")))
    if figures.shade and words.shade:
        found.append(KeyEntry(words.shade, _box()))
    for standing in ("improvement", "concern", "neutral"):
        if any(point.standing == standing for point in figures.points):
            shape, colour = _OUT[standing]
            sample = element("path", d=marks(shape, [(0, 0)], 6), fill=colour)
            found.append(KeyEntry(str(getattr(words, standing)), sample))
    return found


def _sample(colour: str, shape: Shape, dashes: str | None = None) -> Markup:
    return element(
        "g",
        _stroke("M-11 0H11", colour, dashes, width=2),
        element("path", d=marks(shape, [(0, 0)], 3.5), fill=colour),
    )


def _stroke(d: str, colour: str, dashes: str | None, width: float = 1.5) -> Markup:
    return element("path", d=d, stroke=colour, stroke_width=width, stroke_dasharray=dashes, fill="none")


def _box() -> Markup:
    return element("path", d="M-11-7h22v14h-22z", fill="var(--tint)", stroke="var(--line)")


def _shaded(figures: RunChartFigures, plot: _Plot, top: float) -> list[Markup]:
    """The time of the work, as far as the chart reaches."""
    if figures.shade is None:
        return []
    first, last = (plot.within(day) for day in figures.shade)
    if last - first < 1:
        return []
    return [element("rect", x=first, y=top, width=last - first, height=_PLOT, fill="var(--tint)")]


def _months_and_years(plot: _Plot, figures: RunChartFigures, words: ChartWords, y: float) -> Markup:
    first, last = (date.fromordinal(round(at)) for at in (plot.x.low, plot.x.high))
    ticks = time_ticks(first, last, room=plot.x.end - plot.x.start, months=words.months)
    if not ticks:
        ticks = [(figures.points[0].day, str(figures.points[0].day.year))]
    path = "".join(f"M{number(plot.day(day))} {number(y)}v5" for day, _ in ticks)
    labels = []
    for day, label in ticks:
        half = width_of(label, SIZE) / 2
        x = min(max(plot.day(day), plot.left + half), WIDTH - half)
        labels.append(element("text", label, x=x, y=y + 19))
    return element(
        "g",
        element(
            "path", d=f"M{number(plot.left)} {number(y)}H{number(plot.right)}{path}", stroke="var(--control)"
        ),
        element("g", *labels, text_anchor="middle", font_size=SIZE, fill="var(--soft)"),
    )


def _usual(figures: RunChartFigures, plot: _Plot) -> list[Markup]:
    means = limits = ""
    for usual in figures.ranges:
        first, last = (number(plot.within(day)) for day in (usual.first, usual.last))
        means += f"M{first} {number(plot.y.at(usual.mean))}H{last}"
        for value in (usual.low, usual.high):
            limits += f"M{first} {number(plot.y.at(value))}H{last}"
    parts = [_stroke(means, "var(--soft)", None), _stroke(limits, "var(--soft)", "2 3")] if means else []
    if figures.target is not None:
        at = number(plot.y.at(figures.target))
        parts.append(_stroke(f"M{number(plot.left)} {at}H{number(plot.right)}", "var(--accent)", "9 4"))
    return parts


def _line(points: Sequence[ChartPoint], plot: _Plot, colour: str, *, is_other: bool) -> list[Markup]:
    """The line through the points, broken at gaps; their limits; their marks."""
    known = [point for point in points if point.value is not None]
    if not known:
        return []
    path = ""
    for is_known, run in groupby(points, key=lambda point: point.value is not None):
        if is_known:
            path += "M" + "L".join(_spot(plot, point) for point in run)
    radius = (4.0 if len(known) <= 40 else 2.6) - (0.6 if is_other else 0)
    plain = [_xy(plot, point) for point in known if not point.standing]
    shape: Shape = "square" if is_other else "circle"
    parts = [
        *_whiskers(known, plot, colour),
        _stroke(path, colour, "5 4" if is_other else None, width=1.8 if is_other else 2.2),
        element(
            "path",
            d=marks(shape, plain, radius),
            fill="var(--surface)" if is_other else colour,
            stroke=colour if is_other else "var(--surface)",
        ),
    ]
    for standing, (out_shape, out_colour) in _OUT.items():
        spots = [_xy(plot, point) for point in known if point.standing == standing]
        if spots:
            d = marks(out_shape, spots, radius + 2)
            parts.append(element("path", d=d, fill=out_colour, stroke="var(--surface)"))
    return parts


def _whiskers(points: Sequence[ChartPoint], plot: _Plot, colour: str) -> list[Markup]:
    path = ""
    for point in points:
        if point.low is not None and point.high is not None:
            x, low, high = plot.day(point.day), plot.y.at(point.low), plot.y.at(point.high)
            path += f"M{number(x - 3)} {number(high)}h6m-3 0V{number(low)}m-3 0h6"
    return [element("path", d=path, stroke=colour, fill="none", stroke_opacity=0.55)] if path else []


def _xy(plot: _Plot, point: ChartPoint) -> tuple[float, float]:
    assert point.value is not None  # only points with a value are drawn
    return plot.day(point.day), plot.y.at(point.value)


def _spot(plot: _Plot, point: ChartPoint) -> str:
    x, y = _xy(plot, point)
    return f"{number(x)} {number(y)}"


def _shown(figures: RunChartFigures) -> list[Happening]:
    """What happened within the chart, in order of time."""
    days = [point.day for point in (*figures.points, *figures.other)]
    inside = [one for one in figures.happenings if min(days) <= one.day <= max(days)]
    return sorted(inside, key=lambda one: (one.day, one.words))


def _rows_of_numbers(figures: RunChartFigures) -> int:
    return 0 if not _shown(figures) else 1


def _numbers(figures: RunChartFigures, plot: _Plot, top: float) -> list[Markup]:
    """A dashed line for what happened, with its number above; numbers of one time stand side by side."""
    parts: list[Markup] = []
    path, taken = "", plot.left - 20
    for count, one in enumerate(_shown(figures), start=1):
        x = plot.day(one.day)
        path += f"M{number(x)} {number(top)}V{number(top + _PLOT)}"
        taken = min(max(x, taken + 20), plot.right - 9)
        parts += [
            element("circle", cx=taken, cy=top - 11, r=8.5, fill="var(--surface)", stroke="var(--ink)"),
            element("text", str(count), x=taken, y=top - 6.8, text_anchor="middle", font_size=12),
        ]
    return [_stroke(path, "var(--ink)", "3 3", width=1), *parts] if path else []


def _foot(figures: RunChartFigures, words: ChartWords, top: float) -> tuple[list[Markup], float]:
    """What happened, in words with its numbers; and how tall the whole drawing is."""
    parts: list[Markup] = []
    y = top + 6
    for count, one in enumerate(_shown(figures), start=1):
        day = f"{words.months[one.day.month - 1]} {one.day.year}"
        lines = wrapped(f"{day}: {one.words}", SIZE, WIDTH - 30)
        parts += [
            element("circle", cx=9, cy=y + 8, r=8.5, fill="none", stroke="currentColor"),
            element("text", str(count), x=9, y=y + 12.2, text_anchor="middle", font_size=12),
            lines_of_text(lines, 26, y + 12.5, SIZE, leading=_LEADING),
        ]
        y += SIZE * _LEADING * len(lines) + 6
    return parts, y
