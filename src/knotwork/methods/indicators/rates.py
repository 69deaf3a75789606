"""Counts and rates with Byar's and exact limits.

Meaning. A place counts 12 hospital admissions among 9,000 children in a year. Counts move by chance even where
nothing has changed: twelve could as well have been six or twenty. The limits say how far, so that nobody
celebrates, or mourns, three admissions fewer.

Formula. O events among a denominator n (people, person-years, bed-days), z the normal quantile of the level
(1.96 for 95 %), p = (1 - level) / 2:

    O >= 10 (Byar):  lower = O (1 - 1 / (9 O) - z / (3 sqrt O))^3
                     upper = (O + 1) (1 - 1 / (9 (O + 1)) + z / (3 sqrt(O + 1)))^3
    O < 10 (exact):  lower = chi2inv(p, 2 O) / 2, and 0 for O = 0
                     upper = chi2inv(1 - p, 2 O + 2) / 2

Rate and limits are these over n, times the multiplier (100,000 unless said otherwise). A count may exceed its
denominator: one person can be admitted twice, and person-years may be fewer than events.

Shapes. Any, elementwise; counts may be fractional after weighting.

Assumptions. Events are independent and rare among those who could have them. Where the same people come again
and again the limits are too narrow.

Cost. Linear.

Errors. A bad row never fails the table: it has no value (NaN), no method and a reason. ``ValueError`` for a
level outside 0..1.

Source. Breslow, Day (1987), Statistical methods in cancer research II; Armitage, Berry (2002); Eayres (2008),
APHO technical briefing 3; as used by PHEindicatormethods (phe_rate), whose results the tests reproduce.

>>> found = rate_limits([5, 20, 3], [100, 100, 0], multiplier=100)
>>> found.value.tolist(), found.lower.round(3).tolist(), found.upper.round(3).tolist()
([5.0, 20.0, nan], [1.623, 12.211, nan], [11.668, 30.89, nan])
>>> found.method, found.reason
(('exact', 'Byar', ''), ('', '', 'the denominator is not above 0'))
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from knotwork.methods.arrays import Flags, Floats
from knotwork.methods.indicators.reasons import MISSING, NEGATIVE, NO_DENOMINATOR, check_level, reasons

__all__ = ["FEW", "Rates", "count_limits", "rate_limits"]

FEW = 10
BYAR, EXACT = "Byar", "exact"


@dataclass(frozen=True, eq=False)
class Rates:
    """Value and limits of each row, NaN where there is none, and then the reason; which limits they are."""

    value: Floats
    lower: Floats
    upper: Floats
    method: tuple[str, ...]
    reason: tuple[str, ...]


def rate_limits(
    count: ArrayLike, denominator: ArrayLike, *, multiplier: float = 100_000, level: float = 0.95
) -> Rates:
    """The rate ``multiplier * count / denominator`` of each row, with its limits."""
    check_level(level)
    events, people = np.broadcast_arrays(np.asarray(count, np.float64), np.asarray(denominator, np.float64))
    reason = reasons(
        (~np.isfinite(events) | ~np.isfinite(people), MISSING),
        (people <= 0, NO_DENOMINATOR),
        (events < 0, NEGATIVE),
    )
    good = np.array([not one for one in reason], np.bool_).reshape(events.shape)
    events, people = np.where(good, events, np.nan), np.where(good, people, np.nan)
    lower, upper = count_limits(events, level)
    named = np.select([~good, events < FEW], ["", EXACT], default=BYAR)
    return Rates(
        multiplier * events / people,
        multiplier * lower / people,
        multiplier * upper / people,
        tuple(map(str, named.ravel())),
        reason,
    )


def count_limits(count: Floats, level: float) -> tuple[Floats, Floats]:
    """The limits of counts of at least 0: exact below ten, Byar's from ten on; NaN comes through."""
    many = count >= FEW
    lower, upper = np.full(count.shape, np.nan), np.full(count.shape, np.nan)
    lower[many], upper[many] = byar_limits(count[many], level)
    few: Flags = count < FEW
    if few.any():
        lower[few], upper[few] = exact_limits(count[few], level)
    return lower, upper


def byar_limits(count: Floats, level: float) -> tuple[Floats, Floats]:
    """Byar's approximation of the Poisson limits of counts above 0."""
    z = NormalDist().inv_cdf(0.5 + level / 2)
    more = count + 1
    return (
        count * (1 - 1 / (9 * count) - z / (3 * np.sqrt(count))) ** 3,
        more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3,
    )


def exact_limits(count: Floats, level: float) -> tuple[Floats, Floats]:
    """The exact Poisson limits: half a quantile of chi-squared with 2 O degrees of freedom is one of the gamma
    distribution with shape O."""
    from scipy.special import gammaincinv

    tail = (1 - level) / 2
    shape = np.where(count > 0, count, 1)
    lower = np.where(count > 0, gammaincinv(shape, tail), 0)
    return lower, gammaincinv(count + 1, 1 - tail)
