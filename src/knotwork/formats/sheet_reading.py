"""One table out of a workbook (.xlsx): bounded before it is unpacked, refused with its place if unfit."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import repeat
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from knotwork.formats.problems import InputProblem
from knotwork.formats.sheet_rows import Cell, SheetRow, SheetTable
from knotwork.formats.sources import SourceFile
from knotwork.formats.zips import unzipped_parts

__all__ = ["read_sheet"]

LARGEST_FILE = 10_000_000
LARGEST_UNPACKED = 60_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 100
MOST_CELLS = 2_000_000
LAST_ROW_OF_ALL = 1_048_576

_A_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_AN_ESCAPE = re.compile("_x005F_(?=x[0-9A-Fa-f]{4}_)")


def read_sheet(
    source: SourceFile,
    *,
    sheet: str = "",
    required: Sequence[str] = (),
    most_rows: int = MOST_ROWS,
    most_columns: int = MOST_COLUMNS,
) -> SheetTable:
    """One table of a workbook: the sheet of that name, else the first; its first row names the columns.

    Names of ``required`` columns are matched without regard to case. Empty rows are left out; the others keep the
    number that the spreadsheet shows. A cell outside of the named columns is refused.
    """
    if len(source.content) > LARGEST_FILE:
        found, expected = f"{len(source.content):,} bytes", f"at most {LARGEST_FILE:,} bytes"
        raise InputProblem(source.name, found=found, expected=expected)
    parts = unzipped_parts(source, largest=LARGEST_UNPACKED)
    if any(b"<!DOCTYPE" in part or b"\0" in part for name, part in parts.items() if _is_xml(name)):
        raise InputProblem(
            source.name, found="a file that defines its own words", expected="a plain .xlsx file"
        )
    try:
        rows = _Rows(source, sheet, may_hold_formulas=any(map(_A_FORMULA.search, parts.values())))
        return _table(rows, required, most_rows, most_columns)
    except InputProblem:
        raise
    except Exception as error:  # the library raises whatever a broken file leads it to
        raise InputProblem(source.name, found="a damaged file", expected="an .xlsx file") from error


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels", ".vml"))


class _Rows:
    """The rows of one sheet, each cell as ours; a second look shows where formulas stand, if there are any."""

    def __init__(self, source: SourceFile, sheet: str, *, may_hold_formulas: bool) -> None:
        self.source = source
        self.may_hold_formulas = may_hold_formulas
        book = load_workbook(io.BytesIO(source.content), read_only=True, data_only=True)
        names = [page.title for page in book.worksheets]
        known = {name.strip().lower(): name for name in reversed(names)}
        wanted = known.get(sheet.strip().lower()) if sheet else next(iter(names), None)
        if wanted is None:
            found = f"the sheets {', '.join(names)}" if names else "no sheet"
            raise InputProblem(source.name, found=found, expected=f"a sheet {sheet}".strip())
        self.page, self.name = book[wanted], wanted
        self.place = f"{source.name}, sheet {wanted}"

    def __iter__(self) -> Iterator[tuple[int, list[Cell]]]:
        """The number of each row that holds anything, and its cells."""
        beside = self._formulas() if self.may_hold_formulas else repeat(frozenset[int]())
        left = MOST_CELLS
        self.page.reset_dimensions()
        for number, (formulas, row) in enumerate(zip(beside, self.page.iter_rows(), strict=False), start=1):
            left -= len(row)
            if number > LAST_ROW_OF_ALL or left < 0:
                expected = f"at most {MOST_CELLS:,} cells"
                raise InputProblem(self.place, found="a sheet of endless cells", expected=expected)
            cells = [self._value(number, at, cell.value, cell) for at, cell in enumerate(row)]
            for at in sorted(formulas):
                if cells[at] is None:
                    expected = "a figure (save the file in your spreadsheet first)"
                    raise self.problem(number, at, "a formula without a figure", expected)
            if any(cell is not None for cell in cells):
                yield number, cells

    def _formulas(self) -> Iterator[frozenset[int]]:
        page = load_workbook(io.BytesIO(self.source.content), read_only=True)[self.name]
        page.reset_dimensions()
        for row in page.iter_rows():
            yield frozenset(at for at, cell in enumerate(row) if cell.data_type == "f")

    def _value(self, number: int, at: int, value: object, cell: Any) -> Cell:
        if isinstance(value, str):
            return _AN_ESCAPE.sub("_", value) or None
        if isinstance(value, float):
            if value - value != 0:
                raise self.problem(number, at, "a number without end", "a number")
            return int(value) if value.is_integer() and abs(value) < 10**15 else Decimal(f"{value:.15g}")
        if isinstance(value, datetime):
            is_day = value.time() == time() and "h" not in cell.number_format.lower()
            return value.date() if is_day else value
        return value if value is None or isinstance(value, bool | int | date) else str(value)

    def problem(self, number: int, at: int, found: object, expected: str) -> InputProblem:
        return InputProblem(
            self.place, row=number, column=get_column_letter(at + 1), found=found, expected=expected
        )


def _table(rows: _Rows, required: Sequence[str], most_rows: int, most_columns: int) -> SheetTable:
    columns: tuple[str, ...] = ()
    kept: list[SheetRow] = []
    for number, cells in rows:
        if not columns:
            if number > 1:
                raise InputProblem(
                    rows.place, row=1, found="an empty row", expected="the names of the columns"
                )
            columns = _header(rows.place, cells, required, most_columns)
            continue
        if len(kept) == most_rows:
            expected = f"at most {most_rows:,} rows"
            raise InputProblem(rows.place, row=number, found="more rows", expected=expected)
        named = dict(zip(columns, cells, strict=False))
        for at, cell in enumerate(cells):
            if cell is not None and (at >= len(columns) or not columns[at]):
                raise rows.problem(number, at, cell, "a name for this column in row 1")
        named.pop("", None)
        kept.append(SheetRow(rows.place, number, named))
    if not columns:
        raise InputProblem(rows.place, found="an empty sheet", expected="a row of names and data")
    return SheetTable(rows.source.name, rows.name, tuple(name for name in columns if name), tuple(kept))


def _header(place: str, cells: Sequence[Cell], required: Sequence[str], most_columns: int) -> tuple[str, ...]:
    ours = {name.lower(): name for name in required}
    names = ["" if value is None else str(value).strip() for value in cells]
    names = [ours.get(name.lower(), name) for name in names]
    if len(names) > most_columns:
        expected = f"at most {most_columns} columns"
        raise InputProblem(place, row=1, found=f"{len(names)} columns", expected=expected)
    for at, name in enumerate(names):
        if name and name in names[:at]:
            found = "the column a second time"
            raise InputProblem(place, row=1, column=name, found=found, expected="each column once")
    for name in required:
        if name not in names:
            found = f"only the columns {', '.join(filter(None, names))}"
            raise InputProblem(place, row=1, column=name, found=found, expected="this column")
    return tuple(names)
