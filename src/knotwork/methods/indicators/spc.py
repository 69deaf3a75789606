"""Run and control charts: is this more than the usual up and down?

Meaning. A measure that a place watches moves every month, whether or not anybody did anything. An XmR chart
(one value and one moving range for each time) says how far it usually moves, and flags what the usual does
not explain: a point outside the limits, seven points rising or falling, two of three close to a limit, seven
points on one side of the mean. Whether that is good is another matter: it depends on which way is better.

Formula (preset ``nhsr``, version 1). For each segment, with x the values in order of time:

    mean = average of x;  MR = |x_i - x_(i-1)|;  limits = mean -/+ 2.66 average(MR);
    near limits = mean -/+ two thirds of that.

Screening drops moving ranges of at least 3.267 times their average, once, so that one leap does not widen the
limits. With a fixed baseline of n points (at least 12), mean and limits of each segment come from its first n
points and are held for the rest. A *rebase* begins a new segment; nothing that is counted over several points
crosses it. Flags, the first that holds:

1. ``outside``: beyond a limit;
2. ``trend``: one of seven values that each rise, or each fall, from the one before;
3. ``two_of_three``: beyond a near limit (not outside) in a window of three with another such point, all three
   on one side of the mean; only the close points are flagged;
4. ``shift``: one of seven on one side of the mean; a point on the mean ends the run.

A point that ends one trend and begins the opposite one is flagged for the one that it ends. Chance alone flags
points too: where nothing happens, the last point of a chart is flagged in 2 charts of 100; some point or other
in 18 of 100 charts of 24 points, and in 47 of 100 charts of 60 (seeded simulation, normal values).

Assurance. Against a target, from the limits of the last point: ``passes`` when the limits lie wholly on the
better side, ``fails`` when wholly on the other, else ``inconsistent``.

Shapes. One value for each point (n,), in order of time; NaN is a point without a value: it is left out, its
neighbours then are neighbours, and its results are empty. ``run_charts`` takes many series at once.

Assumptions. Points are one after the other, equally far apart, and not computed from overlapping periods:
three-year averages rise and fall together and would be flagged for nothing. Equality with the mean or a limit
is meant up to twelve digits.

Cost. Linear in the number of points.

Errors. ``ValueError`` for an unknown preset, a baseline below 12, a rebase that is no position of a point.

Source. Shewhart (1931); Provost, Murray (2011); NHS England, Making Data Count; as drawn by NHSRplotthedots
0.2.2, whose results for 23 charts the tests reproduce point by point.

>>> chart = xmr_chart([4, 5, 4, 5, 4, 5, 4, 5, 4, 5, 4, 5, 9], improvement="decrease", target=8)
>>> chart.flag.tolist()[-2:], chart.variation, chart.assurance, chart.is_short
(['', 'outside'], 'concern', 'inconsistent', False)
>>> chart.mean.round(3).tolist()[0], chart.upper.round(3).tolist()[0]
(4.846, 8.171)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from knotwork.methods.arrays import Flags, Floats
from knotwork.methods.indicators.runs import in_runs, run_lengths, two_of_three

__all__ = [
    "PRESETS",
    "SHORT",
    "SMALLEST_BASELINE",
    "Assurance",
    "ChartOptions",
    "Improvement",
    "Preset",
    "RunChart",
    "run_charts",
    "xmr_chart",
]

Improvement: TypeAlias = Literal["increase", "decrease", "neutral"]
Assurance: TypeAlias = Literal["passes", "fails", "inconsistent", ""]
Segments: TypeAlias = NDArray[np.int64]
Words: TypeAlias = NDArray[np.str_]

SHORT = 13
SMALLEST_BASELINE = 12
# Relative: what is computed in 64 bits may differ from what is meant by some units of the sixteenth digit.
EQUAL = 1e-12


@dataclass(frozen=True)
class Preset:
    """A named set of rules; its version changes when a rule does, so that a stored chart can say which it
    followed."""

    name: str
    version: int
    spread: float = 2.66
    largest_range: float = 3.267
    run: int = 7


PRESETS = {"nhsr": Preset("nhsr", 1)}


@dataclass(frozen=True)
class ChartOptions:
    """How charts are made and read: see the module."""

    improvement: Improvement
    preset: str = "nhsr"
    target: float | None = None
    baseline: int | None = None
    screening: bool = True

    def __post_init__(self) -> None:
        if self.preset not in PRESETS:
            raise ValueError(f"The preset is one of {', '.join(PRESETS)}; not {self.preset}.")
        if self.improvement not in ("increase", "decrease", "neutral"):
            raise ValueError(f"Improvement is increase, decrease or neutral; not {self.improvement}.")
        if self.baseline is not None and self.baseline < SMALLEST_BASELINE:
            raise ValueError(
                f"A fixed baseline has at least {SMALLEST_BASELINE} points; not {self.baseline}."
            )


@dataclass(frozen=True, eq=False)
class RunChart:
    """A chart, point by point (n,): ``segment`` counts from 1; limits are NaN, flag and direction empty,
    where a point has no value. ``variation`` is the direction of the last point, and is what its icon shows.
    ``is_short``: a segment has fewer than 13 points, and its limits will still move.
    """

    segment: Segments
    mean: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats
    flag: Words
    direction: Words
    variation: str
    assurance: Assurance
    is_short: bool
    preset: str = "nhsr"
    preset_version: int = 1


@dataclass(frozen=True, eq=False)
class _Points:
    """The points with a value, one segment after the other; ``segment`` counts from 0 without a gap."""

    value: Floats
    segment: Segments

    @property
    def segments(self) -> int:
        return int(self.segment[-1]) + 1 if len(self.segment) else 0

    @property
    def continues(self) -> Flags:
        """Whether a point is in the same segment as the one before: (n - 1,)."""
        return self.segment[1:] == self.segment[:-1]

    @property
    def first(self) -> Segments:
        return np.searchsorted(self.segment, np.arange(self.segments)).astype(np.int64)

    def average(self, of: Floats, where: Flags, segment: Segments) -> Floats:
        """The average in each segment of what is chosen; NaN where nothing is."""
        total = np.bincount(segment[where], of[where], minlength=self.segments)
        count = np.bincount(segment[where], minlength=self.segments)
        return np.divide(total, count, out=np.full(self.segments, np.nan), where=count > 0)


def xmr_chart(
    value: ArrayLike,
    *,
    preset: str = "nhsr",
    improvement: Improvement,
    target: float | None = None,
    rebase: Sequence[int] = (),
    baseline: int | None = None,
    screening: bool = True,
) -> RunChart:
    """The chart of one series. ``rebase``: positions of the points that begin a new segment."""
    values = np.asarray(value, np.float64)
    beyond = [position for position in rebase if not 0 <= position < len(values)]
    if beyond:
        raise ValueError(f"A rebase is the position of a point, 0 to {len(values) - 1}; not {beyond[0]}.")
    starts = np.zeros(len(values), np.bool_)
    starts[list(rebase)] = True
    options = ChartOptions(improvement, preset, target, baseline, screening)
    return run_charts(values, np.zeros(len(values), np.int64), starts, options)[0]


def run_charts(
    value: ArrayLike, series: ArrayLike, starts: ArrayLike, options: ChartOptions
) -> tuple[RunChart, ...]:
    """The charts of many series at once.

    ``value`` (n,) holds one series after the other, each in order of time; ``series`` (n,) numbers them from
    0, never falling, none left out; ``starts`` (n,) is true where a rebase begins a segment. With no points
    there is one empty chart.
    """
    values, which = np.asarray(value, np.float64), np.asarray(series, np.int64)
    first = np.diff(which, prepend=-1) > 0
    within = np.cumsum(first | np.asarray(starts, np.bool_)) - 1
    # A rebase on a series' first point begins what begins anyhow.
    segment = within - (within[first][which] if len(which) else 0) + 1
    has_value = np.isfinite(values)
    points = _Points(values[has_value], np.unique(within[has_value], return_inverse=True)[1])
    found = _of_points(points, options)
    full = {name: _spread(column, has_value) for name, column in found.items()}
    bounds = [*np.flatnonzero(first), len(values)] if len(values) else [0, 0]
    return tuple(
        _chart(segment[a:b], {name: column[a:b] for name, column in full.items()}, options)
        for a, b in pairwise(bounds)
    )


def _of_points(points: _Points, options: ChartOptions) -> dict[str, NDArray[Any]]:
    preset = PRESETS[options.preset]
    mean, spread = _mean_and_spread(points, options)
    centre, reach = mean[points.segment], spread[points.segment]
    size = np.zeros(points.segments)
    np.maximum.at(size, points.segment, np.abs(points.value))
    tolerance = EQUAL * size[points.segment]
    above = points.value - centre
    side = np.where(np.abs(above) <= tolerance, 0, np.sign(above)).astype(np.int8)
    outside = np.abs(above) > reach + tolerance
    close = (np.abs(above) > reach * 2 / 3 + tolerance) & ~outside
    trend = _in_trends(points, preset.run)
    pair = two_of_three(side, close, points.segment)
    shift = in_runs(side, points.segment, preset.run)
    choices = [outside, trend != 0, pair, shift]
    flag = np.select(choices, ["outside", "trend", "two_of_three", "shift"], default="")
    way = np.select(choices, [side, trend, side, side], default=0)
    return {
        "mean": centre,
        "lower": centre - reach,
        "upper": centre + reach,
        "near_lower": centre - reach * 2 / 3,
        "near_upper": centre + reach * 2 / 3,
        "flag": flag,
        "direction": _direction(way, options.improvement),
    }


def _mean_and_spread(points: _Points, options: ChartOptions) -> tuple[Floats, Floats]:
    """Mean, and distance of a limit from it, of each segment."""
    preset = PRESETS[options.preset]
    position = np.arange(len(points.value)) - points.first[points.segment]
    chosen = position < (options.baseline or len(points.value) + 1)
    mean = points.average(points.value, chosen, points.segment)
    moving, segment = np.abs(np.diff(points.value)), points.segment[1:]
    counted = points.continues & chosen[1:]
    average = points.average(moving, counted, segment)
    if options.screening:
        bound = preset.largest_range * average[segment]
        average = points.average(moving, counted & ((moving < bound) | (bound == 0)), segment)
    return mean, preset.spread * average


def _in_trends(points: _Points, run: int) -> NDArray[np.int8]:
    """The way (1 rising, -1 falling, 0 neither) of the trend that a point is in. The step from one segment to
    the next counts as none."""
    trend = np.zeros(len(points.value), np.int8)
    step = np.where(points.continues, np.sign(np.diff(points.value)), 0).astype(np.int8)
    of_one_run = np.zeros(len(step), np.int64)
    long = np.where(run_lengths(step, of_one_run) >= run - 1, step, 0)
    trend[:-1] = long
    trend[1:] = np.where(long != 0, long, trend[1:])
    return trend


def _direction(way: NDArray[Any], improvement: Improvement) -> Words:
    if improvement == "neutral":
        return np.where(way == 0, "common_cause", "neutral")
    better = 1 if improvement == "increase" else -1
    return np.select([way == 0, way == better], ["common_cause", "improvement"], default="concern")


def _spread(column: NDArray[Any], where: Flags) -> NDArray[Any]:
    """The column with gaps where a point has no value."""
    gaps = np.zeros if column.dtype.kind == "U" else lambda n, kind: np.full(n, np.nan, kind)
    full: NDArray[Any] = gaps(len(where), column.dtype)
    full[where] = column
    return full


def _chart(segment: Segments, found: dict[str, NDArray[Any]], options: ChartOptions) -> RunChart:
    has_value = found["direction"] != ""
    last = int(np.flatnonzero(has_value)[-1]) if has_value.any() else None
    sizes = np.bincount(segment[has_value], minlength=int(segment.max(initial=0)) + 1)
    return RunChart(
        segment=segment,
        **found,
        variation="" if last is None else str(found["direction"][last]),
        assurance="" if last is None else _assurance(found["lower"][last], found["upper"][last], options),
        is_short=bool((sizes[1:] < SHORT).any()) or last is None,
        preset=options.preset,
        preset_version=PRESETS[options.preset].version,
    )


def _assurance(lower: float, upper: float, options: ChartOptions) -> Assurance:
    target = options.target
    if target is None or options.improvement == "neutral" or not lower <= upper:
        return ""
    if lower <= target <= upper:
        return "inconsistent"
    is_above = lower > target
    return "passes" if is_above == (options.improvement == "increase") else "fails"
