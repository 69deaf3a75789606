"""Bring a table into the ledger: read whole, shown first, then written in one transaction. Twice is as good as once."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.services import record
from knotwork.core.rules import require
from knotwork.formats.problems import InputProblem
from knotwork.programmes.ledger_sheets import LedgerRow, read_ledger
from knotwork.programmes.models import LedgerEntry, LedgerImport, LedgerState, Place, Programme
from knotwork.programmes.rules import Act, can
from knotwork.programmes.services.ledger import Gift, move_row, write_entry
from knotwork.programmes.services.made import refuse, standing_programme

_ORDER = tuple(LedgerState.values)


@dataclass(frozen=True)
class Plan:
    """What writing a table would do: new entries, entries that move on, and how many stand as they are already."""

    new: tuple[LedgerRow, ...]
    moved: tuple[tuple[LedgerRow, str], ...]
    known: int


def stage_ledger(programme_id: int, name: str, content: bytes, *, by: Viewer) -> UUID:
    """Read a table and keep it until somebody says that it shall be written. Nothing is in the ledger yet."""
    with transaction.atomic():
        programme = standing_programme(programme_id)
        require(can(by, Act.KEEP_LEDGER, programme))
        try:
            rows = read_ledger(name, content)
            _plan(programme, name, rows)
        except InputProblem as problem:
            raise refuse(str(problem)) from problem
        LedgerImport.objects.filter(programme=programme, by=by.public_id, written_at__isnull=True).delete()
        staged = LedgerImport.objects.create(
            programme=programme, file_name=name[:200], rows=[asdict(row) for row in rows], by=by.public_id
        )
    return staged.public_id


def plan_of(programme_id: int, staged: UUID, *, by: Viewer) -> Plan:
    """What would be written now, for the page that asks."""
    programme = Programme.objects.get(pk=programme_id)
    require(can(by, Act.KEEP_LEDGER, programme))
    row = _staged(programme, staged)
    try:
        return _plan(programme, row.file_name, _rows(row))
    except InputProblem as problem:
        raise refuse(str(problem)) from problem


def write_staged(programme_id: int, staged: UUID, *, by: Viewer) -> Plan:
    """Write all of it, or nothing. What was written already stays as it is."""
    with transaction.atomic():
        programme = standing_programme(programme_id)
        require(can(by, Act.KEEP_LEDGER, programme))
        row = _staged(programme, staged)
        places = _places(programme)
        try:
            plan = _plan(programme, row.file_name, _rows(row))
        except InputProblem as problem:
            raise refuse(str(problem)) from problem
        for each in plan.new:
            _write(programme, places.get(each.place.lower()), each, by)
        standing = _standing(programme)
        for each, _state in plan.moved:
            move_row(standing[each.reference], each.state, by=by)
        LedgerImport.objects.filter(pk=row.pk).update(rows=[], written_at=clock.now())
        record(
            "ledger.brought_in",
            subject_kind="ledger_import",
            subject_id=row.public_id,
            by=by,
            programme=programme.public_id,
        )
    return plan


def _write(programme: Programme, place: Place | None, row: LedgerRow, by: Viewer) -> None:
    entry = write_entry(programme, place, _gift(row), by=by)
    record(
        "ledger_entry.added",
        subject_kind="ledger_entry",
        subject_id=entry.public_id,
        by=by,
        programme=programme.public_id,
        place=None if place is None else place.public_id,
    )


def _gift(row: LedgerRow) -> Gift:
    return Gift(
        row.what,
        row.kind,
        Decimal(row.amount),
        row.currency,
        row.is_approximate,
        row.contributor,
        row.source,
        state=row.state,
        quantity=Decimal(row.quantity) if row.quantity else None,
        unit=row.unit,
        rate=Decimal(row.rate) if row.rate else None,
        reference=row.reference,
    )


def _staged(programme: Programme, staged: UUID) -> LedgerImport:
    row = LedgerImport.objects.filter(programme=programme, public_id=staged, written_at__isnull=True).first()
    if row is None:
        raise refuse(_("This table is not waiting any more. Bring it in again."))
    return row


def _rows(row: LedgerImport) -> list[LedgerRow]:
    return [LedgerRow(**each) for each in row.rows]


def _places(programme: Programme) -> dict[str, Place]:
    return {
        place.name.lower(): place for place in Place.objects.filter(programme=programme, withdrawn_at=None)
    }


def _standing(programme: Programme) -> dict[str, LedgerEntry]:
    """All entries by the name that a table knows them by: their reference, or their public id."""
    rows = LedgerEntry.objects.filter(programme=programme).select_related("place", "contributor", "programme")
    return {name: row for row in rows for name in {row.reference or str(row.public_id), str(row.public_id)}}


def _plan(programme: Programme, file: str, rows: Sequence[LedgerRow]) -> Plan:
    standing, places = _standing(programme), _places(programme)
    new, moved, known = [], [], 0
    for row in rows:
        if row.place and row.place.lower() not in places:
            names = ", ".join(sorted(place.name for place in places.values())) or "none"
            raise _problem(file, row, "place", row.place, f"a place of this programme ({names}), or nothing")
        entry = standing.get(row.reference)
        if entry is None:
            new.append(row)
            continue
        _check_the_same(file, row, entry)
        if entry.state == row.state:
            known += 1
        elif _ORDER.index(row.state) > _ORDER.index(entry.state):
            moved.append((row, entry.state))
        else:
            expected = f"{entry.state}, where it stands, or later"
            raise _problem(file, row, "state", row.state, expected)
    return Plan(tuple(new), tuple(moved), known)


def _check_the_same(file: str, row: LedgerRow, entry: LedgerEntry) -> None:
    """An entry is never changed: a table that says something else of it is refused."""
    if entry.withdrawn_at is not None:
        raise _problem(file, row, "reference", row.reference, "an entry that was not taken out of the ledger")
    stands = {
        "amount": f"{entry.amount:.2f}",
        "currency": entry.currency,
        "kind": entry.kind,
        "what": entry.what,
        "contributor": entry.contributor.name if entry.contributor else "",
        "place": entry.place.name if entry.place else "",
    }
    for column, value in stands.items():
        found = str(getattr(row, column))
        if found.lower() != value.lower():
            words = value or "nothing"
            expected = f"{words}, as in the ledger (take that entry out first, or choose another reference)"
            raise _problem(file, row, column, found, expected)


def _problem(file: str, row: LedgerRow, column: str, found: str, expected: str) -> InputProblem:
    return InputProblem(file, row=row.number, column=column, found=found, expected=expected)
