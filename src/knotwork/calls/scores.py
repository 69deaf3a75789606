"""The scores that stand: of each review that was handed in and still counts, the newest on each criterion."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from knotwork.calls.models import Bid, Call, Score


@dataclass(frozen=True)
class StandingScore:
    """One score of one reviewer on one criterion of one bid, with her reason. Whole numbers from 1 to 5."""

    reviewer: UUID
    reviewer_name: str
    bid: UUID
    criterion: UUID
    score: int
    reason: str
    at: datetime
    corrected_why: str


def standing_scores(call: Call, bids: Iterable[Bid] | None = None) -> list[StandingScore]:
    """All of a call, or of these bids of it, by the names of the reviewers; one question to the database."""
    rows = Score.objects.filter(
        assignment__bid__call=call, assignment__submitted_at__isnull=False, assignment__ended_at__isnull=True
    )
    if bids is not None:
        rows = rows.filter(assignment__bid__in=list(bids))
    newest: dict[tuple[int, int], Score] = {}
    for row in rows.select_related("assignment__reviewer", "assignment__bid", "criterion").order_by("pk"):
        newest[row.assignment_id, row.criterion_id] = row
    return sorted(map(_standing, newest.values()), key=lambda one: (one.reviewer_name, str(one.reviewer)))


def _standing(row: Score) -> StandingScore:
    reviewer = row.assignment.reviewer
    return StandingScore(
        reviewer.public_id,
        str(reviewer),
        row.assignment.bid.public_id,
        row.criterion.public_id,
        row.score,
        row.reason,
        row.at,
        row.corrected_why,
    )
