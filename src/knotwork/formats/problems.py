"""What is wrong with a file, said once and clearly; and what a reader should know about one that is fine.

>>> print(InputProblem("votes.csv", row=7, column="vote", found="2", expected="1, 0 or -1"))
votes.csv, row 7, column vote: found 2, expected 1, 0 or -1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

__all__ = ["InputProblem", "Remark"]

LONGEST_QUOTED = 120

REMARKS = {
    "no_comments_file": "There is no comments file: moderation and texts are not known.",
    "statements_without_text": "{count} statements have votes but are not in the comments file.",
    "repeated_rows": "{count} rows repeat another row in every number; each counts once.",
    "two_vintages": "{count} values are there more than once with different numbers: the file holds two editions.",
    "overlapping_periods": "{count} series have periods that overlap: do not read runs or trends from them.",
    "counties_and_districts": "The file holds counties and the districts within them: do not add them up.",
    "values_without_limits": "{count} values come without limits.",
    "marks_for_no_number": "{count} cells hold a mark instead of a number and are read as missing.",
    "parts_share_people": (
        "Some people have votes in several parts: all rows were sorted together, which takes more memory than parts "
        "split by person."
    ),
    "votes_without_times": "The votes come from the table of last votes: they bear no times.",
}


class InputProblem(Exception):  # noqa: N818 - it is the problem that is named, for those who fix files
    """A file that cannot be used.

    ``row`` counts as a spreadsheet does: the header is row 1. ``found`` and ``expected`` are phrases; what
    was found is cut to ``LONGEST_QUOTED`` characters, on one line.
    """

    def __init__(
        self, file: str, *, found: object, expected: str, row: int | None = None, column: str | None = None
    ) -> None:
        self.file, self.row, self.column = file, row, column
        self.found, self.expected = _short(str(found)), expected
        super().__init__(str(self))

    def __reduce__(self) -> tuple[Any, ...]:
        """A worker process may have found the problem."""
        again = partial(
            InputProblem, found=self.found, expected=self.expected, row=self.row, column=self.column
        )
        return again, (self.file,)

    def __str__(self) -> str:
        where = [self.file]
        if self.row is not None:
            where.append(f"row {self.row}")
        if self.column is not None:
            where.append(f"column {self.column}")
        return f"{', '.join(where)}: found {self.found}, expected {self.expected}."


@dataclass(frozen=True)
class Remark:
    """Something to know about a file that was read: a code, and how many it concerns."""

    code: str
    count: int = 0

    def in_words(self) -> str:
        """The remark in English, for the command line."""
        return REMARKS[self.code].format(count=self.count)


def _short(text: str) -> str:
    line = " ".join(text.split()) or "nothing"
    return line if len(line) <= LONGEST_QUOTED else line[: LONGEST_QUOTED - 1] + "…"
