"""Rank stability: which bids are chosen whoever of the panel had been ill that day, and whatever the weights.

Meaning. A panel of five scores sixty bids, and twenty-five can be chosen. The order of their means looks exact, and
is not: other five reviewers, or weights a little different, would have put some bids on the other side of the line.
Those that stay inside in nearly every draw are *in whatever we do*; those that never are, *out*; the rest *depend*,
and where a single reviewer's absence would carry a bid across the line, she is named, so that the panel talks about
that bid and not about all.

Formula. With scores x of reviewer r on criterion c of bid b, and weights w, a review is worth
y[r, b] = sum(w x) / sum(w) over the criteria that she scored, and a bid the mean of its reviews. Beside it stands the
mean *adjusted* for strict reviewers: the a[b] of y[r, b] = a[b] + s[r] by least squares, with sum(s) = 0 (where
reviewers and bids fall into parts that share nobody, only bids of one part can be compared by it). For the band,
reviewers are drawn again with replacement and weights from a Dirichlet distribution around the declared ones,
``concentration`` times as narrow as its total; a bid without any of the drawn reviewers keeps all of its own. Equal
means share their ranks, and where equal ones meet the line, each counts as chosen in part.

Shapes. The four columns are as long as there are scores; ``weights`` names every
criterion. Results have one entry for each bid, ordered by its name; any order of rows gives the same bytes.

Assumptions. Reviewers stand for others who might have sat there; the bids are fixed. The band knows nothing of errors
that all of them share.

Cost. For R reviewers, B bids, C criteria and D draws: D R B C, in pieces of a hundred draws. Errors. ``ValueError`` for
no scores, for a criterion without a weight, a score that stands twice, weights that are not above 0, or ``places``
below 1.

Source. Efron, Tibshirani (1993), An introduction to the bootstrap. Goldstein, Spiegelhalter (1996), League tables and
their limitations, Journal of the Royal Statistical Society A 159.

>>> scores = PanelScores(
...     reviewer=["Ann", "Ann", "Ben", "Ben"], bid=["east", "west", "east", "west"],
...     criterion=["need"] * 4, score=[5, 1, 4, 2])
>>> found = rank_bids(scores, weights={"need": 1}, places=1)
>>> found.bids, found.mean.tolist(), found.rank.tolist(), found.code
(('east', 'west'), [4.5, 1.5], [1.0, 2.0], ('always_in', 'always_out'))
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from knotwork.methods.arrays import Floats

__all__ = ["ALWAYS_IN", "ALWAYS_OUT", "DEPENDS", "PanelScores", "Ranking", "RankingOptions", "rank_bids"]

ALWAYS_IN: Final = "always_in"
DEPENDS: Final = "depends"
ALWAYS_OUT: Final = "always_out"
_AT_A_TIME = 100


@dataclass(frozen=True)
class PanelScores:
    """All scores of a panel that stand, in four columns of the same length."""

    reviewer: Sequence[str]
    bid: Sequence[str]
    criterion: Sequence[str]
    score: Sequence[float]


@dataclass(frozen=True)
class RankingOptions:
    """``level`` is that of the band; ``nearly`` the share of draws from which a bid counts as always in."""

    resamples: int = 1000
    level: float = 0.9
    nearly: float = 0.95
    concentration: float = 50.0


@dataclass(frozen=True)
class Ranking:
    """One entry for each bid. ``chosen`` is the share of draws in which it is among the first ``places``; ``hinges_on``
    names the reviewers without whom alone it would be on the other side of the line."""

    bids: tuple[str, ...]
    reviewers: tuple[str, ...]
    places: int
    reviews: NDArray[np.int64]
    mean: Floats
    spread: Floats
    adjusted: Floats
    strictness: Floats
    rank: Floats
    lower: Floats
    upper: Floats
    chosen: Floats
    code: tuple[str, ...]
    hinges_on: tuple[tuple[str, ...], ...]


def rank_bids(
    scores: PanelScores,
    *,
    weights: Mapping[str, float],
    places: int,
    options: RankingOptions = RankingOptions(),
    seed: int = 0,
) -> Ranking:
    """Means, ranks and how sure they are, from all scores of a panel."""
    if places < 1:
        raise ValueError(f"At least one place is chosen; got {places}.")
    reviewers, bids, cube = _cube(scores, weights)
    declared = np.array([float(weights[name]) for name in sorted(weights)])
    declared /= declared.sum()
    worth = _worth(cube, declared[None])[0]
    mean = _means(worth[None], np.ones((1, len(reviewers))))[0]
    ranks, chosen = _drawn(cube, declared, places, options, seed)
    code = tuple(_coded(share, options.nearly) for share in chosen)
    inside = _among_the_first(mean[None], places)[0] > 0.5
    adjusted, strictness = _adjusted(worth)
    limits = np.quantile(ranks, [(1 - options.level) / 2, (1 + options.level) / 2], axis=0)
    return Ranking(
        bids=bids,
        reviewers=reviewers,
        places=places,
        reviews=(~np.isnan(worth)).sum(axis=0),
        mean=mean,
        spread=np.nanmax(worth, axis=0) - np.nanmin(worth, axis=0),
        adjusted=adjusted,
        strictness=strictness,
        rank=_ranks(mean[None])[0],
        lower=limits[0],
        upper=limits[1],
        chosen=chosen,
        code=code,
        hinges_on=_hinges(worth, reviewers, code, inside, places),
    )


def _cube(
    scores: PanelScores, weights: Mapping[str, float]
) -> tuple[tuple[str, ...], tuple[str, ...], Floats]:
    """Reviewers x bids x criteria, each in the order of their names; NaN where nothing was scored."""
    if not len(scores.score):
        raise ValueError("There are no scores yet: a ranking needs one review or more.")
    if not weights or min(weights.values()) <= 0:
        raise ValueError("Each criterion needs a weight above 0.")
    if unknown := sorted(set(scores.criterion) - set(weights)):
        raise ValueError(f"No weight was given for the criterion {unknown[0]!r}.")
    reviewers, r = np.unique(np.asarray(scores.reviewer, dtype=str), return_inverse=True)
    bids, b = np.unique(np.asarray(scores.bid, dtype=str), return_inverse=True)
    names = np.array(sorted(weights), dtype=str)
    c = np.searchsorted(names, np.asarray(scores.criterion, dtype=str))
    if len(set(zip(r.tolist(), b.tolist(), c.tolist(), strict=True))) < len(r):
        raise ValueError("A reviewer scored one criterion of one bid twice; give the score that stands.")
    cube = np.full((len(reviewers), len(bids), len(names)), np.nan)
    cube[r, b, c] = np.asarray(scores.score, dtype=np.float64)
    return tuple(reviewers.tolist()), tuple(bids.tolist()), cube


def _worth(cube: Floats, weights: Floats) -> Floats:
    """Draws x reviewers x bids: what each review is worth under each draw's weights."""
    given = ~np.isnan(cube)
    total = np.einsum("rbc,dc->drb", np.where(given, cube, 0.0), weights)
    weight = np.einsum("rbc,dc->drb", given.astype(np.float64), weights)
    return np.divide(total, weight, out=np.full(total.shape, np.nan), where=weight > 0)


def _means(worth: Floats, times: Floats) -> Floats:
    """Draws x bids: the mean over the reviewers as often as each was drawn; over all where none of a bid's was."""
    given = ~np.isnan(worth)
    filled = np.where(given, worth, 0.0)
    count = np.einsum("dr,drb->db", times, given.astype(np.float64))
    total = np.einsum("dr,drb->db", times, filled)
    overall = filled.sum(axis=1) / given.sum(axis=1)
    return np.divide(total, count, out=overall, where=count > 0)


def _drawn(
    cube: Floats, declared: Floats, places: int, options: RankingOptions, seed: int
) -> tuple[Floats, Floats]:
    """The rank of each bid in each draw, and in what share of the draws it is chosen."""
    random = np.random.default_rng(seed)
    reviewers = len(cube)
    times = random.multinomial(reviewers, np.full(reviewers, 1 / reviewers), size=options.resamples)
    weights = random.dirichlet(options.concentration * declared, size=options.resamples)
    ranks, chosen = [], np.zeros(cube.shape[1])
    for start in range(0, options.resamples, _AT_A_TIME):
        piece = slice(start, start + _AT_A_TIME)
        means = _means(_worth(cube, weights[piece]), times[piece].astype(np.float64))
        ranks.append(_ranks(means))
        chosen += _among_the_first(means, places).sum(axis=0)
    return np.concatenate(ranks), chosen / options.resamples


def _ranks(means: Floats) -> Floats:
    """Bids that are equal share the mean of the ranks that they fill."""
    best, worst = _best_and_worst(means)
    return (best + worst) / 2


def _among_the_first(means: Floats, places: int) -> Floats:
    """1 for those inside, 0 outside; those that are equal on the line share what room there is."""
    best, worst = _best_and_worst(means)
    share: Floats = np.clip((places - best + 1) / (worst - best + 1), 0, 1)
    return share


def _best_and_worst(means: Floats) -> tuple[Floats, Floats]:
    """The first and the last of the ranks that each bid and its equals fill."""
    # Sums of the same scores in another order differ in their last digit; they are equal all the same.
    steady = np.round(means, 9)
    others, own = steady[:, None, :], steady[:, :, None]
    return 1.0 + (others > own).sum(axis=2), (others >= own).sum(axis=2).astype(np.float64)


def _coded(share: float, nearly: float) -> str:
    if share >= nearly:
        return ALWAYS_IN
    return ALWAYS_OUT if share <= 1 - nearly else DEPENDS


def _adjusted(worth: Floats) -> tuple[Floats, Floats]:
    """Bids' means without the strictness of their reviewers, and that strictness (below 0: strict)."""
    r, b = np.nonzero(~np.isnan(worth))
    reviewers, bids = worth.shape
    design = np.zeros((len(r) + 1, bids + reviewers))
    design[np.arange(len(r)), b] = 1
    design[np.arange(len(r)), bids + r] = 1
    design[-1, bids:] = 1
    found = np.linalg.lstsq(design, np.append(worth[r, b], 0.0), rcond=None)[0]
    return found[:bids], found[bids:]


def _hinges(
    worth: Floats, reviewers: tuple[str, ...], code: tuple[str, ...], inside: NDArray[np.bool_], places: int
) -> tuple[tuple[str, ...], ...]:
    """For each bid that depends: those without whom it would be on the other side."""
    without = 1 - np.eye(len(reviewers))
    means = _means(np.broadcast_to(worth, (len(reviewers), *worth.shape)), without)
    other_side = (_among_the_first(means, places) > 0.5) != inside
    return tuple(
        tuple(name for name, crosses in zip(reviewers, other_side[:, place], strict=True) if crosses)
        if each == DEPENDS
        else ()
        for place, each in enumerate(code)
    )
