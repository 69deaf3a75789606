"""``knotwork measures spc``: run and control charts of many series at once."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from knotwork.cli.measure_dates import moment_of, overlapping_groups
from knotwork.cli.measure_rows import placed_rows
from knotwork.cli.measure_table import Asked, Done, run_verb, table_options, words

if TYPE_CHECKING:
    import polars as pl

    from knotwork.methods.arrays import Flags
    from knotwork.methods.indicators.spc import RunChart

__all__ = ["spc"]

NEEDED = ("series", "date", "value")
ADDED = ("segment", "mean", "lower_limit", "upper_limit", "flag", "direction", "assurance", "reason")
OVERLAP = "the periods of the series overlap: no rules"
ALONE = "the only point of its segment: no limits"
MOST_NAMED = 10


class Day(click.ParamType[str]):
    """A date as it may stand in the table: 2020-01-05, Jan 2020, 2019/20 Q1."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> str:
        if moment_of(value) is None:
            self.fail(f"{value!r} is no date such as 2020-01-05, Jan 2020 or 2019/20 Q1.", param, context)
        return str(value)


@click.command()
@table_options
@click.option(
    "--preset", type=click.Choice(["nhsr"]), default="nhsr", show_default=True, help="The set of rules."
)
@click.option(
    "--improvement",
    type=click.Choice(["increase", "decrease", "neutral"]),
    required=True,
    help="Which way is better.",
)
@click.option("--target", type=float, metavar="T", help="Say whether the process will meet this value.")
@click.option(
    "--rebase",
    type=Day(),
    multiple=True,
    metavar="DATE",
    help="The first date of a new segment, in every series; may be said more than once.",
)
@click.option(
    "--baseline",
    type=click.IntRange(12),
    metavar="N",
    help="Mean and limits of each segment from its first N points.",
)
@click.option("--no-screening", is_flag=True, help="Keep the largest moving ranges.")
def spc(source: Path, out: Path, table_format: str | None, **chosen: Any) -> None:
    """Run and control charts (XmR): mean, limits, and what is not the usual up and down.

    IN is a table (CSV, CSV.gz, Parquet) with the columns series, date and value.
    """
    screening = not chosen.pop("no_screening")
    options = {**chosen, "rebase": list(chosen["rebase"]), "screening": screening}
    asked = Asked("spc", source, out, table_format, options)
    run_verb(asked, NEEDED, ADDED, partial(_work, asked))


def _work(asked: Asked, table: pl.DataFrame) -> Done:
    import polars as pl

    from knotwork.methods.indicators.spc import ChartOptions, run_charts

    chosen = {key: asked.options[key] for key in ("improvement", "preset", "target", "baseline", "screening")}
    rows = placed_rows(table, "series", "date")
    overlap = pl.col("group").is_in(overlapping_groups(rows.filter(pl.col("reason") == ""), "group"))
    no_rules = pl.when(overlap & (pl.col("reason") == "")).then(pl.lit(OVERLAP)).otherwise("reason")
    rows = rows.with_columns(reason=no_rules)
    usable = rows.filter(pl.col("reason") == "").sort("group", "at")
    which = usable["group"].rle_id().cast(pl.Int64).to_numpy()
    starts = _starts(usable, asked.options["rebase"])
    charts = run_charts(usable["value"].to_numpy(), which, starts, ChartOptions(**chosen))
    found = pl.concat([usable.select("row"), _columns(charts)], how="horizontal")
    joined = rows.select("row", "reason").join(found, on="row", how="left", maintain_order="left")
    reason = pl.when("alone").then(pl.lit(ALONE)).when(pl.col("reason") != "").then("reason")
    result = pl.concat([table, joined.with_columns(reason=reason).select(ADDED)], how="horizontal")
    names = usable["group"].unique(maintain_order=True).to_list()
    flagged = sum(bool((chart.flag != "").any()) for chart in charts)
    given = len(table) - result["reason"].count()
    return Done(
        result,
        f"xmr {charts[0].preset} version {charts[0].preset_version}",
        f"{len(table)} rows, {given} with a result; {len(names)} series, {flagged} with a flag.",
        _warnings(names, charts),
    )


def _starts(usable: pl.DataFrame, rebase: list[str]) -> Flags:
    """Which rows, in order, are the first of their series at or after a rebase."""
    import numpy as np

    at = usable["at"].to_numpy()
    group = usable["group"].rle_id().to_numpy()
    starts = np.zeros(len(at), np.bool_)
    for text in rebase:
        moment = moment_of(text)
        after = at >= np.datetime64(moment.at if moment else "NaT")
        starts |= after & ~np.concatenate([[False], after[:-1] & (group[1:] == group[:-1])])
    return starts


def _columns(charts: tuple[RunChart, ...]) -> pl.DataFrame:
    """The points of all charts, one after the other; without limits, where a segment has one point, nothing is
    said of it."""
    import numpy as np
    import polars as pl

    together = pl.DataFrame(
        {
            "segment": np.concatenate([chart.segment for chart in charts]),
            "mean": np.concatenate([chart.mean for chart in charts]),
            "lower_limit": np.concatenate([chart.lower for chart in charts]),
            "upper_limit": np.concatenate([chart.upper for chart in charts]),
            "flag": words([flag for chart in charts for flag in chart.flag]),
            "direction": words([way for chart in charts for way in chart.direction]),
            "assurance": words([chart.assurance for chart in charts for _ in chart.flag]),
        }
    )
    alone = pl.col("lower_limit").is_nan()
    return together.with_columns(
        pl.when(~alone).then(pl.col("mean", "lower_limit", "upper_limit", "direction", "assurance")),
        alone=alone,
    )


def _warnings(names: list[str], charts: tuple[RunChart, ...]) -> tuple[str, ...]:
    from knotwork.methods.indicators.spc import SHORT

    short = [name for name, chart in zip(names, charts, strict=False) if chart.is_short]
    if not short:
        return ()
    named = ", ".join(short[:MOST_NAMED]) + (" and others" if len(short) > MOST_NAMED else "")
    return (f"Fewer than {SHORT} points in a segment, so that limits will still move: {named}.",)
