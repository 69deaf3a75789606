"""Scales and their labels: round numbers up the side, years or months along the foot, a key of words above."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10

from knotwork.drawing.lettering import width_of
from knotwork.drawing.svg import Markup, element, number

SIZE = 13.0
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_YEARS = (1, 2, 5, 10, 20, 50)
_MONTHS = (1, 3, 6)


@dataclass(frozen=True)
class Scale:
    """From a number to a place on the drawing: ``low`` stands at ``start``, ``high`` at ``end``."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Where the value stands."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def round_ticks(low: float, high: float, *, most: int = 6) -> list[float]:
    """Round numbers from one at or below ``low`` to one at or above ``high``, at most ``most`` of them or one more.

    >>> round_ticks(38.2, 54.1)
    [36.0, 40.0, 44.0, 48.0, 52.0, 56.0]
    >>> round_ticks(3, 3)
    [2.0, 3.0, 4.0]
    """
    if high <= low:
        return [low - 1, low, low + 1]
    rough = (high - low) / (most - 1)
    power = 10.0 ** floor(log10(rough))
    step = next(power * one for one in (*_STEPS, 20.0) if power * one >= rough * (1 - 1e-9))
    step = 4 * power if step == 5 * power and 4 * power >= rough else step
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(step * place, 10) for place in range(first, last + 1)]


def tick_words(ticks: Sequence[float]) -> list[str]:
    """The labels of ticks: as many places as any of them needs, thin spaces in large numbers.

    >>> tick_words([0.0, 2.5, 5.0]), tick_words([0, 20000])
    (['0.0', '2.5', '5.0'], ['0', '20\\u202f000'])
    """
    places = max(len(f"{tick:.4f}".rstrip("0").partition(".")[2]) for tick in ticks)
    return [f"{tick:,.{places}f}".replace(",", "\u202f").replace("-", "\u2212") for tick in ticks]


def time_ticks(
    first: date, last: date, *, room: float, months: Sequence[str], apart: float = 46
) -> list[tuple[date, str]]:
    """Beginnings of years, or of months where few years are shown, with their labels, ``apart`` units or more.

    ``room`` is how long the axis is. January, and the first month, bear their year.
    """
    span = max((last - first).days, 1)
    if span < 3 * 366:
        for step in _MONTHS:
            if room * step * 30 / span >= apart:
                return _month_ticks(first, last, step, months)
    step = next((one for one in _YEARS if room * one * 365 / span >= apart), _YEARS[-1])
    years = range(first.year, last.year + 2)
    return [
        (date(year, 1, 1), str(year))
        for year in years
        if year % step == 0 and first <= date(year, 1, 1) <= last
    ]


def _month_ticks(first: date, last: date, step: int, months: Sequence[str]) -> list[tuple[date, str]]:
    found: list[tuple[date, str]] = []
    for count in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        day = date(count // 12, count % 12 + 1, 1)
        if count % step == 0 and first <= day <= last:
            month = "" if day.month == 1 else months[day.month - 1]
            year = "" if month and found else str(day.year)
            found.append((day, f"{month} {year}".strip()))
    return found


def grid(ticks: Sequence[float], scale: Scale, left: float, right: float) -> Markup:
    """A quiet line across for every tick, and its number on the left."""
    path = "".join(f"M{number(left)} {number(scale.at(tick))}H{number(right)}" for tick in ticks)
    labels = (
        element("text", words, x=left - 6, y=scale.at(tick) + 4.5)
        for tick, words in zip(ticks, tick_words(ticks), strict=True)
    )
    return element(
        "g",
        element("path", d=path, stroke="var(--line)"),
        element("g", *labels, text_anchor="end", font_size=SIZE, fill="var(--soft)"),
    )


@dataclass(frozen=True)
class KeyEntry:
    """A mark and its words; ``mark`` draws itself around the middle of a box 22 units wide."""

    words: str
    mark: Markup


def key(entries: Sequence[KeyEntry], left: float, width: float, top: float) -> tuple[Markup, float]:
    """The entries in lines of at most ``width``; the drawing, and how high it is. Marks are moved to their place."""
    parts: list[Markup] = []
    x, y = left, top
    for entry in entries:
        wide = 28 + width_of(entry.words, SIZE)
        if x > left and x + wide > left + width:
            x, y = left, y + 21
        parts += [
            element("g", entry.mark, transform=f"translate({number(x + 11)} {number(y + 8)})"),
            element("text", entry.words, x=x + 26, y=y + 12.5),
        ]
        x += wide + 18
    return element("g", *parts, font_size=SIZE), (y + 21 - top if entries else 0.0)
