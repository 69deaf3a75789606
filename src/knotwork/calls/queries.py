"""The reading door of this room. What leaves the room is frozen; models stay inside."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from knotwork.calls.addresses import bid_url, call_url
from knotwork.calls.deadlines import is_end_of_day, last_day, local_in
from knotwork.calls.lines import lines_of
from knotwork.calls.models import Bid, BidStage, Call, CallStage, Receipt
from knotwork.calls.querysets import bids, calls
from knotwork.calls.rules import stage_of
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.strands.kinds import Bead
from knotwork.programmes.ledger import money
from knotwork.programmes.models import Provenance

ON_ONE_PAGE = 50


@dataclass(frozen=True)
class ListedCall:
    """A call in a list."""

    public_id: UUID
    title: str
    aims: str
    url: str
    stage: str
    stage_words: str
    deadline_words: str
    opens_words: str
    programme: str
    language: str
    is_made_up: bool
    published_at: datetime | None
    closes_at: datetime

    @property
    def is_open(self) -> bool:
        return self.stage == CallStage.OPEN


@dataclass(frozen=True)
class ListedBid:
    """A bid in the list of those who judge, after the bids were opened."""

    public_id: UUID
    place_name: str
    issue: str
    areas: tuple[str, ...]
    themes: tuple[str, ...]
    sponsor: str
    stage: str
    stage_words: str
    partners: int
    pledged: Decimal
    submitted_at: datetime | None
    receipt: str
    url: str


@dataclass(frozen=True)
class OwnBid:
    """A bid in the list of its authors, or of whoever is asked to sign it."""

    public_id: UUID
    name: str
    url: str
    stage_words: str
    is_to_sign: bool


def calls_for(viewer: Viewer, *, programme: UUID | None = None) -> list[ListedCall]:
    """The calls that the viewer may see: open ones first, the nearest deadline on top."""
    rows = calls().visible_to(viewer).select_related("programme")
    if programme is not None:
        rows = rows.filter(programme__public_id=programme)
    listed = [listed_call(row) for row in rows]
    going = sorted((each for each in listed if each.is_open), key=lambda each: each.closes_at)
    return [*going, *(each for each in listed if not each.is_open)]


def call_row(programme: str, call: str, viewer: Viewer) -> Call | None:
    """The row at this address, for views of this room; nothing when the viewer may not see it."""
    rows = calls().visible_to(viewer).select_related("programme")
    return rows.prefetch_related("criteria", "questions").filter(programme__slug=programme, slug=call).first()


def bid_row(programme: str, call: str, bid: UUID, viewer: Viewer) -> Bid | None:
    """The row at this address with all that belongs to it, for views of this room."""
    rows = bids().visible_to(viewer).filter(public_id=bid, call__slug=call, call__programme__slug=programme)
    return (
        rows.select_related("call__programme", "sign_off")
        .prefetch_related("answers", "partners", "files", "receipts", "authors__person", "call__questions")
        .first()
    )


def opened_bids(call: Call, viewer: Viewer) -> list[ListedBid]:
    """The bids of a call whose bids were opened, in the order of the names of their places."""
    return [_listed_bid(row, call) for row in _opened(call, viewer)]


def page_of_opened_bids(call: Call, viewer: Viewer, page: str | None) -> tuple[list[ListedBid], Page[Bid]]:
    """Those on one page of the list, and the page with its neighbours."""
    asked = Paginator(_opened(call, viewer), ON_ONE_PAGE).get_page(page)
    return [_listed_bid(row, call) for row in asked], asked


def _opened(call: Call, viewer: Viewer) -> QuerySet[Bid]:
    pledged = Sum("partners__amount", filter=Q(partners__currency=call.currency))
    newest = Receipt.objects.filter(bid=OuterRef("pk")).order_by("-pk").values("number")[:1]
    return (
        bids()
        .visible_to(viewer)
        .opened()
        .filter(call=call)
        .annotate(how_many=Count("partners__organisation", distinct=True), how_much=pledged)
        .annotate(receipt=Subquery(newest))
        .only("public_id", "place_name", "areas", "themes", "issue", "sponsor", "stage", "submitted_at")
        .order_by("place_name", "pk")
    )


def own_bids(call: Call, viewer: Viewer) -> list[OwnBid]:
    """What the viewer writes, or is asked to sign, in this call."""
    if viewer.person_id is None:
        return []
    mine = Q(authors__person_id=viewer.person_id) | Q(sign_off__person_id=viewer.person_id)
    rows = Bid.objects.filter(mine, call=call).select_related("sign_off").distinct()
    return [
        OwnBid(
            row.public_id,
            row.place_name or _("A bid without a name yet"),
            _address(call, row),
            row.get_stage_display(),
            _waits_for(viewer, row),
        )
        for row in rows
    ]


def call_beads(public_ids: Iterable[UUID], viewer: Viewer) -> list[Bead]:
    """Calls as ends of strands and subjects of events."""
    rows = calls().visible_to(viewer).filter(public_id__in=list(public_ids)).select_related("programme")
    return [
        Bead(
            "call", row.public_id, row.title, call_url(row.programme.slug, row.slug), row.programme.public_id
        )
        for row in rows
    ]


def listed_call(row: Call) -> ListedCall:
    """The call as it stands in a list."""
    stage = stage_of(row)
    return ListedCall(
        row.public_id,
        row.title,
        row.aims,
        call_url(row.programme.slug, row.slug),
        stage.value,
        str(stage.label),
        deadline_words(row),
        moment_words(row, row.opens_at),
        str(row.programme),
        row.language,
        row.programme.provenance == Provenance.MADE_UP,
        row.published_at,
        row.closes_at,
    )


def deadline_words(row: Call) -> str:
    """The deadline as people read it, in the programme's time zone and with its name."""
    zone = row.programme.time_zone
    if is_end_of_day(zone, row.closes_at):
        day = last_day(zone, row.closes_at)
        return _("the end of %(day)s, midnight (%(short)s, %(zone)s)") % _in_words(day, zone)
    return moment_words(row, row.closes_at)


def moment_words(row: Call, moment: datetime) -> str:
    """A moment of this call, in the programme's time zone and with its name."""
    zone = row.programme.time_zone
    return _("%(day)s at %(time)s (%(short)s, %(zone)s)") % _in_words(local_in(zone, moment), zone)


def gets_of(row: Call) -> list[str]:
    """What each place gets, in a line each."""
    gets = [] if row.money is None else [money(row.money, row.currency)]
    if row.enabler_days:
        gets.append(_("%(days)d days of an enabler") % {"days": row.enabler_days})
    if row.learning_events:
        gets.append(_("%(events)d learning events with the other places") % {"events": row.learning_events})
    return gets


def _in_words(local: datetime, zone: str) -> dict[str, str]:
    return {
        "day": date_format(local, "l j F Y"),
        "time": date_format(local, "H:i"),
        "short": local.tzname() or "",
        "zone": zone,
    }


def _waits_for(viewer: Viewer, row: Bid) -> bool:
    signing = getattr(row, "sign_off", None)
    is_asked = signing is not None and signing.person_id == viewer.person_id and signing.signed_at is None
    return is_asked and row.stage == BidStage.WRITING


def _listed_bid(row: Bid, call: Call) -> ListedBid:
    return ListedBid(
        row.public_id,
        row.place_name,
        row.issue,
        lines_of(row.areas),
        lines_of(row.themes),
        row.sponsor,
        row.stage,
        row.get_stage_display(),
        getattr(row, "how_many", 0),
        getattr(row, "how_much", None) or Decimal(0),
        row.submitted_at,
        getattr(row, "receipt", None) or "",
        _address(call, row),
    )


def _address(call: Call, row: Bid) -> str:
    return bid_url(call.programme.slug, call.slug, row.public_id)
