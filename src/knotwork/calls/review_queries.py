"""Reviews as their reviewer reads them: her own list, one review, and those of others once she has handed in hers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse

from knotwork.calls.models import Assignment, Bid, Call, Conflict, Criterion, Reviewer
from knotwork.calls.querysets import bids
from knotwork.calls.scores import StandingScore, standing_scores
from knotwork.core.accounts.viewer import Viewer


@dataclass(frozen=True)
class OwnReview:
    """One bid that she is asked to judge, and how far she is."""

    bid_name: str
    issue: str
    url: str
    noted: int
    is_handed_in: bool


@dataclass(frozen=True)
class BidToName:
    """What a reviewer reads of a bid before she has said whether she may judge it: names, and no more."""

    public_id: UUID
    name: str
    organisations: tuple[str, ...]
    conflict: str


@dataclass(frozen=True)
class GivenScore:
    """A score with its criterion and its reason, as it is read."""

    criterion: UUID
    title: str
    score: int
    reason: str
    corrected_why: str
    at: datetime


@dataclass(frozen=True)
class GivenReview:
    """A review of a bid that was handed in."""

    reviewer: str
    scores: tuple[GivenScore, ...]


def place_on_panel(call: Call, viewer: Viewer) -> Reviewer | None:
    """The viewer's own place on the panel of this call, if she has one now."""
    if viewer.person_id is None:
        return None
    return call.reviewers.filter(person_id=viewer.person_id, ended_at__isnull=True).first()


def own_reviews(call: Call, reviewer: Reviewer) -> list[OwnReview]:
    """What she is asked to judge: what is still to do first, then by name."""
    noted = Count("drafts", filter=Q(drafts__score__isnull=False) & ~Q(drafts__reason=""))
    rows = reviewer.assignments.filter(ended_at__isnull=True).select_related("bid").annotate(noted=noted)
    listed = [
        OwnReview(
            row.bid.place_name,
            row.bid.issue,
            review_url(call, row.bid),
            row.noted,
            row.submitted_at is not None,
        )
        for row in rows
    ]
    return sorted(listed, key=lambda each: (each.is_handed_in, each.bid_name))


def bids_to_name(call: Call, reviewer: Reviewer) -> list[BidToName]:
    """All bids that were handed in, by their names and organisations, for her to say which she must not judge."""
    stands = {
        one.bid_id: one.why or one.get_found_by_display()
        for one in Conflict.objects.filter(reviewer=reviewer, ended_at__isnull=True)
    }
    rows = bids().opened().filter(call=call).prefetch_related("partners").order_by("place_name", "pk")
    return [
        BidToName(row.public_id, row.place_name, _organisations(row), stands.get(row.pk, "")) for row in rows
    ]


def own_assignment(bid: Bid, viewer: Viewer) -> Assignment | None:
    """The viewer's own review of this bid, while she is on the panel and asked for it."""
    if viewer.person_id is None:
        return None
    rows = bid.assignments.filter(
        reviewer__person_id=viewer.person_id, reviewer__ended_at__isnull=True, ended_at__isnull=True
    )
    return rows.select_related("reviewer").first()


def reviews_to_read(bid: Bid, assignment: Assignment) -> list[GivenReview]:
    """Her own first, then those of others; nothing at all before she has handed in hers."""
    if assignment.submitted_at is None:
        return []
    criteria = {one.public_id: one for one in bid.call.criteria.all()}
    own = assignment.reviewer.public_id
    by_reviewer: dict[UUID, list[StandingScore]] = {own: []}
    for one in standing_scores(bid.call, [bid]):
        by_reviewer.setdefault(one.reviewer, []).append(one)
    return [
        GivenReview(scores[0].reviewer_name, _in_order(scores, criteria))
        for scores in by_reviewer.values()
        if scores
    ]


def review_url(call: Call, bid: Bid) -> str:
    """Where a reviewer writes her review of this bid."""
    return reverse("calls:review", args=[call.programme.slug, call.slug, bid.public_id])


def _in_order(scores: list[StandingScore], criteria: Mapping[UUID, Criterion]) -> tuple[GivenScore, ...]:
    known = {one.criterion: one for one in scores}
    return tuple(
        GivenScore(key, one.title, held.score, held.reason, held.corrected_why, held.at)
        for key, one in criteria.items()
        if (held := known.get(key)) is not None
    )


def _organisations(bid: Bid) -> tuple[str, ...]:
    named = [bid.sponsor, *(one.organisation for one in bid.partners.all())]
    return tuple(dict.fromkeys(name for name in named if name))
