"""From the scores of a panel to what its meeting looks at: ranks with their bands, and how far reviewers agree.

Pure: everything comes from the scores that are handed over, in any order, and the same scores give the same result.
So one result is worked out once and kept in memory by what went into it; a corrected score is another question.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

import numpy as np

from knotwork.calls.scores import StandingScore
from knotwork.methods.language import Agreement, krippendorff_alpha
from knotwork.methods.review import PanelScores, RankingOptions, rank_bids

OPTIONS = RankingOptions()
KEPT = 16


@dataclass(frozen=True)
class ScoresToCompare:
    """All that the result is a function of. ``scores`` are (reviewer, bid, criterion, score), in one order."""

    scores: tuple[tuple[str, str, str, int], ...]
    weights: tuple[tuple[str, int], ...]
    places: int
    seed: int


@dataclass(frozen=True)
class RankedBid:
    """One bid that was scored. ``chosen`` is the share of draws in which it is among the first ``places``."""

    bid: UUID
    reviews: int
    mean: float
    spread: float
    adjusted: float
    rank: float
    low: float
    high: float
    chosen: float
    code: str
    hinges_on: tuple[UUID, ...]


@dataclass(frozen=True)
class Compared:
    """The bids from the first to the last, and the agreement of those who judged them; none where it has no sense."""

    places: int
    bids: tuple[RankedBid, ...]
    reviewers: int
    agreement: Agreement | None
    by_criterion: tuple[tuple[UUID, Agreement | None], ...]


def compared(
    scores: Iterable[StandingScore], *, weights: Mapping[UUID, int], places: int, seed: UUID
) -> Compared | None:
    """The comparison of these scores; nothing while none was handed in on a criterion that counts."""
    counted = tuple(
        sorted(
            (str(one.reviewer), str(one.bid), str(one.criterion), one.score)
            for one in scores
            if weights.get(one.criterion, 0) > 0
        )
    )
    if not counted:
        return None
    weighing = tuple(sorted((str(name), weight) for name, weight in weights.items() if weight > 0))
    return _compared(ScoresToCompare(counted, weighing, max(places, 1), seed.int % 2**32))


@lru_cache(maxsize=KEPT)
def _compared(asked: ScoresToCompare) -> Compared:
    reviewer, bid, criterion, score = zip(*asked.scores, strict=True)
    found = rank_bids(
        PanelScores(reviewer, bid, criterion, score),
        weights=dict(asked.weights),
        places=asked.places,
        options=OPTIONS,
        seed=asked.seed,
    )
    bids = [
        RankedBid(
            UUID(name),
            int(found.reviews[at]),
            float(found.mean[at]),
            float(found.spread[at]),
            float(found.adjusted[at]),
            float(found.rank[at]),
            float(found.lower[at]),
            float(found.upper[at]),
            float(found.chosen[at]),
            found.code[at],
            tuple(UUID(one) for one in found.hinges_on[at]),
        )
        for at, name in enumerate(found.bids)
    ]
    by_criterion = tuple((UUID(name), _agreement(asked, name)) for name, _ in asked.weights)
    ordered = tuple(sorted(bids, key=lambda each: (each.rank, -each.adjusted, str(each.bid))))
    return Compared(asked.places, ordered, len(found.reviewers), _agreement(asked), by_criterion)


def _agreement(asked: ScoresToCompare, criterion: str = "") -> Agreement | None:
    """Of all criteria, or of one; a unit is a bid on one criterion. None where nothing can be compared."""
    rows = [row for row in asked.scores if criterion in ("", row[2])]
    people = {name: at for at, name in enumerate(sorted({row[0] for row in rows}))}
    units = {unit: at for at, unit in enumerate(sorted({row[1:3] for row in rows}))}
    ratings = np.full((len(people), len(units)), np.nan)
    for who, *unit, score in rows:
        ratings[people[who], units[unit[0], unit[1]]] = score
    try:
        found = krippendorff_alpha(ratings, "ordinal", seed=asked.seed)
    except ValueError:
        return None
    return None if np.isnan(found.alpha) or not found.resamples else found
