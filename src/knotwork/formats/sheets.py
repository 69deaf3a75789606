"""Tables as a workbook (.xlsx) that people open in their spreadsheet, and one table back out of such a file.

Writing: each table becomes a sheet with a header row. The same tables give the same bytes: nothing in the file
bears the time at which it was made. Money stays exact (``Decimal``), days stay days. No cell is a formula: text
that begins like one is text. What a spreadsheet would round, or cannot hold, is written as text: numbers of more
than 15 digits, days before March 1900, moments with a time zone.

Reading: everything is bounded before it is unpacked, no formula is worked out (the figure that the spreadsheet
kept is read), and what cannot be read is refused with its place. A whole number comes back as ``int``, any other
as ``Decimal`` with the 15 digits that a spreadsheet keeps.

>>> book = write_sheets([Sheet("Ledger", ("what", "amount"), [("=rooms", Decimal("12.50"))])])
>>> read_sheet(uploaded_file("ledger.xlsx", book)).rows[0].decimal("amount")
Decimal('12.5')
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

import polars as pl
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.xml.functions import tostring

from knotwork.formats.sheet_reading import read_sheet
from knotwork.formats.sheet_rows import Cell, SheetRow, SheetTable
from knotwork.formats.sources import uploaded_file
from knotwork.formats.zips import zipped

__all__ = [
    "Cell", "MEDIA_TYPE", "Sheet", "SheetRow", "SheetTable", "read_sheet", "sheet_of", "uploaded_file", "write_sheets",
]  # fmt: skip

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_TEXT = 32_767

_NO_TIME = datetime(2000, 1, 1)
_FIRST_DAY = date(1900, 3, 1)
_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NOT_FOR_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_LIKE_AN_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NOT_FOR_A_TAB = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_WIDEST = 60


@dataclass(frozen=True)
class Sheet:
    """One table to write: the name of its tab, its columns, and its rows in that order."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[object]]


def sheet_of(name: str, frame: pl.DataFrame) -> Sheet:
    """A frame as a table to write."""
    return Sheet(name, tuple(frame.columns), frame.rows())


def write_sheets(sheets: Sequence[Sheet], *, title: str = "") -> bytes:
    """The tables as one workbook, a sheet for each; ``title`` is what a file manager shows of it."""
    if not sheets:
        raise ValueError("a workbook has at least one sheet")
    book = Workbook(write_only=True)
    book.properties.title = _fit(title) or None
    book.properties.creator = "Knotwork"
    taken: set[str] = set()
    for sheet in sheets:
        _add_sheet(book, sheet, _tab_name(sheet.name, taken))
    written = io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    book.properties.created = book.properties.modified = _NO_TIME
    parts["docProps/core.xml"] = cast("bytes", tostring(book.properties.to_tree()))
    return zipped(parts)


def _add_sheet(book: Workbook, sheet: Sheet, name: str) -> None:
    page = book.create_sheet(name)
    page.freeze_panes = "A2"
    rows = [[_as_cell(value) for value in row] for row in sheet.rows]
    if any(len(row) != len(sheet.columns) for row in rows):
        raise ValueError("a row has a value for each column")
    for number, column in enumerate(sheet.columns):
        longest = max([len(str(column)), *(len(str(row[number] or "")) for row in rows)])
        page.column_dimensions[get_column_letter(number + 1)].width = min(longest, _WIDEST) + 2
    page.append([_written(page, _fit(str(column)), is_header=True) for column in sheet.columns])
    for row in rows:
        page.append([_written(page, value) for value in row])


def _as_cell(value: object) -> Cell | float:
    """The value as a spreadsheet can hold it without loss, else as text."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if abs(value) < 10**15 else str(value)
    if isinstance(value, float):
        return value if value - value == 0 else None
    if isinstance(value, Decimal):
        if not value.is_finite():
            return None
        return value if Decimal(f"{float(value):.15g}") == value else str(value)
    if isinstance(value, date):
        return _as_moment(value)
    return _fit(str(value))


def _as_moment(value: date) -> Cell:
    if isinstance(value, datetime):
        is_kept = value.tzinfo is None and value.date() >= _FIRST_DAY
        return value.replace(microsecond=0) if is_kept else value.isoformat()
    return value if value >= _FIRST_DAY else value.isoformat()


def _written(page: Any, value: Cell | float, *, is_header: bool = False) -> Any:
    cell = WriteOnlyCell(page, value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(_LIKE_A_FORMULA)
    elif isinstance(value, Decimal):
        places = max(0, -cast("int", value.as_tuple().exponent))
        cell.number_format = "0." + "0" * places if places else "0"
    elif isinstance(value, datetime):
        cell.number_format = "yyyy-mm-dd hh:mm:ss"
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    if is_header:
        cell.font = Font(bold=True)
    return cell


def _fit(text: str) -> str:
    """Text that the file can hold: without control characters, and no longer than a cell."""
    plain = _NOT_FOR_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    escaped = _LIKE_AN_ESCAPE.sub("_x005F_", plain)
    return escaped if len(escaped) <= LONGEST_TEXT else plain[: LONGEST_TEXT // 7] + "…"


def _tab_name(name: str, taken: set[str]) -> str:
    """A name that a tab may have: at most 31 characters, none of those that formulas use, none twice."""
    plain = _NOT_FOR_A_TAB.sub(" ", _NOT_FOR_XML.sub("", name)).strip(" '")[:31].strip(" '") or "Table"
    tried, count = plain, 1
    while tried.lower() in taken:
        count += 1
        tried = f"{plain[:27]} {count}"
    taken.add(tried.lower())
    return tried
