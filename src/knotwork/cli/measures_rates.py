"""``knotwork measures rates`` and ``proportions``: a count and its denominator in, value and limits out."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from knotwork.cli.measure_table import Asked, Done, level_option, numbers, run_verb, table_options, words

if TYPE_CHECKING:
    import polars as pl

__all__ = ["proportions", "rates"]

NEEDED = ("count", "denominator")
ADDED = ("value", "lower", "upper", "method", "reason")

group_option = click.option(
    "--group",
    "groups",
    multiple=True,
    metavar="COLUMN",
    help="First add up all rows that are equal in this column; may be said more than once.",
)


@click.command()
@table_options
@level_option
@click.option(
    "--multiplier", type=float, default=100_000, show_default=True, help="What the rate is given for."
)
@group_option
def rates(source: Path, out: Path, table_format: str | None, **chosen: Any) -> None:
    """Rates with their limits: exact below ten events, Byar's from ten on.

    IN is a table (CSV, CSV.gz, Parquet) with the columns count and denominator. The count may exceed the
    denominator.
    """
    asked = Asked("rates", source, out, table_format, _options(chosen))
    run_verb(asked, (*NEEDED, *chosen["groups"]), ADDED, partial(_work, asked))


@click.command()
@table_options
@level_option
@click.option(
    "--multiplier", type=float, default=1, show_default=True, help="100 for per cent; limits are scaled too."
)
@group_option
def proportions(source: Path, out: Path, table_format: str | None, **chosen: Any) -> None:
    """Proportions with Wilson's limits.

    IN is a table (CSV, CSV.gz, Parquet) with the columns count and denominator.
    """
    asked = Asked("proportions", source, out, table_format, _options(chosen))
    run_verb(asked, (*NEEDED, *chosen["groups"]), ADDED, partial(_work, asked))


def _options(chosen: dict[str, Any]) -> dict[str, Any]:
    return {"level": chosen["level"], "multiplier": chosen["multiplier"], "group": list(chosen["groups"])}


def _work(asked: Asked, table: pl.DataFrame) -> Done:
    import numpy as np

    from knotwork.methods.indicators.proportions import proportions as wilson
    from knotwork.methods.indicators.rates import rate_limits

    groups = asked.options["group"]
    if groups:
        table = _summed(table, groups)
    count, denominator = (numbers(table, column) for column in NEEDED)
    limits = {key: asked.options[key] for key in ("level", "multiplier")}
    found = (rate_limits if asked.verb == "rates" else wilson)(count.value, denominator.value, **limits)
    named = found.method if isinstance(found.method, tuple) else [found.method] * len(table)
    reason = np.select(
        [count.is_wrong, denominator.is_wrong], [count.wrong, denominator.wrong], default=found.reason
    )
    result = table.with_columns(
        value=found.value,
        lower=found.lower,
        upper=found.upper,
        method=words(["" if why else method for method, why in zip(named, reason, strict=True)]),
        reason=words(map(str, reason)),
    )
    given = int(np.count_nonzero(reason == ""))
    method = "Byar, exact below 10" if asked.verb == "rates" else "Wilson"
    return Done(result, method, f"{len(table)} rows, {given} with a value.")


def _summed(table: pl.DataFrame, groups: list[str]) -> pl.DataFrame:
    """Counts and denominators added up; a group where one is missing, or is no number, has none."""
    import numpy as np
    import polars as pl

    from knotwork.methods.identifiers import number_identifiers

    columns = [numbers(table, column) for column in NEEDED]
    added = table.select(groups).with_columns(
        *(pl.Series(column.name, column.value).fill_nan(None) for column in columns)
    )
    # Sorted before adding, so that the order of the rows moves no digit.
    sums = [
        pl.when(pl.col(name).null_count() == 0).then(pl.col(name).sort().sum()).alias(name) for name in NEEDED
    ]
    summed = added.group_by(groups).agg(sums)
    keys = [number_identifiers(summed[name].cast(pl.String).fill_null(""))[1] for name in reversed(groups)]
    return summed[np.lexsort(keys)]
