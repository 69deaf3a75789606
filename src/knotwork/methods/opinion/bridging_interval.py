"""How sure a bridging score is: the people are drawn anew, and the scores worked out again.

Meaning. Had somewhat different people of the same kind taken part, the score would have been somewhat
different. The interval is how far the scores move when the people are drawn from those who did take part,
with replacement, each with all her votes. It is about these participants: nobody drew a sample of a
population, so it is no margin of error for a town or a country.

Formula. In each of B resamples person i counts as often as she was drawn (weights, not copies), and the
scores are worked out from the full result onwards. The limits are score -/+ z s, with s the standard
deviation of the resampled scores and z the normal quantile of the level: from a hundred resamples this is
steadier than the third smallest and third largest of them. How often such limits hold is simulated in
``benchmarks/coverage.py``.

Many votes. Above ``MOST_TO_SETTLE`` = 1 million votes each resample takes ``ROUNDS_IF_LARGE`` = 2 rounds from
the full result instead of settling. The more people, the nearer the full result is to each resample's own:
after two rounds the standard deviations were 0.998 (1,200 and 1,600 people) to 0.94 (190 people) of the
settled ones in the median of a real conversation's statements. And votes times resamples is kept to
``MOST_DRAWN`` = 500 million by drawing fewer times, though not under ``FEWEST_RESAMPLES``. Whoever asks is
told of either.

Assumptions. Which statements and people count stays as it is. A statement none of whose voters was drawn has
score 0 in that resample, as the formula says.

Shapes. ``point`` (1 + 2 M, 1) as in ``bridging_fit``; the limits (M,), missing for a single resample.

Cost. A resample of 225,000 votes takes about 5 ms, of 5 million 65 ms: all together some 7 CPU seconds at
most, up to 20 million votes.

Source. Efron, Tibshirani (1993), An introduction to the bootstrap.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from knotwork.methods.arrays import Counts, Floats
from knotwork.methods.opinion.answer_sums import AnswerTable
from knotwork.methods.opinion.bridging_fit import BridgingProblem

__all__ = ["BridgingInterval", "bridging_interval", "resampled_scores"]

MOST_TO_SETTLE = 1_000_000
ROUNDS_IF_LARGE = 2
MOST_DRAWN = 500_000_000
FEWEST_RESAMPLES = 25
# A fiftieth of the usual standard deviation is near enough.
TOLERANCE = 3e-4
MOST_ROUNDS = 60
# Resamples that are worked on together: more where votes are few, fewer where people need the memory.
AT_ONCE = 16
VOTES_AT_ONCE = 400_000
PEOPLE_AT_ONCE = 2_000_000


@dataclass(frozen=True, eq=False)
class BridgingInterval:
    """The limits, from how many resamples, and whether these settled or took two rounds."""

    low: Floats
    high: Floats
    resamples: int
    settled: bool


def bridging_interval(
    answers: AnswerTable, point: Floats, order: Counts, *, resamples: int, level: float, seed: int
) -> BridgingInterval:
    """The limits of each score. ``order`` lists the people in an order that does not depend on their ids."""
    votes = len(answers.answer)
    drawn = min(resamples, max(FEWEST_RESAMPLES, MOST_DRAWN // votes))
    scores = resampled_scores(answers, point, order, resamples=drawn, seed=seed)
    score = point[1 : 1 + answers.answers // 3, 0]
    spread = np.full_like(score, np.nan)
    if drawn > 1:
        spread = NormalDist().inv_cdf((1 + level) / 2) * scores.std(axis=1, ddof=1)
    return BridgingInterval(score - spread, score + spread, drawn, votes <= MOST_TO_SETTLE)


def resampled_scores(
    answers: AnswerTable, point: Floats, order: Counts, *, resamples: int, seed: int
) -> Floats:
    """The scores of each resample: (M, resamples)."""
    rounds = MOST_ROUNDS if len(answers.answer) <= MOST_TO_SETTLE else ROUNDS_IF_LARGE
    scores = np.empty((answers.answers // 3, resamples))
    at_once = min(max(AT_ONCE, VOTES_AT_ONCE // len(answers.answer)), PEOPLE_AT_ONCE // answers.people + 1)
    for first in range(0, resamples, at_once):
        chosen = range(first, min(first + at_once, resamples))
        weights = np.stack([_weights(order, seed, resample) for resample in chosen], axis=1)
        start = np.repeat(point, len(chosen), axis=1)
        fit = BridgingProblem(answers, weights).settle(start, tolerance=TOLERANCE, rounds=rounds)
        scores[:, chosen.start : chosen.stop] = fit.point[1 : 1 + len(scores)]
    return scores


def _weights(order: Counts, seed: int, resample: int) -> Floats:
    """How often each person is drawn."""
    random = np.random.default_rng([seed, resample])
    weights = np.empty(len(order))
    weights[order] = np.bincount(random.integers(0, len(order), len(order)), minlength=len(order))
    return weights
