"""A panel that has declared, been assigned and handed in, as the services make it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from knotwork.calls import services
from knotwork.calls.models import Assignment, Bid, Call, Reviewer
from knotwork.calls.services import DraftWords, ReviewerWords
from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer, viewer_for
from knotwork.programmes.models import Programme
from tests.builders import a_person
from tests.calls.build import ABOUT, CLOSES, a_call, handed_in, opened
from tests.programmes.build import ADMINISTRATOR

IN_REVIEW = CLOSES + timedelta(days=2)
REASON = "Nobody can solve it alone, and the partners say so."
Scored = Callable[[int, int, int], int]


@dataclass(frozen=True)
class BuiltPanel:
    """A call in review with its bids and its reviewers, in the order in which they were made."""

    call: Call
    bids: tuple[Bid, ...]
    reviewers: tuple[Reviewer, ...]

    def viewer(self, number: int) -> Viewer:
        """The eyes of one of the reviewers."""
        return viewer_for(self.reviewers[number].person)

    def assignment(self, reviewer: int, bid: int) -> Assignment:
        return Assignment.objects.get(reviewer=self.reviewers[reviewer], bid=self.bids[bid])


def a_reviewer(
    call: Call, name: str = "Robin Reader", organisations: str = "", *, at: datetime = IN_REVIEW
) -> Reviewer:
    """Somebody on the panel, who has not declared yet."""
    with clock.moved_to(at):
        made = services.appoint_reviewer(
            call.public_id, ReviewerWords(a_person().email, name, organisations), by=ADMINISTRATOR
        )
    return Reviewer.objects.select_related("person", "call__programme").get(public_id=made)


def declared(reviewer: Reviewer, whys: dict[UUID, str] | None = None) -> Reviewer:
    """The same, after she said which bids she must not judge; none unless named."""
    with clock.moved_to(IN_REVIEW):
        services.declare_conflicts(reviewer.call.public_id, whys or {}, by=viewer_for(reviewer.person))
    reviewer.refresh_from_db()
    return reviewer


def led_to(call: Call, *stages: str) -> Call:
    """The call, led on through these stages."""
    with clock.moved_to(IN_REVIEW):
        for stage in stages:
            services.lead_on(call.public_id, stage, by=ADMINISTRATOR)
    call.refresh_from_db()
    return call


def a_panel(
    bids: int = 3,
    reviewers: int = 2,
    *,
    programme: Programme | None = None,
    each: int | None = None,
    **words: Any,
) -> BuiltPanel:
    """A call in review: bids named ``Place 01`` on, reviewers who declared no conflict, and who reads what.

    ``each`` is how many read each bid: all of them unless said otherwise; with 0 nobody is asked yet.
    """
    call = a_call(programme, **words)
    made = [
        handed_in(call, about=replace(ABOUT, place_name=f"Place {number:02d}", sponsor=""))
        for number in range(1, bids + 1)
    ]
    led_to(opened(call), "review")
    panel = tuple(declared(a_reviewer(call, f"Reviewer {number:02d}")) for number in range(1, reviewers + 1))
    asked = reviewers if each is None else each
    if asked:
        with clock.moved_to(IN_REVIEW):
            services.assign(call.public_id, asked, by=ADMINISTRATOR)
    rows = {row.public_id: row for row in Bid.objects.filter(call=call).select_related("call__programme")}
    return BuiltPanel(call, tuple(rows[bid] for bid in made), panel)


def hand_in_review(
    assignment: Assignment, score: int | Callable[[int], int] = 4, reason: str = REASON
) -> None:
    """A whole review of one bid; ``score`` for all criteria, or by the number of the criterion."""
    by = viewer_for(assignment.reviewer.person)
    with clock.moved_to(IN_REVIEW):
        drafts = {
            one.public_id: DraftWords(score(number) if callable(score) else score, reason)
            for number, one in enumerate(assignment.bid.call.criteria.all())
        }
        services.save_draft(assignment.public_id, drafts, by=by)
        services.submit_review(assignment.public_id, by=by)


def a_scored_panel(
    bids: int = 3, reviewers: int = 2, *, scored: Scored | None = None, stage: str = "review", **words: Any
) -> BuiltPanel:
    """All reviews handed in. ``scored(reviewer, bid, criterion)`` gives each score, by their numbers from 0 on.

    ``stage`` may be ``moderation`` or ``decision``: the call is led on to it.
    """
    panel = a_panel(bids, reviewers, **words)
    how = scored or (lambda reviewer, bid, criterion: 1 + (reviewer + 2 * bid + criterion) % 5)
    of_reviewer = {row.pk: number for number, row in enumerate(panel.reviewers)}
    of_bid = {row.pk: number for number, row in enumerate(panel.bids)}
    asked = Assignment.objects.filter(bid__call=panel.call, ended_at__isnull=True)
    for one in asked.select_related("reviewer__person", "bid__call"):
        who, what = of_reviewer[one.reviewer_id], of_bid[one.bid_id]
        hand_in_review(one, lambda number, who=who, what=what: how(who, what, number))
    ways = {"review": (), "moderation": ("moderation",), "decision": ("moderation", "decision")}
    led_to(panel.call, *ways[stage])
    return panel
