"""Common ground: what all groups agree on, and what divides them.

Meaning. A statement is common ground if **every** group agrees with it, the small ones too: one group that
does not brings the score down however large the others are. Divisiveness is the opposite view: how far apart
the groups' agreement lies, beyond what so few votes would show by chance.

Formula. For group g with A agreements, D disagreements and S votes of any kind, the rate of agreement is
(A + 1) / (S + 2), the mean of its Beta(A + 1, S - A + 1) posterior under a flat prior. **Group-aware
consensus** is the product of the rates over the groups; the same with D for disagreement. Its interval is the
subject of ``consensus_interval``.

**Divisiveness** = max(0, sum_g w_g (r_g - r)^2 - sum_g w_g (1 - w_g) v_g), with w_g the share of the grouped
people in g, r_g the rate of agreement, r = sum w_g r_g, and v_g = r_g (1 - r_g) / (S_g + 3) the variance of
the posterior: the second sum is what sampling alone would give. In [0, 0.25]; 0.25 is two equal halves of
which the one agrees and the other disagrees.

Shapes. Counts (K, M) -> (M,) each. Without groups nothing can be said: all values are missing (NaN).

Source. Small et al. (2021), Polis.

>>> two_groups = VoteCounts(np.array([[9], [8]]), np.array([[0], [1]]), np.array([[1], [1]]))
>>> found = common_ground(two_groups, np.array([10, 10]))
>>> found.consensus_agree.round(4), found.consensus_agree_low.round(2), found.consensus_agree_high.round(2)
(array([0.625]), array([0.36]), array([0.85]))
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from knotwork.methods.arrays import Counts, Floats
from knotwork.methods.opinion.consensus_interval import consensus_interval
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


def divisiveness(rate: Floats, seen: Counts, sizes: Counts) -> Floats:
    """The spread of the groups' rates of agreement, less what chance would give."""
    weight = (sizes / sizes.sum())[:, None]
    spread = (weight * (rate - (weight * rate).sum(axis=0)) ** 2).sum(axis=0)
    chance = (weight * (1 - weight) * rate * (1 - rate) / (seen + 3)).sum(axis=0)
    beyond_chance: Floats = np.maximum(spread - chance, 0)
    return beyond_chance
