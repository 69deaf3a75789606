"""Counts of people, made fit to publish.

Meaning. 'Two people disagreed' may name them in a small place. In public, our own counts of people are
rounded to the nearest 5 and those from 1 to 4 are not shown. A share and its limits are then computed **from
the published counts**, so that nothing finer can be worked back from them: two tables with the same published
counts have the same shares.

Formula. A count c of 0 is 0; 0 < c < ``minimum`` is suppressed; else base * floor((c + base / 2) / base).
Share = published count / published denominator with Wilson's limits.

Shapes. Any; published counts are floats with NaN where suppressed, and a reason code. Every share whose count
or denominator is suppressed, or whose denominator is 0, is missing.

Assumptions. Each count is rounded by itself, so rounded parts need not add up to a rounded total, and no
total can be used to recover a suppressed part exactly.

>>> published = publishable_counts([0, 3, 7, 8])
>>> published.value.tolist(), published.reason
([0.0, nan, 5.0, 10.0], ('', 'fewer than 5', '', ''))
>>> publishable_shares([7, 3], [21, 21]).value.tolist()
[0.25, nan]
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from knotwork.methods.arrays import Floats
from knotwork.methods.indicators.proportions import wilson_limits

__all__ = [
    "PublishableCounts",
    "PublishableShares",
    "publishable_counts",
    "publishable_parts",
    "publishable_shares",
]


@dataclass(frozen=True, eq=False)
class PublishableCounts:
    """Rounded counts, NaN where suppressed; ``reason`` is '' or, for instance, 'fewer than 5' (in flat
    order)."""

    value: Floats
    reason: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class PublishableShares:
    """Shares of published counts with Wilson's limits, NaN where there is none."""

    value: Floats
    lower: Floats
    upper: Floats


def publishable_counts(counts: ArrayLike, minimum: int = 5, base: int = 5) -> PublishableCounts:
    """Round counts of people to the nearest ``base`` and suppress those from 1 to below ``minimum``."""
    if minimum < 1 or base < 1:
        raise ValueError(f"Minimum and base are whole numbers from 1; got {minimum} and {base}.")
    people = np.asarray(counts)
    if not np.issubdtype(people.dtype, np.integer) or (people < 0).any():
        raise ValueError("Counts of people are whole numbers from 0.")
    rounded = (2 * people.astype(np.int64) + base) // (2 * base) * base
    hidden = (people > 0) & (people < minimum)
    reason = np.where(hidden, f"fewer than {minimum}", "")
    return PublishableCounts(np.where(hidden, np.nan, rounded), tuple(map(str, reason.ravel())))


def publishable_shares(
    counts: ArrayLike, denominators: ArrayLike, *, level: float = 0.95, minimum: int = 5, base: int = 5
) -> PublishableShares:
    """The shares that the published counts give, with their limits; each count is part of its denominator."""
    count, whole = np.broadcast_arrays(np.asarray(counts), np.asarray(denominators))
    if (count > whole).any():
        raise ValueError("A count of people is above the number of people it is a part of.")
    x = publishable_counts(count, minimum, base).value
    n = publishable_counts(whole, minimum, base).value
    shown = ~np.isnan(x) & (n > 0)
    x, n = np.where(shown, x, np.nan), np.where(shown, n, np.nan)
    lower, upper = wilson_limits(x, n, level)
    return PublishableShares(x / n, lower, upper)


def publishable_parts(parts: ArrayLike, minimum: int = 5, base: int = 5) -> tuple[Floats, Floats]:
    """Parts of a whole and the whole, such that no hidden part can be worked back from what is shown.

    ``parts`` (rows, parts) are counts of people that add up to their row's whole. Each is published as
    :func:`publishable_counts` says. A whole that was rounded by itself would tell, with the parts that are shown,
    what a hidden one must be. So the whole is made from what is published: the sum of the shown parts, and for the
    hidden ones the middle of what they can be. Where no part is shown above nothing, there is no whole either (NaN).

    Returns the published parts (rows, parts) and the published wholes (rows,). Cost: a few operations per cell.

    >>> publishable_parts([[5, 1, 1], [40, 2, 31], [3, 0, 0]])
    (array([[ 5., nan, nan],
           [40., nan, 30.],
           [nan,  0.,  0.]]), array([10., 75., nan]))
    """
    shown = publishable_counts(np.atleast_2d(np.asarray(parts)), minimum, base).value
    hidden = np.isnan(shown).sum(axis=1)
    visible = np.nansum(shown, axis=1)
    whole = visible + (minimum * hidden + base) // (2 * base) * base
    return shown, np.where((hidden > 0) & (visible == 0), np.nan, whole)
