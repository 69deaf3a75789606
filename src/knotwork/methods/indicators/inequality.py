"""The slope and relative index of inequality: how far apart are the most and the least deprived?

Meaning. Children in the poorest tenth of the country are obese twice as often as those in the richest tenth.
Comparing the two ends throws eight tenths away. The slope index draws a straight line through all tenths, from
the most deprived person to the least, and says how far apart its ends are (*eleven percentage points*); the
relative index says how many times as high one end is (*nearly twice*).

Formula. Quantile 1 is the most deprived; a = share of the population, b = cumulative share up to the middle of
the quantile. Least squares of sqrt(a) y on sqrt(a) and b sqrt(a), without intercept, give c0 (where the line
begins) and the slope:

    SII = multiplier * slope,     RII = (c0 + slope) / c0, inverted when the multiplier is negative.

A negative multiplier says that low is good: then both are large where the deprived fare worse. With
``transform`` the line is fitted to log(y) of rates, or logit(y) of proportions; its two ends are taken back,
and SII and RII are their difference and ratio.

Limits. Both c0 and slope are sums of the values, y -/+ their standard errors, hence together exactly normal.
For plain values the limits of the SII follow in closed form, without a seed and without noise. Those of the RII
and of transformed values come from ``resamples`` seeded draws of (c0, slope): the limits are the order
statistics round(resamples p). All rows share the same draws, so that no place's result depends on another's.

Standard errors are given, or (upper - lower) / (2 * 1.959964) from limits at 95 %: with ``transform`` on the
transformed scale. A given standard error is taken over to that scale by the slope of the transformation
(se / y; se / (y (1 - y))).

Shapes. All (k,), one for each quantile, in any order. 5 to 100 quantiles, none missing.

Assumptions. Values lie near a straight line over deprivation; quantiles are independent.

Cost. Linear in quantiles plus one sort of the draws.

Errors. None for bad values: no index, and a reason. Without standard errors the indices are given without
limits. An RII needs both ends of the line above 0.

Source. Pamuk (1985); Mackenbach, Kunst (1997); Low, Low (2004); as used by PHEindicatormethods (phe_sii), whose
results the tests reproduce: indices exactly, limits within the noise of its 20,000 draws.

>>> found = slope_index([1, 2, 3, 4, 5], [10] * 5, [30, 27, 25, 22, 21], [1] * 5)
>>> round(found.sii, 2), round(found.lower, 2), round(found.upper, 2), round(found.rii, 3)
(-11.5, -14.6, -8.4, 0.626)
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from statistics import NormalDist
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from knotwork.methods.arrays import Floats
from knotwork.methods.indicators.reasons import MISSING, NO_LIMITS, check_level

__all__ = ["Kind", "SlopeIndex", "SlopeOptions", "slope_index", "standard_errors"]

Kind: TypeAlias = Literal["value", "rate", "proportion"]

FEWEST, MOST = 5, 100
FROM_LIMITS = 2 * 1.959964
QUANTILES = "the quantiles are not 1, 2, 3 and so on, each once"
NUMBER = "there are not 5 to 100 quantiles"
POPULATION = "a population is not above 0"
NOT_A_PROPORTION = "a proportion does not lie between 0 and 1"
NOT_TRANSFORMED = "a value is at the end of its scale and cannot be transformed"
NEGATIVE_ERROR = "a standard error is below 0"
NO_RATIO = "the line does not stay above 0: no relative index"


@dataclass(frozen=True)
class SlopeOptions:
    """See the module. ``resamples`` 0: no limits by simulation."""

    kind: Kind = "value"
    transform: bool = False
    multiplier: float = 1.0
    level: float = 0.95
    resamples: int = 20_000
    seed: int = 0

    def __post_init__(self) -> None:
        check_level(self.level)
        if self.kind not in ("value", "rate", "proportion"):
            raise ValueError(f"The kind is value, rate or proportion; not {self.kind}.")
        if self.transform and self.kind == "value":
            raise ValueError("Rates and proportions can be transformed; plain values cannot.")


@dataclass(frozen=True)
class SlopeIndex:
    """The indices with their limits, NaN where there are none, and then the reason."""

    sii: float = float("nan")
    lower: float = float("nan")
    upper: float = float("nan")
    rii: float = float("nan")
    rii_lower: float = float("nan")
    rii_upper: float = float("nan")
    intercept: float = float("nan")
    method: str = ""
    reason: str = ""


def slope_index(
    quantile: ArrayLike,
    population: ArrayLike,
    value: ArrayLike,
    standard_error: ArrayLike | None = None,
    options: SlopeOptions = SlopeOptions(),
) -> SlopeIndex:
    """The indices of one place. ``standard_error`` is on the scale of ``standard_errors``: the transformed one
    with ``transform``."""
    rank, people, y = (np.asarray(one, np.float64) for one in (quantile, population, value))
    error = np.full(len(y), np.nan) if standard_error is None else np.asarray(standard_error, np.float64)
    reason = _reason(rank, people, y, error, options)
    if reason:
        return SlopeIndex(reason=reason)
    order = np.argsort(rank)
    weights = _line(people[order])
    line = weights @ _forwards(y, options)[order]
    found = _indices(line, options)
    if not np.isfinite(error).all():
        return replace(found, reason=found.reason or NO_LIMITS)
    # c0 and slope are sums of independent values: their spread is known without drawing.
    spread = (weights * error[order] ** 2) @ weights.T
    return _with_limits(found, line, spread, options)


def standard_errors(
    value: ArrayLike, given: ArrayLike, lower: ArrayLike, upper: ArrayLike, options: SlopeOptions
) -> Floats:
    """The standard errors for ``slope_index``: given ones, and where they are missing (NaN) from 95 % limits."""
    y = np.asarray(value, np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        own = np.asarray(given, np.float64) * _stretch(y, options)
        high, low = (_forwards(np.asarray(limit, np.float64), options) for limit in (upper, lower))
        from_limits = (high - low) / FROM_LIMITS
    return np.where(np.isnan(own), from_limits, own)


def _reason(rank: Floats, people: Floats, value: Floats, error: Floats, options: SlopeOptions) -> str:
    if not (np.isfinite(rank) & np.isfinite(people) & np.isfinite(value)).all():
        return MISSING
    if not FEWEST <= len(rank) <= MOST:
        return NUMBER
    if not np.array_equal(np.sort(rank), np.arange(1, len(rank) + 1)):
        return QUANTILES
    checks = [
        ((people <= 0).any(), POPULATION),
        (options.kind == "proportion" and ((value < 0) | (value > 1)).any(), NOT_A_PROPORTION),
        (options.transform and not np.isfinite(_forwards(value, options)).all(), NOT_TRANSFORMED),
        ((error < 0).any(), NEGATIVE_ERROR),
    ]
    return next((reason for holds, reason in checks if holds), "")


def _line(population: Floats) -> Floats:
    """The matrix (2, k) that makes (c0, slope) of the values: weighted least squares on the cumulative share."""
    share = population / population.sum()
    middle = np.cumsum(share) - share / 2
    centre = share @ middle
    slope = share * (middle - centre) / (share @ (middle - centre) ** 2)
    return np.stack([share - centre * slope, slope])


def _forwards(value: Floats, options: SlopeOptions) -> Floats:
    if not options.transform:
        return value
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log(value) - (np.log1p(-value) if options.kind == "proportion" else 0)


def _back(value: Floats, options: SlopeOptions) -> Floats:
    if not options.transform:
        return value
    return 1 / (1 + np.exp(-value)) if options.kind == "proportion" else np.exp(value)


def _stretch(value: Floats, options: SlopeOptions) -> Floats:
    """How much a small step is stretched by the transformation."""
    if not options.transform:
        return np.ones_like(value)
    return 1 / (value * (1 - value) if options.kind == "proportion" else value)


def _ends(line: Floats, options: SlopeOptions) -> tuple[Floats, Floats]:
    """The two ends of lines (2, ...) as values: the most deprived, the least."""
    return _back(line[0], options), _back(line[0] + line[1], options)


def _indices(line: Floats, options: SlopeOptions) -> SlopeIndex:
    first, last = _ends(line, options)
    found = SlopeIndex(
        sii=float(options.multiplier * (last - first)),
        intercept=float(line[0]),
        method="simulation" if options.transform else "closed form",
    )
    if not (first > 0 and last > 0):
        return replace(found, reason=NO_RATIO)
    return replace(found, rii=float(_ratio(first, last, options)))


def _ratio(first: Floats, last: Floats, options: SlopeOptions) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return first / last if options.multiplier < 0 else last / first


def _with_limits(found: SlopeIndex, line: Floats, spread: Floats, options: SlopeOptions) -> SlopeIndex:
    if not options.transform:
        reach = NormalDist().inv_cdf(0.5 + options.level / 2) * abs(options.multiplier) * spread[1, 1] ** 0.5
        found = replace(found, lower=found.sii - float(reach), upper=found.sii + float(reach))
    if not options.resamples:
        return found
    # Cholesky by hand: two by two, and a standard error may be 0.
    first = np.sqrt(spread[0, 0])
    lean = spread[0, 1] / first if first else 0.0
    rest = np.sqrt(max(spread[1, 1] - lean**2, 0.0))
    normal = _draws(options.resamples, options.seed)
    drawn = line[:, None] + np.stack([first * normal[0], lean * normal[0] + rest * normal[1]])
    ends = _ends(drawn, options)
    if options.transform:
        lower, upper = _order_statistics(options.multiplier * (ends[1] - ends[0]), options.level)
        found = replace(found, lower=lower, upper=upper)
    if np.isnan(found.rii):
        return found
    lower, upper = _order_statistics(_ratio(*ends, options), options.level)
    return replace(found, rii_lower=lower, rii_upper=upper)


@lru_cache(maxsize=2)
def _draws(resamples: int, seed: int) -> Floats:
    return np.random.default_rng(seed).standard_normal((2, resamples))


def _order_statistics(drawn: Floats, level: float) -> tuple[float, float]:
    tail = (1 - level) / 2
    places = [max(round(len(drawn) * p), 1) - 1 for p in (tail, 1 - tail)]
    ordered = np.partition(drawn, places)
    return float(ordered[places[0]]), float(ordered[places[1]])
