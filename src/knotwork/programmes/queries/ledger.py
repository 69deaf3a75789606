"""Read a ledger: the entries that a viewer may see, and their sums."""

from collections.abc import Iterable
from uuid import UUID

from knotwork.core.accounts.viewer import Viewer
from knotwork.programmes.ledger import accounts_of
from knotwork.programmes.models import LedgerEntry
from knotwork.programmes.queries.nouns import EntryView, LedgerView
from knotwork.programmes.querysets import ledger_entries


def ledger_of(programme_id: int, viewer: Viewer, *, place_id: int | None = None) -> LedgerView:
    """The ledger of a programme, its places included; or of one place alone."""
    rows = ledger_entries().standing().visible_to(viewer).filter(programme_id=programme_id)
    if place_id is not None:
        rows = rows.filter(place_id=place_id)
    entries = tuple(
        _entry(row) for row in rows.select_related("contributor", "place").order_by("entered_at", "pk")
    )
    return LedgerView(entries, accounts_of(entries))


def entries_standing(public_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Which of these entries are still in the sums; for whoever holds their numbers."""
    rows = ledger_entries().standing().filter(public_id__in=list(public_ids))
    return frozenset(rows.values_list("public_id", flat=True))


def _entry(row: LedgerEntry) -> EntryView:
    return EntryView(
        row.public_id,
        row.kind,
        row.amount,
        row.currency,
        row.is_approximate,
        row.what,
        row.contributor.name if row.contributor else "",
        row.place.name if row.place else "",
        row.source,
        row.state,
    )
