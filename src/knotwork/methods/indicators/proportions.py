"""Proportions with Wilson's limits.

Meaning. Three of eleven people agree: that is 27 %, and with so few people the share among many such people
could well be anything from 10 % to 57 %. Wilson's limits say so; they never leave 0..1 and stay sensible at 0
of n and n of n.

Formula. With x of n and z the normal quantile of the level (1.96 for 95 %):

    (2 x + z^2 -/+ z sqrt(z^2 + 4 x (1 - x / n))) / (2 (n + z^2)).

To describe several groups together, sum x and n first.

Shapes. Any, elementwise; x and n may be fractional after weighting. ``multiplier`` scales value and limits
(100 for per cent).

Errors. A bad row never fails the table: it has no value (NaN) and a reason.

Source. Wilson (1927), Probable inference, the law of succession, and statistical inference, JASA 22; as used
by PHEindicatormethods (phe_proportion), whose results the tests reproduce.

>>> found = proportions(np.array([3, 2]), np.array([11, 0]))
>>> found.value.round(3).tolist(), found.lower.round(3).tolist(), found.upper.round(3).tolist()
([0.273, nan], [0.097, nan], [0.566, nan])
>>> found.reason
('', 'the denominator is not above 0')
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from knotwork.methods.arrays import Floats
from knotwork.methods.indicators.reasons import (
    MISSING,
    NEGATIVE,
    NO_DENOMINATOR,
    TOO_MANY,
    check_level,
    reasons,
)

__all__ = ["Proportions", "proportions", "wilson_limits"]


@dataclass(frozen=True, eq=False)
class Proportions:
    """Value and limits of each row, NaN where there is none, and then the reason."""

    value: Floats
    lower: Floats
    upper: Floats
    reason: tuple[str, ...]
    method: str = "Wilson"


def proportions(
    count: ArrayLike, denominator: ArrayLike, *, level: float = 0.95, multiplier: float = 1.0
) -> Proportions:
    """The proportion ``count / denominator`` of each row, with its limits."""
    check_level(level)
    x, n = np.broadcast_arrays(np.asarray(count, np.float64), np.asarray(denominator, np.float64))
    reason = reasons(
        (~np.isfinite(x) | ~np.isfinite(n), MISSING),
        (n <= 0, NO_DENOMINATOR),
        (x < 0, NEGATIVE),
        (x > n, TOO_MANY),
    )
    good = np.array([not one for one in reason], np.bool_).reshape(x.shape)
    x, n = np.where(good, x, np.nan), np.where(good, n, np.nan)
    lower, upper = wilson_limits(x, n, level)
    return Proportions(multiplier * x / n, multiplier * lower, multiplier * upper, reason)


def wilson_limits(count: Floats, denominator: Floats, level: float) -> tuple[Floats, Floats]:
    """Wilson's limits of valid counts; NaN comes through."""
    z = NormalDist().inv_cdf(0.5 + level / 2)
    centre = 2 * count + z**2
    reach = z * np.sqrt(z**2 + 4 * count * (1 - count / denominator))
    whole = 2 * (denominator + z**2)
    # At none and at all a limit is the value itself; rounding would put it a digit beside.
    lower = np.where(count == 0, 0, (centre - reach) / whole)
    upper = np.where(count == denominator, 1, (centre + reach) / whole)
    return lower, upper
