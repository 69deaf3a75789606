"""Whose table it is, and which of its columns is which of ours.

Two headers are known: that of a download from Fingertips, and a tidy one. Capitals, spaces, dots and underscores
do not count: 'Area Code', 'AreaCode' and 'area_code' are the same. How every column was read is kept, with its
first value, so that whoever brings a file can check it at a glance.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from knotwork.formats.problems import InputProblem

__all__ = ["NUMBERS", "REQUIRED", "TEXTS", "ColumnReading", "SeriesKind", "columns_of"]

SeriesKind: TypeAlias = Literal["fingertips", "tidy"]

TEXTS = (
    "indicator", "indicator_id", "area_code", "area_name", "area_type", "sex", "age", "category_type", "category",
    "period", "note",
)  # fmt: skip
NUMBERS = ("value", "lower", "upper", "count", "denominator")
REQUIRED = ("indicator", "area_code", "period", "value")

FINGERTIPS = {
    "indicator": ("Indicator Name",),
    "indicator_id": ("Indicator ID",),
    "area_code": ("Area Code",),
    "area_name": ("Area Name",),
    "area_type": ("Area Type",),
    "sex": ("Sex",),
    "age": ("Age",),
    "category_type": ("Category Type",),
    "category": ("Category",),
    "period": ("Time period",),
    "value": ("Value",),
    "lower": ("Lower CI 95.0 limit", "Lower CI limit"),
    "upper": ("Upper CI 95.0 limit", "Upper CI limit"),
    "count": ("Count",),
    "denominator": ("Denominator",),
    "note": ("Value note",),
}
TIDY = {
    **{name: (name,) for name in (*TEXTS, *NUMBERS)},
    "lower": ("lower_ci", "lower"),
    "upper": ("upper_ci", "upper"),
}
TIDY_HEADER = "area_code, indicator, period and value"


@dataclass(frozen=True)
class ColumnReading:
    """Our column, theirs (empty when the file has none), and the first value that is not empty."""

    ours: str
    theirs: str
    first: str


def columns_of(file: str, header: Sequence[str]) -> tuple[SeriesKind, dict[str, str]]:
    """The kind of table, and for each of our columns that it has the name of theirs."""
    kind: SeriesKind = "fingertips" if {"indicatorname", "timeperiod"} & set(map(_plain, header)) else "tidy"
    wanted: Mapping[str, tuple[str, ...]] = FINGERTIPS if kind == "fingertips" else TIDY
    theirs: dict[str, str] = {}
    for name in header:
        for ours, names in wanted.items():
            if _plain(name) in map(_plain, names):
                _refuse_second(file, name, theirs.get(ours))
                theirs[ours] = name
    for ours in REQUIRED:
        if ours not in theirs:
            expected = f"this column, as in a download from Fingertips, or a table with {TIDY_HEADER}"
            found = f"only the columns {', '.join(header)}"
            raise InputProblem(file, row=1, column=wanted[ours][0], found=found, expected=expected)
    return kind, theirs


def _refuse_second(file: str, name: str, other: str | None) -> None:
    if other is not None:
        found = f"it beside {other}, which means the same"
        raise InputProblem(file, row=1, column=name, found=found, expected="one of the two")


def _plain(name: str) -> str:
    return re.sub(r"[\s_.]", "", name).lower()
