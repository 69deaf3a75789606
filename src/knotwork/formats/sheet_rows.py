"""A table that was read from a workbook: its rows, and each cell as what it should be, or one clear message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from knotwork.formats.problems import InputProblem

__all__ = ["Cell", "SheetRow", "SheetTable"]

Cell = str | int | Decimal | bool | date | datetime | None

_MONEY_SIGNS = "£€$"


@dataclass(frozen=True)
class SheetRow:
    """One row: ``place`` names file and sheet, ``number`` is what the spreadsheet shows beside it."""

    place: str
    number: int
    cells: Mapping[str, Cell]

    def problem(self, column: str, expected: str) -> InputProblem:
        """What to raise when this cell does not say what it should."""
        found = self.cells.get(column)
        words = "nothing" if found is None else str(found)
        return InputProblem(self.place, row=self.number, column=column, found=words, expected=expected)

    def text(self, column: str, *, longest: int = 2000, is_required: bool = False) -> str:
        """Words, without the spaces around them; a number or a day counts as its words; empty if there are none."""
        found = self.cells.get(column)
        words = "" if found is None else str(found).strip()
        if is_required and not words:
            raise self.problem(column, "words")
        if len(words) > longest:
            raise self.problem(column, f"at most {longest} characters")
        return words

    def decimal(self, column: str) -> Decimal | None:
        """A number, also one that is written as text (``£1,200.50``); ``None`` for an empty cell."""
        found = self.cells.get(column)
        if found is None or found == "":
            return None
        if isinstance(found, str):
            try:
                number = Decimal(found.strip().lstrip(_MONEY_SIGNS).replace(",", "").replace(" ", ""))
            except InvalidOperation:
                raise self.problem(column, "a number") from None
            if number.is_finite():
                return number
        elif isinstance(found, int | Decimal) and not isinstance(found, bool):
            return Decimal(found)
        raise self.problem(column, "a number")

    def day(self, column: str) -> date | None:
        """A day, also one that is written as ``2026-03-31``; ``None`` for an empty cell."""
        found = self.cells.get(column)
        if found is None or found == "":
            return None
        if isinstance(found, datetime):
            return found.date()
        if isinstance(found, date):
            return found
        try:
            return date.fromisoformat(str(found).strip())
        except ValueError:
            raise self.problem(column, "a day such as 2026-03-31") from None

    def choice(self, column: str, choices: Mapping[str, str]) -> str:
        """One of these words, in any case: the value behind it. ``""`` among the words allows an empty cell."""
        words = self.text(column).lower()
        if words not in choices:
            raise self.problem(column, " or ".join(word or "nothing" for word in choices))
        return choices[words]


@dataclass(frozen=True)
class SheetTable:
    """One table: the file and the sheet it came from, its columns, and its rows that hold anything."""

    file: str
    sheet: str
    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]
