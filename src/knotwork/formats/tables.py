"""Tables in: CSV and Parquet, read so that nothing is guessed and nothing is silently lost.

A CSV table is UTF-8 with commas and one header row; all its columns come back as text, empty cells as
missing. Refused, each with its place: binary files and other encodings, missing and duplicate columns, rows
with too few or too many fields, quotation marks that are not closed. Parquet tables come back with their own
types.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import numpy as np
import polars as pl

from knotwork.formats.problems import InputProblem
from knotwork.formats.sources import SourceFile

__all__ = ["csv_rows", "read_table"]

NEWLINE, QUOTE, COMMA, RETURN = b"\n"[0], b'"'[0], b","[0], b"\r"[0]
CHUNK = 1 << 24
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
UTF_8_MARK = b"\xef\xbb\xbf"
LARGEST_SMALL_FILE = 1_000_000


def read_table(source: SourceFile, required: Sequence[str] = ()) -> pl.DataFrame:
    """Read a CSV or Parquet file that must have the ``required`` columns."""
    if source.plain_name.lower().endswith(".parquet"):
        frame = _read_parquet(source)
        _check_columns(source.name, frame.columns, required)
        return frame
    content = csv_text(source)
    columns = next(csv.reader(io.StringIO(_first_record(content))), [])
    _check_columns(source.name, columns, required)
    _check_fields(source.name, content, len(columns))
    try:
        frame = pl.read_csv(content, infer_schema=False, new_columns=columns)
    except pl.exceptions.PolarsError as error:
        found = str(error).splitlines()[0]
        raise InputProblem(source.name, found=found, expected="a CSV table") from error
    # An empty cell is missing already; one that is written "" is not, and is rare.
    return frame.with_columns(pl.all().replace("", None)) if b'""' in content else frame


def csv_rows(source: SourceFile) -> list[list[str]]:
    """A small CSV file without a header, as lists of texts."""
    content = csv_text(source)
    if len(content) > LARGEST_SMALL_FILE:
        found = f"{len(content):,} bytes"
        raise InputProblem(source.name, found=found, expected=f"at most {LARGEST_SMALL_FILE:,} bytes")
    try:
        return list(csv.reader(io.StringIO(content.decode())))
    except csv.Error as error:
        raise InputProblem(source.name, found=str(error), expected="a CSV table") from error


def csv_text(source: SourceFile) -> bytes:
    """The file's UTF-8 text, without a byte order mark and without empty lines at its end."""
    content = source.content
    if content.startswith(UTF_16):
        raise InputProblem(source.name, found="text in UTF-16", expected="a CSV file in UTF-8")
    if b"\0" in content:
        raise InputProblem(source.name, found="a binary file", expected="a CSV file in UTF-8")
    content = content.removeprefix(UTF_8_MARK).rstrip(b"\r\n")
    try:
        content.decode()
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        found = f"the byte {content[error.start]:#04x}, which is not UTF-8"
        raise InputProblem(source.name, row=row, found=found, expected="a CSV file in UTF-8") from error
    if not content:
        raise InputProblem(source.name, found="an empty file", expected="a header row and data")
    return content + b"\n"


def _read_parquet(source: SourceFile) -> pl.DataFrame:
    try:
        return pl.read_parquet(io.BytesIO(source.content))
    except (pl.exceptions.PolarsError, OSError) as error:
        raise InputProblem(source.name, found="a damaged file", expected="a Parquet file") from error


def _check_columns(name: str, columns: Sequence[str], required: Sequence[str]) -> None:
    seen: set[str] = set()
    for column in columns:
        if column in seen:
            found = "the column a second time"
            raise InputProblem(name, row=1, column=column, found=found, expected="each column once")
        seen.add(column)
    for column in required:
        if column not in seen:
            found = f"only the columns {', '.join(columns)}"
            raise InputProblem(name, row=1, column=column, found=found, expected="this column")


def _first_record(content: bytes) -> str:
    """The header, which may hold quoted line breaks."""
    end = content.find(b"\n")
    while content.count(b'"', 0, end) % 2 and end >= 0:
        end = content.find(b"\n", end + 1)
    return content[: end if end >= 0 else None].decode()


def _check_fields(name: str, content: bytes, columns: int) -> None:
    """Every row has as many fields as the header. Works on bytes, a chunk at a time, quotation marks
    respected."""
    quotes = commas = rows = 0
    for start in range(0, len(content), CHUNK):
        part = np.frombuffer(content, np.uint8, count=min(CHUNK, len(content) - start), offset=start)
        marks = part == QUOTE
        outside = (np.cumsum(marks, dtype=np.int32) + quotes) % 2 == 0
        quotes += int(np.count_nonzero(marks))
        ends = np.flatnonzero((part == NEWLINE) & outside)
        passed = np.cumsum((part == COMMA) & outside, dtype=np.int32)
        fields = np.diff(passed[ends], prepend=-commas) + 1
        commas += int(passed[-1]) - (int(passed[ends[-1]]) + commas if len(ends) else 0)
        wrong = np.flatnonzero(fields != columns)
        if len(wrong):
            found = f"{fields[wrong[0]]} {'field' if fields[wrong[0]] == 1 else 'fields'}"
            raise InputProblem(
                name, row=rows + int(wrong[0]) + 1, found=found, expected=f"{columns}, as in the header"
            )
        rows += len(ends)
    if quotes % 2:
        raise InputProblem(
            name, row=rows + 1, found="a quotation mark that is not closed", expected="marks in pairs"
        )
