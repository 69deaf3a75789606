"""What a panel's meeting looks at, as one viewer may read it: the order of the bids, and each bid's scores in full."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from knotwork.calls.models import Assignment, Bid, Call, Conflict
from knotwork.calls.querysets import bids
from knotwork.calls.ranking import Compared, RankedBid, compared
from knotwork.calls.scores import StandingScore, standing_scores
from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer


@dataclass(frozen=True)
class BidInMeeting:
    """A bid and where it stands. Of one that is kept from the viewer she learns its name and its place, no more."""

    public_id: UUID
    name: str
    url: str
    is_kept: bool
    ranked: RankedBid | None
    hinges_on: tuple[str, ...] = ()

    @property
    def reviews(self) -> int:
        return 0 if self.ranked is None else self.ranked.reviews


@dataclass(frozen=True)
class Meeting:
    """The bids in their order, those without a review last by name; ``newest`` is when the last score came."""

    bids: tuple[BidInMeeting, ...]
    compared: Compared | None
    criteria: tuple[tuple[UUID, str, int], ...]
    newest: datetime

    @property
    def places(self) -> int:
        return 0 if self.compared is None else self.compared.places

    def read(self) -> list[BidInMeeting]:
        """Those with a review whose scores the viewer may read."""
        return [each for each in self.bids if each.ranked is not None and not each.is_kept]


@dataclass(frozen=True)
class CriterionSideBySide:
    """One criterion of one bid with the scores of all reviewers, by their names."""

    title: str
    weight: int
    scores: tuple[StandingScore, ...]

    @property
    def spread(self) -> int:
        values = [one.score for one in self.scores]
        return max(values) - min(values) if values else 0


def meeting_of(call: Call, viewer: Viewer) -> Meeting:
    """The whole comparison of a call; ranks are those of the whole panel, whoever looks."""
    rows = list(bids().opened().filter(call=call).order_by("place_name", "pk"))
    scores = standing_scores(call, rows)
    criteria = tuple((one.public_id, one.title, one.weight) for one in call.criteria.all())
    found = compared(
        scores,
        weights={key: weight for key, _, weight in criteria},
        places=call.number_of_places,
        seed=call.public_id,
    )
    kept, names = kept_from(rows, viewer), {one.reviewer: one.reviewer_name for one in scores}
    ranked = {} if found is None else {each.bid: (at, each) for at, each in enumerate(found.bids)}
    ordered = sorted(rows, key=lambda row: ranked[row.public_id][0] if row.public_id in ranked else len(rows))
    listed = tuple(_listed(call, row, ranked.get(row.public_id), row.pk in kept, names) for row in ordered)
    newest = max((one.at for one in scores), default=clock.now())
    return Meeting(listed, found, criteria, newest)


def kept_from(rows: Iterable[Bid], viewer: Viewer) -> set[int]:
    """Bids whose scores the viewer must not read: she stepped aside, wrote or signs it, or has yet to hand in hers."""
    given = {row.pk for row in rows}
    kept = given - set(bids().visible_to(viewer).filter(pk__in=given).values_list("pk", flat=True))
    if viewer.person_id is None:
        return kept
    aside = Conflict.objects.filter(reviewer__person_id=viewer.person_id, ended_at__isnull=True)
    own = Q(authors__person_id=viewer.person_id) | Q(sign_off__person_id=viewer.person_id)
    awaited = Assignment.objects.filter(
        reviewer__person_id=viewer.person_id,
        reviewer__ended_at__isnull=True,
        submitted_at__isnull=True,
        ended_at__isnull=True,
    )
    barred = Q(pk__in=aside.values("bid_id")) | Q(pk__in=awaited.values("bid_id")) | own
    return kept | set(Bid.objects.filter(barred, pk__in=given).values_list("pk", flat=True))


def side_by_side(call: Call, bid: Bid) -> tuple[CriterionSideBySide, ...]:
    """Every criterion of the call with what each reviewer gave this bid, and why."""
    scores = standing_scores(call, [bid])
    return tuple(
        CriterionSideBySide(
            one.title, one.weight, tuple(each for each in scores if each.criterion == one.public_id)
        )
        for one in call.criteria.all()
    )


def compare_url(call: Call, bid: UUID) -> str:
    """Where a meeting talks about this bid."""
    return reverse("calls:compare-bid", args=[call.programme.slug, call.slug, bid])


def _listed(
    call: Call, row: Bid, ranked: tuple[int, RankedBid] | None, is_kept: bool, names: dict[UUID, str]
) -> BidInMeeting:
    stood = None if ranked is None else ranked[1]
    hinges = () if stood is None or is_kept else tuple(sorted(names[one] for one in stood.hinges_on))
    url = "" if is_kept else compare_url(call, row.public_id)
    return BidInMeeting(row.public_id, row.place_name, url, is_kept, stood, hinges)
