"""The ledger as a table of a workbook, out and in: one row per entry, the same columns both ways."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from hashlib import sha256

from knotwork.core.rules import Refused
from knotwork.formats.problems import InputProblem
from knotwork.formats.sheets import Sheet, SheetRow, read_sheet, uploaded_file
from knotwork.programmes.ledger import StateSums
from knotwork.programmes.models import LedgerKind, LedgerState, LedgerUnit
from knotwork.programmes.queries.nouns import EntryView, LedgerView
from knotwork.programmes.services.ledger import counted_amount, fit_amount

NAME = "Ledger"
COLUMNS = (
    "reference", "what", "contributor", "place", "kind", "state", "quantity", "unit", "rate", "amount", "currency",
    "approximate", "source",
)  # fmt: skip
NEEDED = ("what", "kind", "state")
SUM_COLUMNS = ("name", "currency", "pledged", "agreed", "received", "spent", "entries")
MOST_ROWS = 5000

_KINDS = {"money": "cash", "in kind": "in_kind", "not divided": "not_divided"} | {
    k: k for k in LedgerKind.values
}
_STATES = {state: state for state in LedgerState.values} | {"given": LedgerState.RECEIVED.value}
_UNITS = {"": ""} | {unit: unit for unit in LedgerUnit.values}
_YES = {"": "", "no": "", "false": "", "yes": "yes", "true": "yes"}


@dataclass(frozen=True)
class LedgerRow:
    """One row of a table that was read: numbers as text, so that it can wait in the database; ``number`` is its row."""

    number: int
    reference: str
    what: str
    contributor: str
    place: str
    kind: str
    state: str
    quantity: str
    unit: str
    rate: str
    amount: str
    currency: str
    is_approximate: bool
    source: str


def ledger_sheets(ledger: LedgerView, *, partners: bool = True) -> list[Sheet]:
    """The entries, and their sums by place, by partner and by kind; exactly what the reader sees on the page."""
    sheets = [Sheet(NAME, COLUMNS, [_row(entry) for entry in ledger.entries])]
    sums = [("By place", ledger.by_place), ("By kind", ledger.by_kind)]
    if partners:
        sums.insert(1, ("By partner", ledger.by_partner))
    return [*sheets, *(Sheet(name, SUM_COLUMNS, [_sums(each) for each in rows]) for name, rows in sums)]


def read_ledger(name: str, content: bytes) -> list[LedgerRow]:
    """The rows of a table, checked one by one; the first that is wrong is named with its place."""
    table = read_sheet(uploaded_file(name, content), required=NEEDED, most_rows=MOST_ROWS)
    unknown = [column for column in table.columns if column.lower() not in COLUMNS]
    if unknown:
        raise InputProblem(
            name, row=1, column=unknown[0], found="a column that a ledger does not have",
            expected=f"only the columns {', '.join(COLUMNS)}",
        )  # fmt: skip
    rows = [
        _read(SheetRow(each.place, each.number, {k.lower(): v for k, v in each.cells.items()}))
        for each in table.rows
    ]
    if not rows:
        raise InputProblem(name, found="no rows", expected="a row for each entry")
    return _with_references(name, rows)


def _row(entry: EntryView) -> tuple[object, ...]:
    reference = entry.reference or str(entry.public_id)
    return (
        reference, entry.what, entry.contributor, entry.place, entry.kind, entry.state, entry.quantity, entry.unit,
        entry.rate, entry.amount, entry.currency, "yes" if entry.is_approximate else "no", entry.source,
    )  # fmt: skip


def _sums(each: StateSums) -> tuple[object, ...]:
    return each.name, each.currency, each.pledged, each.agreed, each.received, each.spent, each.entries


def _read(row: SheetRow) -> LedgerRow:
    kind = row.choice("kind", _KINDS)
    currency = row.text("currency").upper() or "GBP"
    if not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        raise row.problem("currency", "three letters, such as GBP")
    quantity, rate = row.decimal("quantity"), row.decimal("rate")
    unit = row.choice("unit", _UNITS)
    amount = _amount(row, quantity, rate, unit, kind)
    return LedgerRow(
        number=row.number,
        reference=row.text("reference", longest=80),
        what=row.text("what", longest=300, is_required=True),
        contributor=" ".join(row.text("contributor", longest=200).split()),
        place=row.text("place", longest=120),
        kind=kind,
        state=row.choice("state", _STATES),
        quantity="" if quantity is None else f"{quantity:.2f}",
        unit=unit,
        rate="" if rate is None else f"{rate:.2f}",
        amount=f"{amount:.2f}",
        currency=currency,
        is_approximate=bool(row.choice("approximate", _YES)),
        source=row.text("source", longest=300),
    )


def _amount(row: SheetRow, quantity: Decimal | None, rate: Decimal | None, unit: str, kind: str) -> Decimal:
    """The amount, exactly; with a rate it may be left out, and must be the product if it is there."""
    said = row.decimal("amount")
    if quantity is None and rate is None and not unit:
        if said is None:
            raise row.problem("amount", "an amount, or how many at which rate")
        return _fit(row, "amount", said)
    for column, value in (("quantity", quantity), ("unit", unit or None), ("rate", rate)):
        if value is None:
            raise row.problem(column, "how many, of what, and at which rate; or none of the three")
    if kind != LedgerKind.IN_KIND:
        raise row.problem("kind", "in kind, where a rate is named")
    assert quantity is not None
    assert rate is not None
    try:
        product = counted_amount(quantity, rate)
    except Refused as refusal:
        raise row.problem("rate", f"a rate that fits ({refusal})") from None
    if said is not None and said != product:
        raise row.problem("amount", f"{product:f}, which is how many times the rate")
    return product


def _fit(row: SheetRow, column: str, number: Decimal) -> Decimal:
    try:
        return fit_amount(number)
    except Refused:
        raise row.problem(column, "an amount from 0, with at most two digits after the point") from None


def _with_references(name: str, rows: Iterable[LedgerRow]) -> list[LedgerRow]:
    """Every row with a name of its own: what stands in it, or one made of its words, so that it is known again."""
    named: list[LedgerRow] = []
    seen: dict[str, int] = {}
    alike: Counter[str] = Counter()
    for row in rows:
        reference = row.reference
        if not reference:
            words = {key: value for key, value in asdict(row).items() if key not in ("number", "state")}
            mark = sha256(repr(sorted(words.items())).encode()).hexdigest()[:24]
            alike[mark] += 1
            reference = f"row:{mark}:{alike[mark]}"
        if reference in seen:
            raise InputProblem(
                f"{name}, sheet {NAME}", row=row.number, column="reference", found=reference,
                expected=f"each reference once (it is in row {seen[reference]} too)",
            )  # fmt: skip
        seen[reference] = row.number
        named.append(replace(row, reference=reference))
    return named
