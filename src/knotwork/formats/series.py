"""Series of indicators: what Fingertips gives, or a tidy table, as one table of ours.

What is read: a value, its limits and its counts for an indicator, an area, a sex, an age, a category and a
period. Numbers are kept as they are; text loses only the spaces round it; empty text is empty, a missing number
is null. What the trap of such tables is, the file says in remarks: two editions of one series, periods that
overlap, counties beside their districts, values without limits. Nothing is thrown away but a row that repeats
another in every number.

A cell that holds no number is a problem of the file, unless it is one of the marks by which publishers say that
they give none.

>>> content = b"area_code,indicator,period,value\\nE06000015,Smoking,2015 - 17,17.5\\n"
>>> from knotwork.formats.sources import uploaded_file
>>> file = read_series(uploaded_file("smoking.csv", content))
>>> file.kind, file.frame["period"].to_list(), file.frame["period_end"].to_list()
('tidy', ['2015-17'], [datetime.date(2017, 12, 31)])
>>> file.reading[9]
ColumnReading(ours='period', theirs='period', first='2015 - 17')
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from knotwork.formats.problems import InputProblem, Remark
from knotwork.formats.series_columns import NUMBERS, REQUIRED, TEXTS, ColumnReading, SeriesKind, columns_of
from knotwork.formats.series_periods import (
    Period,
    label_of,
    longer_than_a_year,
    overlapping,
    period_of,
    periods_of,
    periods_where_understood,
)
from knotwork.formats.sources import SourceFile
from knotwork.formats.tables import read_table

__all__ = [
    "COLUMNS",
    "NO_NUMBER",
    "SERIES",
    "ColumnReading",
    "Period",
    "SeriesFile",
    "longer_than_a_year",
    "overlapping",
    "period_of",
    "periods_of",
    "read_series",
]

SERIES = ("indicator", "indicator_id", "area_code", "sex", "age", "category_type", "category")
MOMENT = (*SERIES, "period_start", "period_end")
COLUMNS = (*TEXTS[:-1], "period_start", "period_end", *NUMBERS, "note", "row")
PERIOD = "a period such as 2019, 2015/16, 2015-17, 2019/20 Q1, Jan 2020 or 2020-01-05"
# By which publishers say that a number is missing, too small to show, or not applicable.
NO_NUMBER = ("-", "–", ":", "..", "*", "[c]", "[x]", "[z]", "c", "x", "z", "na", "n/a", "nan", "null")


@dataclass(frozen=True, eq=False)
class SeriesFile:
    """A file of series. ``frame`` has ``COLUMNS``, in the order of the file; ``row`` is the row in the file, the
    header being row 1. ``vintages``: the rows that give one moment of one series more than once with different
    numbers; they are in ``frame`` too, and whoever uses them has to choose."""

    kind: SeriesKind
    frame: pl.DataFrame
    vintages: pl.DataFrame
    reading: tuple[ColumnReading, ...]
    unread: tuple[str, ...]
    remarks: tuple[Remark, ...]


def read_series(source: SourceFile) -> SeriesFile:
    """Read a CSV or Parquet file of series; what cannot be used is an :class:`InputProblem`."""
    table = read_table(source)
    kind, theirs = columns_of(source.name, table.columns)
    if not len(table):
        raise InputProblem(source.name, row=2, found="no row", expected="at least one row of data")
    frame = pl.DataFrame(
        {ours: _texts(table, theirs.get(ours), ours, source.name) for ours in TEXTS}
        | {ours: _numbers(table, theirs.get(ours), source.name) for ours in NUMBERS}
    ).with_row_index("row", offset=2)
    marks = sum(_marked(table, theirs.get(ours)) for ours in NUMBERS)
    frame = _with_periods(frame, theirs["period"], source.name).select(COLUMNS)
    once = frame.unique([*MOMENT, *NUMBERS], keep="first", maintain_order=True)
    vintages = once.filter(pl.struct(MOMENT).is_duplicated())
    reading = tuple(
        ColumnReading(ours, theirs.get(ours, ""), _first(table, theirs.get(ours)))
        for ours in (*TEXTS, *NUMBERS)
    )
    return SeriesFile(
        kind,
        once,
        vintages,
        reading,
        tuple(name for name in table.columns if name not in theirs.values()),
        _remarks(once, vintages, repeated=len(frame) - len(once), marks=marks),
    )


def _texts(table: pl.DataFrame, theirs: str | None, ours: str, file: str) -> pl.Series:
    if theirs is None:
        return pl.repeat("", len(table), dtype=pl.String, eager=True)
    text = table[theirs].cast(pl.String).fill_null("").str.strip_chars()
    empty = text == ""
    if ours in REQUIRED and empty.any():
        row = int(empty.arg_max() or 0) + 2
        raise InputProblem(file, row=row, column=theirs, found="nothing", expected="a text")
    return text


def _numbers(table: pl.DataFrame, theirs: str | None, file: str) -> pl.Series:
    if theirs is None:
        return pl.repeat(None, len(table), dtype=pl.Float64, eager=True)
    column = table[theirs]
    text = column.cast(pl.String).str.strip_chars()
    numbers = (column if column.dtype.is_numeric() else text).cast(pl.Float64, strict=False).fill_nan(None)
    is_empty = text.is_null() | (text == "") | text.str.to_lowercase().is_in(NO_NUMBER)
    wrong = ~is_empty & ~numbers.is_finite().fill_null(False)
    if wrong.any():
        row = int(wrong.arg_max() or 0)
        expected = "a number with a decimal point and without separators, or an empty cell"
        raise InputProblem(file, row=row + 2, column=theirs, found=text[row], expected=expected)
    return numbers


def _marked(table: pl.DataFrame, theirs: str | None) -> int:
    """How many cells hold a mark for no number."""
    if theirs is None or table[theirs].dtype != pl.String:
        return 0
    return int(table[theirs].str.strip_chars().str.to_lowercase().is_in(NO_NUMBER).sum())


def _with_periods(frame: pl.DataFrame, theirs: str, file: str) -> pl.DataFrame:
    """With the first and last day of each row's period, and its label in one spelling."""
    read: list[tuple[str, str, str, date, date]] = []
    for (indicator,), rows in frame.group_by(["indicator"], maintain_order=True):
        found = periods_where_understood(rows["period"].unique(maintain_order=True).to_list())
        for label, period in found.items():
            if period is None:
                row = rows["row"][int(rows["period"].index_of(label) or 0)]
                raise InputProblem(file, row=row, column=theirs, found=label, expected=PERIOD)
            read.append((str(indicator), label, label_of(label), *period))
    columns = {"indicator": pl.String, "period": pl.String, "label": pl.String}
    known = pl.DataFrame(read, {**columns, "period_start": pl.Date, "period_end": pl.Date}, orient="row")
    joined = frame.join(known, on=["indicator", "period"], how="left", maintain_order="left")
    return joined.with_columns(period=pl.col("label"))


def _first(table: pl.DataFrame, theirs: str | None) -> str:
    if theirs is None:
        return ""
    cells = table[theirs].drop_nulls()
    return str(cells[0]) if len(cells) else ""


def _remarks(frame: pl.DataFrame, vintages: pl.DataFrame, *, repeated: int, marks: int) -> tuple[Remark, ...]:
    # England's counties (E10) hold its districts (E07): a sum over both counts people twice.
    codes = set(frame["area_code"].str.slice(0, 3))
    has_limits = pl.col("lower").is_not_null() & pl.col("upper").is_not_null()
    found = (
        Remark("repeated_rows", repeated),
        Remark("two_vintages", vintages.select(MOMENT).n_unique() if len(vintages) else 0),
        Remark("overlapping_periods", _overlapping_series(frame)),
        Remark("counties_and_districts", int({"E07", "E10"} <= codes)),
        Remark("values_without_limits", len(frame.filter(pl.col("value").is_not_null() & ~has_limits))),
        Remark("marks_for_no_number", marks),
    )
    return tuple(remark for remark in found if remark.count)


def _overlapping_series(frame: pl.DataFrame) -> int:
    """How many series have different periods that share a day."""
    moments = frame.select(MOMENT).unique().sort(MOMENT)
    before = pl.col("period_end").cum_max().shift(1).over(SERIES)
    return moments.filter(pl.col("period_start") <= before).select(SERIES).n_unique()
