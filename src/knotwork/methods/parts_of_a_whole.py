"""Parts of a whole that everybody knows, made fit to publish.

Meaning. 412 people took part; of those who said, so many are under 25, so many over 80. Each part is rounded, and
a small one is hidden. But whoever knows the whole could subtract: so a single hidden part takes another one with
it. And where all roundings lean the same way, even that can give a hidden part back: then nothing is published.

Formula. Published counts are rounded to ``base``, those from 1 to below ``minimum`` are hidden (primary); where
exactly one is hidden, the smallest other one above nothing is hidden too (secondary). A shown part v lies within
v -/+ base/2, a small one within 1 .. ``minimum`` - 1, the other hidden one between ``minimum`` and the smallest that
is shown. With a sum known to lie within [low, high], part i lies within

    [max(low_i, low - sum of the others' highest), min(high_i, high - sum of the others' lowest)],

and it is given away where that leaves one number only.

Shapes. One entry for each part, NaN where hidden.

Cost. A few operations for each part.

Source. Primary and secondary suppression and the audit of ranges: Hundepool et al. (2012), Statistical Disclosure
Control, chapter 4.

>>> hidden_with_another([40, 3, 12, 0], 5, 5).shown.tolist()
[40.0, nan, nan, 0.0]
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from knotwork.methods.arrays import Floats
from knotwork.methods.disclosure import publishable_counts

__all__ = ["PublishedParts", "hidden_with_another", "is_given_away"]


@dataclass(frozen=True, eq=False)
class PublishedParts:
    """Published counts, NaN where hidden; ``is_small`` where hidden because fewer than ``minimum``."""

    shown: Floats
    is_small: NDArray[np.bool_]
    minimum: int
    base: int

    def lowest(self) -> Floats:
        """The least that each part can be, by what is published of it."""
        half = (self.base - 1) // 2 if self.base % 2 else self.base // 2
        known = np.where(self.shown > 0, np.fmax(self.shown - half, self.minimum), self.shown)
        return np.where(np.isnan(self.shown), np.where(self.is_small, 1, self.minimum), known)

    def highest(self) -> Floats:
        """The most that each part can be."""
        half = (self.base - 1) // 2
        known = np.where(self.shown > 0, self.shown + half, self.shown)
        others = known[known > 0]
        most = others.min() if len(others) else np.inf
        return np.where(np.isnan(self.shown), np.where(self.is_small, self.minimum - 1, most), known)


def hidden_with_another(counts: ArrayLike, minimum: int = 5, base: int = 5) -> PublishedParts:
    """The parts as they may be published, beside a whole that is known."""
    people = np.asarray(counts)
    shown = publishable_counts(people, minimum, base).value
    is_small = np.isnan(shown)
    others = np.flatnonzero(shown > 0)
    if is_small.sum() == 1 and len(others):
        shown[others[np.argmin(people[others])]] = np.nan
    return PublishedParts(shown, is_small, minimum, base)


def is_given_away(parts: PublishedParts, low: float, high: float) -> bool:
    """Whether a hidden part can be one number only, when all of them together lie within [low, high].

    >>> parts = hidden_with_another([4, 4, 12])
    >>> is_given_away(parts, 20, 22), is_given_away(parts, 15, 22)
    (True, False)
    """
    lowest, highest = parts.lowest(), parts.highest()
    least = np.fmax(lowest, low - _of_the_others(highest))
    most = np.fmin(highest, high - _of_the_others(lowest))
    return bool((np.isnan(parts.shown) & (most - least < 1)).any())


def _of_the_others(ends: Floats) -> Floats:
    return np.array([np.delete(ends, place).sum() for place in range(len(ends))])
