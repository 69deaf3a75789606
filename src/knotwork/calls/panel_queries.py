"""The panel as its team reads it: who sits on it, what each must not judge, who reads what and how far it is.

A member of the team who reviews bids herself is blind like every reviewer: of a bid that she has still to hand in she
does not see who else reads it, and of one that she must not judge she sees nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from knotwork.calls.addresses import url_of_bid
from knotwork.calls.lines import lines_of
from knotwork.calls.models import Assignment, Bid, Call, CallStage, Conflict, Reviewer
from knotwork.calls.querysets import bids
from knotwork.calls.stages import Mover, call_stages
from knotwork.core.accounts.viewer import Viewer


@dataclass(frozen=True)
class ListedConflict:
    """Why a reviewer must not judge a bid."""

    public_id: UUID
    bid_name: str
    found_by: str
    why: str
    ended_why: str
    is_ended: bool


@dataclass(frozen=True)
class ListedReviewer:
    """Somebody on the panel, with her load."""

    public_id: UUID
    name: str
    organisations: tuple[str, ...]
    has_declared: bool
    has_left: bool
    conflicts: tuple[ListedConflict, ...]
    assigned: int
    handed_in: int


@dataclass(frozen=True)
class GridRow:
    """One bid and what each reviewer does with it, in the order of the panel; no cells where the viewer is blind."""

    name: str
    url: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class PanelView:
    """All of it."""

    reviewers: tuple[ListedReviewer, ...]
    rows: tuple[GridRow, ...]
    assigned: int
    handed_in: int

    @property
    def hides_some(self) -> bool:
        return any(not row.cells for row in self.rows) and bool(self.reviewers)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.reviewers)


@dataclass(frozen=True)
class ListedAssignment:
    """One pair of the grid, for the list from which one is ended."""

    public_id: UUID
    reviewer: str
    bid_name: str


def panel_of(call: Call, viewer: Viewer) -> PanelView:
    """The panel with its grid, in the order of names."""
    panel = list(call.reviewers.all())
    read = list(bids().visible_to(viewer).opened().filter(call=call).select_related("call__programme"))
    seen = {bid.pk for bid in read}
    asked = list(Assignment.objects.filter(bid__call=call))
    blind = blind_for(call, viewer)
    standing = [one for one in asked if one.ended_at is None and one.bid_id not in blind]
    parted = list(Conflict.objects.filter(reviewer__call=call).select_related("bid"))
    words = _cells(asked, parted)
    rows = [
        GridRow(
            bid.place_name,
            url_of_bid(bid),
            () if bid.pk in blind else tuple(words.get((one.pk, bid.pk), "") for one in panel),
        )
        for bid in read
    ]
    return PanelView(
        tuple(_listed(one, standing, [each for each in parted if each.bid_id in seen]) for one in panel),
        tuple(rows),
        len(standing),
        sum(one.submitted_at is not None for one in standing),
    )


def blind_for(call: Call, viewer: Viewer) -> set[int]:
    """The bids of which the viewer must not know yet who else reads them: those that she has still to hand in."""
    if viewer.person_id is None:
        return set()
    own = Assignment.objects.filter(bid__call=call, reviewer__person_id=viewer.person_id)
    return set(own.filter(submitted_at__isnull=True, ended_at__isnull=True).values_list("bid_id", flat=True))


def standing_assignments(call: Call, viewer: Viewer) -> list[ListedAssignment]:
    """Who reads what now, as far as the viewer may know it."""
    visible = bids().visible_to(viewer).opened().filter(call=call).values("pk")
    rows = Assignment.objects.filter(bid__in=visible, ended_at__isnull=True)
    rows = rows.exclude(bid__in=blind_for(call, viewer)).select_related("reviewer", "bid")
    ordered = rows.order_by("bid__place_name", "reviewer__name", "pk")
    return [ListedAssignment(one.public_id, str(one.reviewer), one.bid.place_name) for one in ordered]


def choices_of_panel(call: Call, viewer: Viewer) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Reviewers who have declared, and bids, as the choices of a form."""
    panel = call.reviewers.filter(ended_at__isnull=True, declared_at__isnull=False)
    read = bids().visible_to(viewer).opened().filter(call=call)
    return (
        [(str(one.public_id), str(one)) for one in panel],
        [(str(one.public_id), one.place_name) for one in read],
    )


def next_stages(call: Call) -> tuple[str, ...]:
    """Where the team may lead a call from here. To the letters it comes by a decision."""
    graph = call_stages(has_interview=call.has_interview, has_moderation=call.has_moderation)
    if call.opened_at is None:
        return ()
    after = graph.after(call.stage)
    return tuple(
        stage for stage in after if stage != CallStage.LETTERS and graph.leads(call.stage, stage, Mover.TEAM)
    )


def missing_reviews(call: Call) -> int:
    """How many reviews that somebody was asked for are not handed in."""
    rows = Assignment.objects.filter(bid__call=call, ended_at__isnull=True, submitted_at__isnull=True)
    return rows.count()


def _cells(asked: Iterable[Assignment], parted: Iterable[Conflict]) -> dict[tuple[int, int], str]:
    words: dict[tuple[int, int], str] = {}
    for one in asked:
        if one.ended_at is None:
            words[one.reviewer_id, one.bid_id] = _("reads it") if one.submitted_at is None else _("handed in")
    for each in parted:
        if each.ended_at is None:
            words[each.reviewer_id, each.bid_id] = _("conflict")
    return words


def _listed(row: Reviewer, standing: Iterable[Assignment], parted: Iterable[Conflict]) -> ListedReviewer:
    hers = [one for one in standing if one.reviewer_id == row.pk]
    return ListedReviewer(
        row.public_id,
        str(row),
        lines_of(row.organisations),
        row.declared_at is not None,
        row.ended_at is not None,
        tuple(_conflict(one) for one in parted if one.reviewer_id == row.pk),
        len(hers),
        sum(one.submitted_at is not None for one in hers),
    )


def _conflict(row: Conflict) -> ListedConflict:
    bid: Bid = row.bid
    return ListedConflict(
        row.public_id,
        bid.place_name,
        row.get_found_by_display(),
        row.why,
        row.ended_why,
        row.ended_at is not None,
    )
