"""A programme's lists as tables to take away: what is shown on its page, and no more."""

from collections.abc import Iterable

from knotwork.core.pages.answers import csv_text
from knotwork.programmes.queries import LedgerView, PlaceSummary

PLACE_COLUMNS = ("place", "issue", "themes", "sensitive", "areas", "area_codes", "address")
LEDGER_COLUMNS = (
    "what",
    "place",
    "contributor",
    "kind",
    "state",
    "amount",
    "currency",
    "approximate",
    "source",
    "quantity",
    "unit",
    "rate",
)


def places_table(places: Iterable[PlaceSummary]) -> str:
    """One row per place; several themes or areas stand in one cell with semicolons between them."""
    return csv_text(
        PLACE_COLUMNS,
        (
            (
                place.name,
                place.issue,
                "; ".join(theme.name for theme in place.themes),
                place.is_sensitive,
                "; ".join(area.words for area in place.areas),
                "; ".join(area.code for area in place.areas),
                place.url,
            )
            for place in places
        ),
    )


def ledger_table(ledger: LedgerView) -> str:
    """One row per entry, in the order of the page."""
    return csv_text(
        LEDGER_COLUMNS,
        (
            (
                entry.what,
                entry.place,
                entry.contributor,
                entry.kind,
                entry.state,
                f"{entry.amount:.2f}",
                entry.currency,
                entry.is_approximate,
                entry.source,
                entry.quantity,
                entry.unit,
                entry.rate,
            )
            for entry in ledger.entries
        ),
    )
