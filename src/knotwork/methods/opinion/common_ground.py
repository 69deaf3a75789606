"""Common ground: what all groups agree on, and what divides them.

Meaning. A statement is common ground if **every** group agrees with it, the small ones too: one group that
does not brings the score down however large the others are. Divisiveness is the opposite view: how far apart
the groups' agreement lies, beyond what so few votes would show by chance.

Formula. For group g with A agreements, D disagreements and S votes of any kind, the rate of agreement is (A +
1) / (S + 2), the mean of its Beta(A + 1, S - A + 1) posterior under a flat prior. **Group-aware consensus**
is the product of the rates over the groups; the same with D for disagreement.

Interval of the consensus. Minus the logarithm of a Beta(a, b) variable with whole a and b is a sum of
independent exponential times with rates a, a + 1, ..., a + b - 1. So minus the log of the product has,
exactly, the mean sum 1/r and the variance sum 1/r^2 over all those rates r, of all groups. We take the gamma
distribution of that mean and variance, with Wilson and Hilferty's cube-root approximation of its quantiles,
and turn back by exp(-x). Against draws from the posteriors the limits are within 0.015. It is a credible
interval for the people of this conversation had they all voted on the statement; nobody drew a sample of a
population.

**Divisiveness** = max(0, sum_g w_g (r_g - r)^2 - sum_g w_g (1 - w_g) v_g), with w_g the share of the grouped
people in g, r_g the rate of agreement, r = sum w_g r_g, and v_g = r_g (1 - r_g) / (S_g + 3) the variance of
the posterior: the second sum is what sampling alone would give. In [0, 0.25]; 0.25 is two equal halves of
which the one agrees and the other disagrees to a man.

Shapes. Counts (K, M) -> (M,) each. Without groups nothing can be said: all values are missing (NaN).

Source. Small et al. (2021), Polis; Wilson, Hilferty (1931), The distribution of chi-square.

>>> two_groups = VoteCounts(np.array([[9], [8]]), np.array([[0], [1]]), np.array([[1], [1]]))
>>> found = common_ground(two_groups, np.array([10, 10]))
>>> found.consensus_agree.round(4), found.consensus_agree_low.round(2), found.consensus_agree_high.round(2)
(array([0.625]), array([0.36]), array([0.85]))
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from knotwork.methods.arrays import Counts, Floats
from knotwork.methods.opinion.counts import VoteCounts

__all__ = ["CommonGround", "agreement_rate", "common_ground"]


@dataclass(frozen=True, eq=False)
class CommonGround:
    """For each statement the consensus with its interval, the consensus in disagreeing, and the
    divisiveness."""

    consensus_agree: Floats
    consensus_agree_low: Floats
    consensus_agree_high: Floats
    consensus_disagree: Floats
    divisiveness: Floats


def agreement_rate(agree: Counts, seen: Counts) -> Floats:
    """(A + 1) / (S + 2): a rate that two votes cannot push to 0 or 1."""
    rate: Floats = (agree + 1) / (seen + 2)
    return rate


def common_ground(counts: VoteCounts, sizes: Counts, *, level: float = 0.95) -> CommonGround:
    """What the groups share and what divides them; ``sizes`` are the people in each group."""
    if not len(sizes):
        missing = np.full(counts.agree.shape[1], np.nan)
        return CommonGround(missing, missing, missing, missing, missing)
    agreeing = agreement_rate(counts.agree, counts.seen)
    low, high = consensus_interval(counts.agree, counts.seen, level)
    return CommonGround(
        consensus_agree=agreeing.prod(axis=0),
        consensus_agree_low=low,
        consensus_agree_high=high,
        consensus_disagree=agreement_rate(counts.disagree, counts.seen).prod(axis=0),
        divisiveness=divisiveness(agreeing, counts.seen, sizes),
    )


def consensus_interval(agree: Counts, seen: Counts, level: float) -> tuple[Floats, Floats]:
    """Limits of the product of the groups' posterior rates (see the formula above)."""
    rates = np.arange(1, int(seen.max(initial=0)) + 2, dtype=np.float64)
    mean = _between(np.cumsum(1 / rates), agree, seen).sum(axis=0)
    variance = _between(np.cumsum(1 / rates**2), agree, seen).sum(axis=0)
    shape = mean**2 / variance
    z = NormalDist().inv_cdf(0.5 + level / 2)

    def limit(side: float) -> Floats:
        root = 1 - 1 / (9 * shape) + side / (3 * np.sqrt(shape))
        share: Floats = np.exp(-mean * np.maximum(0, root) ** 3)
        return share

    return limit(z), limit(-z)


def _between(running: Floats, agree: Counts, seen: Counts) -> Floats:
    """The sum over the rates A + 1, ..., S + 1, from the running sums over 1, 2, 3, ..."""
    difference: Floats = running[seen] - np.where(agree > 0, running[agree - 1], 0)
    return difference


def divisiveness(rate: Floats, seen: Counts, sizes: Counts) -> Floats:
    """The spread of the groups' rates of agreement, less what chance would give."""
    weight = (sizes / sizes.sum())[:, None]
    spread = (weight * (rate - (weight * rate).sum(axis=0)) ** 2).sum(axis=0)
    chance = (weight * (1 - weight) * rate * (1 - rate) / (seen + 3)).sum(axis=0)
    beyond_chance: Floats = np.maximum(spread - chance, 0)
    return beyond_chance
