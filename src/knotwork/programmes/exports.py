"""A programme's lists as tables to take away: what is shown on its page, and no more."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from knotwork.programmes.queries import LedgerView, PlaceSummary

PLACE_COLUMNS = ("place", "issue", "themes", "sensitive", "areas", "area_codes", "address")
LEDGER_COLUMNS = ("what", "place", "contributor", "kind", "amount", "currency", "approximate", "source")

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def places_table(places: Iterable[PlaceSummary]) -> str:
    """One row per place; several themes or areas stand in one cell with semicolons between them."""
    return _table(
        PLACE_COLUMNS,
        (
            (
                place.name,
                place.issue,
                "; ".join(theme.name for theme in place.themes),
                "true" if place.is_sensitive else "false",
                "; ".join(area.words for area in place.areas),
                "; ".join(area.code for area in place.areas),
                place.url,
            )
            for place in places
        ),
    )


def ledger_table(ledger: LedgerView) -> str:
    """One row per entry, in the order of the page."""
    return _table(
        LEDGER_COLUMNS,
        (
            (
                entry.what,
                entry.place,
                entry.contributor,
                entry.kind,
                f"{entry.amount:.2f}",
                entry.currency,
                "true" if entry.is_approximate else "false",
                entry.source,
            )
            for entry in ledger.entries
        ),
    )


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_not_a_formula(cell) for cell in row] for row in rows)
    return text.getvalue()


def _not_a_formula(cell: str) -> str:
    """Words that a spreadsheet would take for a formula get an apostrophe in front."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
