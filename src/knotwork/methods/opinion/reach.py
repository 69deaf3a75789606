"""Who was reached: the make-up of those who took part beside the make-up of the population.

Meaning. Of the people who said how old they are, five in a hundred are over 80; of the people who live here,
twelve in a hundred are. The question did not reach the oldest, and whatever the results say, it is less their
word than that of others. Nothing is weighted: a result stays one of those who took part, and this stands
beside it.

Formula. A question has k choices with counts c of people and, where known, population figures p. Counts are
published as ``parts_of_a_whole`` says: rounded, small ones hidden, a single hidden one with another; nothing
where a hidden one could still be worked back; and where one is hidden, so are all counts outside the comparison.
Shares are of the people n who gave one of the choices that have a population figure (of all who answered, where
none has):

    n = the sum of the published counts; where one is hidden, the rounded true sum, if that is more
    share = c / n with Wilson's limits,    population share = p / sum of p,    ratio = share / population share.

The population figures count as known: the limits of a ratio are those of its share. A choice is reached by
``fewer`` people than live there where the upper limit of its share is below the population share, by ``more``
where the lower limit is above it, else it is ``alike``, which means that chance could explain the difference.
For a hidden small count the limits are those of ``minimum`` - 1 people, the most that it can be. The distance
of the two make-ups is half the sum of the absolute differences of shares (total variation): the share of those
who took part who would have to be others.

Shapes. All arrays have one entry for each choice, NaN where there is none.

Assumptions. Those who answer the question are like those who took part and did not. Everybody knows how many
took part. Where fewer than ``fewest`` answered, nothing is published at all.

Cost. A few operations for each choice.

Errors. Counts that are no whole numbers from 0, population figures below 0, or arrays of different lengths
raise ``ValueError``.

Source. Wilson (1927), as in ``proportions``; representativeness by ratios and total variation as used for
citizens' assemblies and surveys (dissimilarity index of Duncan and Duncan 1955).

>>> found = reach([10, 30, 60], [120, 280, 600])
>>> found.share.tolist(), found.population.tolist(), round(found.distance, 3)
([0.1, 0.3, 0.6], [0.12, 0.28, 0.6], 0.02)
>>> found.verdict
('alike', 'alike', 'alike')
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

from knotwork.methods.arrays import Floats
from knotwork.methods.disclosure import publishable_counts
from knotwork.methods.indicators.proportions import wilson_limits
from knotwork.methods.parts_of_a_whole import PublishedParts, hidden_with_another, is_given_away

__all__ = ["REACH_VERSION", "Reach", "ReachOptions", "reach"]

REACH_VERSION = "1"


@dataclass(frozen=True)
class ReachOptions:
    """How it is worked out: the level of the limits, the smallest published count and what counts are rounded to.

    ``fewest`` answers are needed for anything to be published; ``took_part`` people took part, as everybody knows.
    """

    level: float = 0.95
    minimum: int = 5
    base: int = 5
    fewest: int = 20
    took_part: int | None = None


@dataclass(frozen=True, eq=False)
class Reach:
    """For each choice what may be published of those who gave it, beside the population.

    ``count`` is NaN where hidden, and ``is_small`` says where it is so because fewer than ``minimum`` people
    gave the choice. ``people`` is the number that shares are of; NaN where too few answered. ``verdict`` is
    ``fewer``, ``more``, ``alike``, or empty where nothing can be said.
    """

    count: Floats
    is_small: NDArray[np.bool_]
    people: float
    share: Floats
    lower: Floats
    upper: Floats
    population: Floats
    ratio: Floats
    ratio_lower: Floats
    ratio_upper: Floats
    verdict: tuple[str, ...]
    distance: float

    def to_frame(self) -> pl.DataFrame:
        """One row for each choice, counted from 1; missing cells where there is no figure."""
        columns = {
            name: pl.Series(getattr(self, name), dtype=pl.Float64).fill_nan(None)
            for name in (
                "share",
                "lower",
                "upper",
                "population",
                "ratio",
                "ratio_lower",
                "ratio_upper",
            )
        }
        return pl.DataFrame(
            {
                "choice": pl.Series(range(1, len(self.verdict) + 1), dtype=pl.Int64),
                "people": pl.Series(self.count, dtype=pl.Float64).fill_nan(None).cast(pl.Int64),
                "is_small": self.is_small,
                **columns,
                "verdict": list(self.verdict),
            }
        )


def reach(counts: ArrayLike, population: ArrayLike, options: ReachOptions | None = None) -> Reach:
    """Who was reached, by the choices of one question; ``population`` is NaN where no figure is known."""
    wanted = options or ReachOptions()
    given = np.asarray(counts)
    figures = np.asarray(population, np.float64)
    if given.ndim != 1 or figures.shape != given.shape:
        raise ValueError(f"One population figure for each choice: got {given.shape} and {figures.shape}.")
    if (figures < 0).any():
        raise ValueError("Population figures are numbers from 0.")
    if int(given.sum()) < wanted.fewest:
        return _nothing(given, figures)
    compared = ~np.isnan(figures)
    counted = compared if compared.any() else np.ones_like(compared)
    parts = hidden_with_another(given[counted], wanted.minimum, wanted.base)
    people = _whole(given[counted], parts.shown, wanted)
    if not _is_safe(parts, people, wanted, is_all=bool(counted.all())):
        return _nothing(given, figures)
    shown, is_small = _beside_others(given, counted, parts)
    share = np.where(counted, shown / people, np.nan)
    lower, upper = wilson_limits(np.where(counted, shown, np.nan), np.full_like(share, people), wanted.level)
    part = _parts_of_population(figures)
    return Reach(
        count=shown,
        is_small=is_small,
        people=people,
        share=share,
        lower=lower,
        upper=upper,
        population=part,
        ratio=_over(share, part),
        ratio_lower=_over(lower, part),
        ratio_upper=_over(upper, part),
        verdict=_verdicts(is_small & compared, lower, upper, part, people, wanted),
        distance=float(np.abs(share - part)[compared].sum() / 2) if compared.any() else float("nan"),
    )


def _beside_others(
    counts: NDArray[np.int64], counted: NDArray[np.bool_], parts: PublishedParts
) -> tuple[Floats, NDArray[np.bool_]]:
    """All counts as they are published; those outside the comparison only where no count at all is hidden."""
    shown, is_small = np.full(len(counts), np.nan), np.zeros(len(counts), np.bool_)
    shown[counted], is_small[counted] = parts.shown, parts.is_small
    others = publishable_counts(counts[~counted], parts.minimum, parts.base).value
    if not np.isnan(others).any() and not np.isnan(parts.shown).any():
        shown[~counted] = others
    return shown, is_small


def _is_safe(parts: PublishedParts, people: float, wanted: ReachOptions, *, is_all: bool) -> bool:
    """Whether no hidden count follows from what else is known: how many answered at the least, and took part."""
    rounding = (wanted.base - 1) // 2
    low = people - rounding if people > np.nansum(parts.shown) else 0
    high = np.fmin(people + rounding, np.inf if wanted.took_part is None else wanted.took_part)
    return not is_given_away(parts, max(low, wanted.fewest if is_all else 0), float(high))


def _whole(counts: NDArray[np.int64], shown: Floats, wanted: ReachOptions) -> float:
    """The number of people that shares are of, such that no hidden part can be worked back from it."""
    visible = float(np.nansum(shown))
    if not np.isnan(shown).any():
        return visible if visible else float("nan")
    rounded = float(publishable_counts([int(counts.sum())], wanted.minimum, wanted.base).value[0])
    return float(np.fmax(rounded, visible)) or float("nan")


def _parts_of_population(figures: Floats) -> Floats:
    whole = np.nansum(figures)
    return figures / whole if whole else np.full_like(figures, np.nan)


def _over(share: Floats, part: Floats) -> Floats:
    return np.divide(share, part, out=np.full_like(share, np.nan), where=part > 0)


def _verdicts(
    is_small: NDArray[np.bool_],
    lower: Floats,
    upper: Floats,
    part: Floats,
    people: float,
    wanted: ReachOptions,
) -> tuple[str, ...]:
    most = float(min(wanted.minimum - 1, people))
    _, small_upper = wilson_limits(np.array([most]), np.array([people]), wanted.level)
    ends = np.where(is_small, small_upper[0], upper)
    fewer, more = ends < part, lower > part
    known = ~np.isnan(lower) & ~np.isnan(part)
    return tuple(
        "fewer" if is_fewer else "more" if is_more else "alike" if is_known else ""
        for is_fewer, is_more, is_known in zip(fewer, more, known, strict=True)
    )


def _nothing(counts: NDArray[np.int64], figures: Floats) -> Reach:
    """Too few answered: nothing of them is published."""
    missing = np.full(len(counts), np.nan)
    return Reach(
        count=missing,
        is_small=np.zeros(len(counts), np.bool_),
        people=float("nan"),
        share=missing,
        lower=missing,
        upper=missing,
        population=_parts_of_population(figures),
        ratio=missing,
        ratio_lower=missing,
        ratio_upper=missing,
        verdict=("",) * len(counts),
        distance=float("nan"),
    )
