"""``knotwork measures inequality``: how far apart are the most and the least deprived?"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from knotwork.cli.measure_table import Asked, Done, level_option, numbers, run_verb, table_options, words

if TYPE_CHECKING:
    import polars as pl

    from knotwork.methods.indicators.inequality import SlopeIndex, SlopeOptions

__all__ = ["inequality"]

NEEDED = ("area", "quantile", "population", "value")
ERROR, LIMITS = "standard_error", ("lower", "upper")
INDEX = ("sii", "sii_lower", "sii_upper", "rii", "rii_lower", "rii_upper", "intercept")
ADDED = (*INDEX, "method", "reason")


@click.command()
@table_options
@click.option(
    "--kind",
    type=click.Choice(["value", "rate", "proportion"]),
    default="value",
    show_default=True,
    help="What the values are.",
)
@click.option("--transform", is_flag=True, help="Fit the line to log (rate) or logit (proportion).")
@click.option(
    "--multiplier",
    type=float,
    default=1,
    show_default=True,
    help="Scales the slope index; negative where low is good.",
)
@level_option
@click.option(
    "--resamples",
    type=click.IntRange(0),
    default=20_000,
    show_default=True,
    help="Draws for the limits of the relative index and of transformed values; 0: none.",
)
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="For all that is random.")
def inequality(source: Path, out: Path, table_format: str | None, seed: int, **chosen: Any) -> None:
    """Slope and relative index of inequality of each area.

    IN is a table (CSV, CSV.gz, Parquet) with the columns area, quantile (1 is the most deprived), population,
    value, and standard_error, or lower and upper (95 %).
    """
    if chosen["transform"] and chosen["kind"] == "value":
        raise click.UsageError("--transform goes with --kind rate or proportion.")
    asked = Asked("inequality", source, out, table_format, chosen, seed)
    run_verb(asked, NEEDED, ADDED, partial(_work, asked))


def _work(asked: Asked, table: pl.DataFrame) -> Done:
    import polars as pl

    from knotwork.formats.problems import InputProblem
    from knotwork.methods.identifiers import ordered_identifiers
    from knotwork.methods.indicators.inequality import SlopeOptions

    if ERROR not in table.columns and not set(LIMITS) <= set(table.columns):
        found = f"only the columns {', '.join(table.columns)}"
        raise InputProblem(
            asked.source.name, row=1, column=ERROR, found=found, expected="this column, or lower and upper"
        )
    options = SlopeOptions(**asked.options, seed=asked.seed or 0)
    columns = [numbers(table, name) for name in (*NEEDED[1:], ERROR, *LIMITS)]
    text = table["area"].cast(pl.String).str.strip_chars().fill_null("")
    rows = pl.DataFrame({"area": text, **{column.name: column.value for column in columns}})
    named = rows.filter(pl.col("area") != "")
    by_area = {str(area): part for (area,), part in named.group_by(["area"])}
    areas = ordered_identifiers(named["area"])
    indices = [_index(by_area[area], options) for area in areas]
    given = sum(not one.reason for one in indices)
    left_out = len(rows) - len(named)
    return Done(
        _table(areas, indices),
        "slope index of inequality",
        f"{len(areas)} areas, {given} with both indices and limits.",
        (f"{left_out} rows name no area and are left out.",) if left_out else (),
    )


def _index(rows: pl.DataFrame, options: SlopeOptions) -> SlopeIndex:
    from knotwork.methods.indicators.inequality import slope_index, standard_errors

    columns = {name: rows[name].to_numpy() for name in rows.columns if name != "area"}
    lower, upper = (columns[name] for name in LIMITS)
    error = standard_errors(columns["value"], columns[ERROR], lower, upper, options)
    return slope_index(columns["quantile"], columns["population"], columns["value"], error, options)


def _table(areas: pl.Series, indices: list[SlopeIndex]) -> pl.DataFrame:
    import polars as pl

    names = {"sii_lower": "lower", "sii_upper": "upper"}
    values = {
        name: pl.Series([getattr(one, names.get(name, name)) for one in indices], dtype=pl.Float64).fill_nan(
            None
        )
        for name in INDEX
    }
    return pl.DataFrame(
        {
            "area": areas,
            **values,
            "method": words([one.method for one in indices]),
            "reason": words([one.reason for one in indices]),
        }
    )
