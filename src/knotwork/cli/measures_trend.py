"""``knotwork measures trend``: has it changed over the last five periods?"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from knotwork.cli.measure_rows import placed_rows
from knotwork.cli.measure_table import Asked, Done, numbers, run_verb, table_options, words

if TYPE_CHECKING:
    import polars as pl

    from knotwork.methods.indicators.trend import Trend

__all__ = ["trend"]

NEEDED = ("area", "period", "value", "lower", "upper")
PERHAPS = ("count", "denominator")
ADDED = ("trend", "better_or_worse", "chi_squared", "reason")
INDIRECTLY = "indirectly standardised"


@click.command()
@table_options
@click.option(
    "--polarity", type=click.Choice(["high", "low", "none"]), required=True, help="Which end is good, if any."
)
def trend(source: Path, out: Path, table_format: str | None, polarity: str) -> None:
    """The recent trend of each area, from its last five periods with 95 % limits.

    IN is a table (CSV, CSV.gz, Parquet) with the columns area, period, value, lower, upper, and count and
    denominator where they are known; a column value_type may say 'Indirectly standardised'.
    """
    asked = Asked("trend", source, out, table_format, {"polarity": polarity})
    run_verb(asked, NEEDED, ADDED, partial(_work, asked))


def _work(asked: Asked, table: pl.DataFrame) -> Done:
    import polars as pl

    from knotwork.methods.identifiers import ordered_identifiers

    rows = placed_rows(table, "area", "period").with_columns(
        *(pl.Series(name, numbers(table, name).value) for name in (*NEEDED[3:], *PERHAPS)),
        indirect=_indirect(table),
    )
    named = rows.filter(pl.col("group") != "")
    by_area = {str(area): part for (area,), part in named.group_by(["group"])}
    areas = ordered_identifiers(named["group"]).to_list()
    found = [_trend(by_area[area].sort("at"), asked.options["polarity"]) for area in areas]
    result = pl.DataFrame(
        {
            "area": pl.Series(areas, dtype=pl.String),
            "trend": words([one.trend for one in found]),
            "better_or_worse": words([one.better_or_worse for one in found]),
            "chi_squared": pl.Series([one.chi_squared for one in found], dtype=pl.Float64).fill_nan(None),
            "reason": words([one.reason for one in found]),
        }
    )
    moving = sum(one.trend in ("increasing", "decreasing") for one in found)
    left_out = len(rows) - len(named)
    return Done(
        result,
        "recent trend",
        f"{len(areas)} areas, {moving} of them with a trend.",
        (f"{left_out} rows name no area and are left out.",) if left_out else (),
    )


def _indirect(table: pl.DataFrame) -> pl.Series:
    import polars as pl

    if "value_type" not in table.columns:
        return pl.repeat(False, len(table), eager=True)
    said = table["value_type"].cast(pl.String).str.to_lowercase()
    return said.str.contains(INDIRECTLY, literal=True).fill_null(False)


def _trend(rows: pl.DataFrame, polarity: Any) -> Trend:
    """The trend of one area's rows, in order of time."""
    from knotwork.methods.indicators.trend import recent_trend

    columns = (rows[name].to_numpy() for name in ("value", *NEEDED[3:], *PERHAPS))
    return recent_trend(*columns, polarity=polarity, obstacle=_obstacle(rows))


def _obstacle(rows: pl.DataFrame) -> str:
    import polars as pl

    from knotwork.cli.measure_rows import NO_DATE, TWICE
    from knotwork.formats.series_periods import Period, longer_than_a_year, overlapping
    from knotwork.methods.indicators.trend import INDIRECT, MULTI_YEAR, PERIODS

    for reason in (NO_DATE.format("period"), TWICE.format("area", "period")):
        if reason in rows["reason"]:
            return reason
    last = rows.filter(pl.col("value").is_finite())[-PERIODS:]
    periods = [Period(*pair) for pair in last.select("start", "end").iter_rows()]
    if overlapping(periods) or any(map(longer_than_a_year, periods)):
        return MULTI_YEAR
    return INDIRECT if last["indirect"].any() else ""
