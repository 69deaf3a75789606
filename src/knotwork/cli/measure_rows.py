"""The rows of many series in order of time, and why a row cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knotwork.cli.measure_dates import Moment, moments_of
from knotwork.cli.measure_table import numbers

if TYPE_CHECKING:
    import polars as pl

__all__ = ["NO_DATE", "NO_VALUE", "placed_rows"]

NO_VALUE = "a number is missing"
NO_DATE = "the {} is not understood"
TWICE = "the {} has this {} more than once"
NOBODY = "the {} is missing"


def placed_rows(table: pl.DataFrame, group: str, when: str) -> pl.DataFrame:
    """One row for each row of the table, in its order: ``row`` (its number, from 0), ``group`` and ``label`` (text),
    ``at``, ``start``, ``end``, ``value``, and ``reason``, empty where the row can be used.

    ``group`` and ``when`` name columns of the table; it also has ``value``.
    """
    import polars as pl

    text = pl.col(group, when).cast(pl.String).str.strip_chars().fill_null("")
    named = table.select(text).rename({group: "group", when: "label"})
    value = numbers(table, "value")
    known = _known(moments_of(named["label"].unique()))
    rows = named.with_row_index("row").with_columns(
        value=pl.Series(value.value), is_wrong=pl.Series(value.is_wrong)
    )
    rows = rows.join(known, on="label", how="left", maintain_order="left")
    # Among rows that can be used: an empty cell beside a value of the same date takes nothing from it.
    can_be_used = pl.col("value").is_finite() & pl.col("at").is_not_null() & (pl.col("group") != "")
    twice = can_be_used & (pl.len().over("group", "at", "end", can_be_used) > 1)
    reason = (
        pl.when(pl.col("group") == "")
        .then(pl.lit(NOBODY.format(group)))
        .when("is_wrong")
        .then(pl.lit(value.wrong))
        .when(~pl.col("value").is_finite())
        .then(pl.lit(NO_VALUE))
        .when(pl.col("at").is_null())
        .then(pl.lit(NO_DATE.format(when)))
        .when(twice)
        .then(pl.lit(TWICE.format(group, when)))
        .otherwise(pl.lit(""))
    )
    return rows.with_columns(reason=reason)


def _known(moments: dict[str, Moment | None]) -> pl.DataFrame:
    import polars as pl

    read = [(label, moment.at, *moment.period) for label, moment in moments.items() if moment]
    columns: dict[str, pl.DataType | type[pl.DataType]] = {
        "label": pl.String,
        "at": pl.Datetime("us"),
        "start": pl.Date,
        "end": pl.Date,
    }
    return pl.DataFrame(read, columns, orient="row")
