"""Read a ledger: the entries that a viewer may see, and their sums."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from knotwork.core.accounts.viewer import Viewer
from knotwork.programmes.ledger import StateSums, accounts_of, sums_by
from knotwork.programmes.models import LedgerEntry
from knotwork.programmes.queries.nouns import EntryView, LedgerView, PlaceLedger, Statement
from knotwork.programmes.querysets import LedgerEntryQuerySet, ledger_entries, places


def ledger_of(programme_id: int, viewer: Viewer, *, place_id: int | None = None) -> LedgerView:
    """The ledger of a programme, its places included; or of one place alone."""
    rows = ledger_entries().standing().visible_to(viewer).filter(programme_id=programme_id)
    if place_id is not None:
        rows = rows.filter(place_id=place_id)
    return _ledger(rows)


def ledger_sums(programme_id: int, viewer: Viewer) -> tuple[PlaceLedger, ...]:
    """What each place has in each state (pledged, agreed, received, spent): every place that the viewer may see.

    First what is given to the programme as a whole, then the places in their order; one row per currency.
    """
    ledger = ledger_of(programme_id, viewer)
    summed: dict[str, list[StateSums]] = {}
    for sums in sums_by(ledger.entries, lambda entry: str(entry.place_id or "")):
        summed.setdefault(sums.name, []).append(sums)
    seen = places().visible_to(viewer).filter(programme_id=programme_id).order_by("order", "name")
    named = [(None, ""), *seen.values_list("public_id", "name")]
    return tuple(
        PlaceLedger(place, name, tuple(replace(each, name=name) for each in summed.get(str(place or ""), ())))
        for place, name in named
    )


def statement_of(programme_id: int, partner: UUID, viewer: Viewer) -> Statement | None:
    """What this partner gives to the programme, as far as the viewer may see it; nothing if there is nothing."""
    rows = ledger_entries().standing().visible_to(viewer)
    ledger = _ledger(rows.filter(programme_id=programme_id, contributor__public_id=partner))
    if not ledger.entries:
        return None
    return Statement(ledger.entries[0].contributor, partner, ledger)


def _ledger(rows: LedgerEntryQuerySet) -> LedgerView:
    ordered = rows.select_related("contributor", "place").order_by("entered_at", "pk")
    entries = tuple(_entry(row) for row in ordered)
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
        row.quantity,
        row.unit,
        row.rate,
        row.reference,
        row.contributor.public_id if row.contributor else None,
        row.place.public_id if row.place else None,
        row.entered_at,
    )
