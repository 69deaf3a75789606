"""Agreement: do several people who judge the same things judge them alike?

Meaning. Five reviewers score sixty bids; three coders read the same stories. If they agree no more than chance
would have it, their judgements say more about them than about what they judged. *Alpha* is 1 where nobody ever
differs, 0 where they differ as much as judgements dealt out by chance, and below 0 where they differ more.

Formula (alpha). Only units (bids, stories) with two judgements or more count. A unit with m judgements gives each
ordered pair of them 1 / (m - 1) to the table of coincidences o[c, k]; n[c] are its row sums, n their total. With a
squared difference d[c, k],

    alpha = 1 - (n - 1) * sum(o * d) / sum(n[c] * n[k] * d).

``nominal``: d is 1 for different values. ``interval``: d = (c - k)^2. ``ordinal``: d = (the judgements from c to k,
counted, those at both ends by half)^2. Missing judgements need no care.

Interval. Units are drawn again with replacement, seeded; the limits are the quantiles of alpha. Draws in which nothing
differs have no alpha and are left out; ``resamples`` says how many are in.

Kappas. For judgements in categories without missing ones: Cohen's for two people, each with her own habits, and
Fleiss' for any number of exchangeable people.

Shapes. ``ratings`` is people x units, NaN where somebody did not judge. The order of people and of units changes no
byte of the result.

Assumptions. People judge apart from each other. Alpha says nothing about who is right.

Cost. For U units, C different values and B resamples: B U C^2. Errors. ``ValueError`` where fewer than two units have
two judgements, for an unknown metric, a level outside 0..1, or tables that do not fit. Where no two judgements differ,
alpha is NaN: there is no chance to compare with.

Source. Krippendorff (2011), Computing Krippendorff's alpha-reliability: his example is what the tests reproduce.
Cohen (1960), A coefficient of agreement for nominal scales. Fleiss (1971), Measuring nominal scale agreement among
many raters.

>>> found = krippendorff_alpha([[1, 2, 3, 3], [1, 2, 3, 2], [np.nan, 2, 3, 3]], "interval", resamples=200)
>>> round(found.alpha, 3), found.units, found.judgements
(0.853, 4, 11)
>>> cohens_kappa([1, 1, 2, 2], [1, 1, 2, 1])
0.5
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from knotwork.methods.arrays import Floats

__all__ = ["METRICS", "Agreement", "cohens_kappa", "fleiss_kappa", "krippendorff_alpha"]

METRICS: Final = ("nominal", "ordinal", "interval")


@dataclass(frozen=True)
class Agreement:
    """Alpha with its limits; ``units`` and ``judgements`` are those that could be compared."""

    metric: str
    alpha: float
    lower: float
    upper: float
    level: float
    units: int
    judgements: int
    resamples: int


def krippendorff_alpha(
    ratings: ArrayLike, metric: str, *, level: float = 0.95, resamples: int = 1000, seed: int = 0
) -> Agreement:
    """Alpha of people x units with its interval; NaN marks a judgement that is missing."""
    if metric not in METRICS:
        raise ValueError(f"Unknown metric {metric!r}: choose one of {', '.join(METRICS)}.")
    if not 0 < level < 1:
        raise ValueError(f"The level is a share between 0 and 1; got {level}.")
    values, counts = _counts(np.asarray(ratings, dtype=np.float64))
    units = len(counts)
    if units < 2:
        raise ValueError(
            f"Agreement needs two units or more that two people judged; got {units}. "
            "Let more people judge the same ones."
        )
    pairs = _coincidences(counts)
    alpha = float(_alphas(np.ones((1, units)) @ pairs, values, metric)[0])
    drawn = np.random.default_rng(seed).multinomial(units, np.full(units, 1 / units), size=resamples)
    again = _alphas(drawn @ pairs, values, metric)
    again = again[~np.isnan(again)]
    limits = np.quantile(again, [(1 - level) / 2, (1 + level) / 2]) if len(again) else (np.nan, np.nan)
    return Agreement(
        metric, alpha, float(limits[0]), float(limits[1]), level, units, int(counts.sum()), len(again)
    )


def _counts(ratings: Floats) -> tuple[Floats, Floats]:
    """The different values, and how often each was given to each unit that two people judged."""
    if ratings.ndim != 2:
        raise ValueError(f"Ratings are a table of people and units; got {ratings.ndim} dimensions.")
    given = ~np.isnan(ratings)
    judged = ratings[:, given.sum(axis=0) >= 2]
    values, code = np.unique(judged[~np.isnan(judged)], return_inverse=True)
    unit = np.nonzero(~np.isnan(judged))[1]
    counts = np.zeros((judged.shape[1], len(values)))
    np.add.at(counts, (unit, code), 1)
    return values, counts[np.lexsort(counts.T[::-1])] if counts.size else counts


def _coincidences(counts: Floats) -> Floats:
    """What each unit gives to the table of coincidences: units x values squared."""
    both = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(counts.shape[1])
    spread: Floats = both / (counts.sum(axis=1) - 1)[:, None, None]
    return spread.reshape(len(counts), -1)


def _alphas(tables: Floats, values: Floats, metric: str) -> Floats:
    """Alpha of each table of coincidences; NaN where no two judgements differ."""
    observed = tables.reshape(len(tables), len(values), len(values))
    each = observed.sum(axis=2)
    total = each.sum(axis=1)
    far = _squared_differences(each, values, metric)
    differing = (observed * far).sum(axis=(1, 2))
    by_chance = (each[:, :, None] * each[:, None, :] * far).sum(axis=(1, 2))
    alphas: Floats = np.full(len(tables), np.nan)
    some = by_chance > 0
    alphas[some] = 1 - (total[some] - 1) * differing[some] / by_chance[some]
    return alphas


def _squared_differences(each: Floats, values: Floats, metric: str) -> Floats:
    """Tables x values x values; for ordinal values they depend on how often each was given."""
    if metric == "ordinal":
        middle = np.cumsum(each, axis=1) - each / 2
        ranks: Floats = (middle[:, :, None] - middle[:, None, :]) ** 2
        return ranks
    if metric == "interval":
        return np.broadcast_to(
            (values[:, None] - values[None, :]) ** 2, (len(each), len(values), len(values))
        )
    return np.broadcast_to(1 - np.eye(len(values)), (len(each), len(values), len(values)))


def cohens_kappa(one: ArrayLike, other: ArrayLike) -> float:
    """How far two people put the same things into the same categories, beyond the chance of their own habits.

    NaN where each of them knows one category only.
    """
    first, second = np.asarray(one), np.asarray(other)
    if first.shape != second.shape or first.ndim != 1 or not len(first):
        raise ValueError(
            "Cohen's kappa needs two judgements of each thing, in the same order, and one thing or more."
        )
    _, code = np.unique(np.concatenate([first, second]), return_inverse=True)
    table = np.zeros((code.max() + 1, code.max() + 1))
    np.add.at(table, (code[: len(first)], code[len(first) :]), 1 / len(first))
    return _beyond_chance(float(np.trace(table)), float(table.sum(axis=1) @ table.sum(axis=0)))


def fleiss_kappa(counts: ArrayLike) -> float:
    """How far many exchangeable people agree: ``counts`` is things x categories, each row with as many judgements."""
    table = np.asarray(counts, dtype=np.float64)
    if table.ndim != 2 or not table.size or len(set(table.sum(axis=1))) != 1 or table[0].sum() < 2:
        raise ValueError("Fleiss' kappa needs the same number of judgements, two or more, for each thing.")
    people = table[0].sum()
    together = float((((table**2).sum(axis=1) - people) / (people * (people - 1))).mean())
    return _beyond_chance(together, float(((table.sum(axis=0) / table.sum()) ** 2).sum()))


def _beyond_chance(observed: float, by_chance: float) -> float:
    return (observed - by_chance) / (1 - by_chance) if by_chance < 1 else float("nan")
