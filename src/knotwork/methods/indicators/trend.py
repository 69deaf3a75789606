"""The recent trend: has it changed over the last five periods?

Meaning. A place publishes a figure every year with its limits. From 24 to 23 to 22 looks like progress; with
limits of two points either way it may be nothing. This test says *increasing* or *decreasing* only when the
last five figures, each with its own uncertainty, are hard to explain by no change, and when that does not hang
on one of them. With the polarity - is high better, or low - it says better or worse. That it got better does
not say who or what made it so.

Formula. For the last five periods t = 0..4 with values y and standard errors se = (upper - lower) / 3.92: the
straight line of weighted least squares, w = 1 / se^2,

    slope = sum(w (t - t_w)(y - y_w)) / S,   S = sum(w (t - t_w)^2),   chi2 = S slope^2,

with t_w and y_w the weighted means. There is a trend when chi2 > 9.54953570608324 (as the
source has it: P = 0.002, one degree of freedom) and the slope keeps its sign when any one of the five is left out.

Shapes. All (n,), one for each period, in order of time. Points without a value are left out. Limits are 95 %.

Assumptions. The five figures are independent. Overlapping periods are not, and figures that are standardised
to the country's own level each year have no time axis: for both nothing is said.

Errors. None: where nothing can be said, ``trend`` is empty and ``reason`` says why.

Source. Fingertips (Department of Health and Social Care), recent trends; the tests reproduce published cases.

>>> lower, upper = [23.4, 22.5, 21.3, 20.6, 19.4], [24.6, 23.5, 22.7, 21.4, 20.6]
>>> found = recent_trend([24, 23, 22, 21, 20], lower, upper, polarity="low")
>>> found.trend, found.better_or_worse, round(found.chi_squared)
('decreasing', 'better', 124)
>>> recent_trend([24, 23], [23, 22], [25, 24], polarity="low").reason
'fewer than 5 periods'
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from knotwork.methods.arrays import Floats
from knotwork.methods.indicators.reasons import NO_LIMITS

__all__ = [
    "ALL_COUNTED",
    "INDIRECT",
    "MULTI_YEAR",
    "NO_WIDTH",
    "PERIODS",
    "THRESHOLD",
    "TOO_FEW",
    "Polarity",
    "Trend",
    "recent_trend",
]

Polarity: TypeAlias = Literal["high", "low", "none"]

PERIODS = 5
THRESHOLD = 9.54953570608324
EQUAL = 1e-12
TOO_FEW = "fewer than 5 periods"
MULTI_YEAR = "the periods are longer than a year or overlap"
INDIRECT = "the values are indirectly standardised"
ALL_COUNTED = "a count is equal to its denominator"
NO_WIDTH = "the limits of a value do not lie apart"


@dataclass(frozen=True)
class Trend:
    """``trend`` and ``better_or_worse`` are empty where nothing can be said or nothing is better; chi-squared
    is NaN where it cannot be calculated."""

    trend: Literal["increasing", "decreasing", "no_change", ""]
    better_or_worse: Literal["better", "worse", ""]
    chi_squared: float
    reason: str


def recent_trend(
    value: ArrayLike,
    lower: ArrayLike,
    upper: ArrayLike,
    count: ArrayLike | None = None,
    denominator: ArrayLike | None = None,
    *,
    polarity: Polarity,
    obstacle: str = "",
) -> Trend:
    """The trend of one series. ``obstacle``: a reason that is known from outside (``MULTI_YEAR``,
    ``INDIRECT``) why nothing can be said."""
    if polarity not in ("high", "low", "none"):
        raise ValueError(f"The polarity is high, low or none; not {polarity}.")
    y, low, high, counted, of = _last(value, lower, upper, count, denominator)
    reason = obstacle or _reason(y, low, high, counted, of)
    if reason:
        return Trend("", "", float("nan"), reason)
    time, weight = np.arange(PERIODS, dtype=np.float64), (3.92 / (high - low)) ** 2
    slope, chi_squared = _slope(time, y, weight)
    without = [
        _slope(*(one[time != left_out] for one in (time, y, weight)))[0] for left_out in range(PERIODS)
    ]
    # A slope of nought is computed as some units of the sixteenth digit, of either sign.
    nought = EQUAL * np.abs(y).max()
    is_rising = slope > 0
    holds = min(without) > nought if is_rising else max(without) < -nought
    if chi_squared <= THRESHOLD or not holds:
        return Trend("no_change", "", chi_squared, "")
    better = polarity == ("high" if is_rising else "low")
    return Trend(
        "increasing" if is_rising else "decreasing",
        "" if polarity == "none" else "better" if better else "worse",
        chi_squared,
        "",
    )


def _last(*columns: ArrayLike | None) -> list[Floats]:
    """The last five points that have a value, of each column; NaN for a column that is not given."""
    value = np.asarray(columns[0], np.float64)
    kept = np.flatnonzero(np.isfinite(value))[-PERIODS:]
    return [
        np.full(len(kept), np.nan) if column is None else np.asarray(column, np.float64)[kept]
        for column in columns
    ]


def _reason(value: Floats, lower: Floats, upper: Floats, count: Floats, denominator: Floats) -> str:
    if len(value) < PERIODS:
        return TOO_FEW
    if (count == denominator).any():
        return ALL_COUNTED
    if not (np.isfinite(lower) & np.isfinite(upper)).all():
        return NO_LIMITS
    return NO_WIDTH if (upper <= lower).any() else ""


def _slope(time: Floats, value: Floats, weight: Floats) -> tuple[float, float]:
    """Slope of the weighted straight line, and its square over its variance."""
    # Weights are scaled to 1 so that neither tiny nor huge units leave the range of floats.
    share = weight / weight.sum()
    away = time - share @ time
    spread = share @ away**2
    slope = float((share * away) @ (value - share @ value) / spread)
    return slope, float(slope**2 * spread * weight.sum())
