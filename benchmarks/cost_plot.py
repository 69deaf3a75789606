"""Cost against votes, both on scales of powers of ten: the drawing floor's picture of a benchmark."""

from collections.abc import Mapping, Sequence
from math import ceil, floor, log10

from knotwork.drawing.axes import SIZE, KeyEntry, Scale, key
from knotwork.drawing.lettering import width_of
from knotwork.drawing.picture import Picture
from knotwork.drawing.shapes import marks
from knotwork.drawing.svg import Markup, drawing, element, number

WIDTH, PLOT = 640.0, 260.0
COLOURS = ("var(--series-1)", "var(--series-2)")
DASHES = (None, "5 4")
UNITS = ((1e6, "million"), (1e3, "thousand"))


def cost_plot(lines: Mapping[str, Sequence[tuple[float, float]]], *, title: str, description: str) -> Picture:
    """One line for each name: CPU seconds (up) for so many votes (across)."""
    points = [point for line in lines.values() for point in line]
    low, high = (floor(log10(min(cost for _, cost in points))), ceil(log10(max(cost for _, cost in points))))
    first, last = log10(min(votes for votes, _ in points)), log10(max(votes for votes, _ in points))
    legend, tall = key([KeyEntry(name, _mark(at)) for at, name in enumerate(lines)], 0, WIDTH, 22)
    top = 22 + tall + 12
    x, y = Scale(first, last, 40, WIDTH - 30), Scale(low, high, top + PLOT, top)
    svg = drawing(
        element("text", "CPU seconds", x=0, y=13, font_size=SIZE, fill="var(--soft)"),
        legend,
        _rows(range(low, high + 1), y),
        _foot(range(ceil(first), floor(last) + 1), x, top + PLOT),
        *(_line(line, at, x, y) for at, line in enumerate(lines.values())),
        name="opinion-cost",
        kind="run",
        title=title,
        description=description,
        size=(WIDTH, top + PLOT + 46),
    )
    rows = tuple((name, votes, cost) for name, line in lines.items() for votes, cost in line)
    return Picture("opinion-cost", svg, ("Setting", "Votes", "CPU seconds"), rows, title, description)


def power_in_words(power: int) -> str:
    """``100 thousand`` for 5."""
    for unit, words in UNITS:
        if 10**power >= unit:
            return f"{round(10**power / unit):,} {words}"
    return f"{10**power:g}"


def _mark(at: int) -> Markup:
    line = element("path", d="M-11 0H11", stroke=COLOURS[at], stroke_width=2, stroke_dasharray=DASHES[at])
    return element("g", line, element("path", d=marks("circle", [(0, 0)], 4), fill=COLOURS[at]))


def _rows(powers: Sequence[int], y: Scale) -> Markup:
    path = "".join(f"M40 {number(y.at(power))}H{number(WIDTH - 30)}" for power in powers)
    labels = (element("text", f"{10.0**power:g}", x=34, y=y.at(power) + 4.5) for power in powers)
    return element(
        "g",
        element("path", d=path, stroke="var(--line)"),
        element("g", *labels, text_anchor="end", font_size=SIZE, fill="var(--soft)"),
    )


def _foot(powers: Sequence[int], x: Scale, y: float) -> Markup:
    labels = (
        element(
            "text",
            power_in_words(power),
            x=min(x.at(power), WIDTH - width_of(power_in_words(power), SIZE) / 2),
            y=y + 19,
        )
        for power in powers
    )
    return element(
        "g",
        element("path", d=f"M40 {number(y)}H{number(WIDTH - 30)}", stroke="var(--control)"),
        element("g", *labels, text_anchor="middle"),
        element("text", "votes", x=WIDTH - 30, y=y + 38, text_anchor="end"),
        font_size=SIZE,
        fill="var(--soft)",
    )


def _line(points: Sequence[tuple[float, float]], at: int, x: Scale, y: Scale) -> Markup:
    spots = [(x.at(log10(votes)), y.at(log10(cost))) for votes, cost in points]
    path = "M" + "L".join(f"{number(across)} {number(up)}" for across, up in spots)
    return element(
        "g",
        element("path", d=path, stroke=COLOURS[at], stroke_width=2, stroke_dasharray=DASHES[at], fill="none"),
        element("path", d=marks("circle", spots, 4), fill=COLOURS[at]),
    )
