"""The list of opened bids, and the decision on them, as tables to take away."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from knotwork.calls.decision_queries import DecisionView
from knotwork.calls.models import Call
from knotwork.calls.queries import ListedBid

COLUMNS = (
    "place",
    "issue",
    "areas",
    "themes",
    "sponsor",
    "partners",
    "pledged",
    "currency",
    "stage",
    "handed_in",
    "receipt",
)


def rows_of(call: Call, listed: Iterable[ListedBid]) -> list[tuple[object, ...]]:
    """One row per bid; the moment is that of the programme's clocks."""
    zone = ZoneInfo(call.programme.time_zone)
    return [
        (
            each.place_name,
            each.issue,
            "; ".join(each.areas),
            "; ".join(each.themes),
            each.sponsor,
            each.partners,
            f"{each.pledged:.2f}",
            call.currency,
            each.stage,
            ""
            if each.submitted_at is None
            else each.submitted_at.astimezone(zone).isoformat(timespec="seconds"),
            each.receipt,
        )
        for each in listed
    ]


DECISION_COLUMNS = ("place", "outcome", "reason")
SIGNATURE_COLUMNS = ("name", "signed_at")


def decision_rows(view: DecisionView) -> list[tuple[object, ...]]:
    """One row per bid: those that were chosen first."""
    return [(each.place_name, each.outcome, each.reason) for each in (*view.chosen, *view.not_chosen)]


def signature_rows(call: Call, view: DecisionView) -> list[tuple[object, ...]]:
    """One row per signature; the moment is that of the programme's clocks."""
    zone = ZoneInfo(call.programme.time_zone)
    return [(each.name, each.at.astimezone(zone).isoformat(timespec="seconds")) for each in view.signatures]
