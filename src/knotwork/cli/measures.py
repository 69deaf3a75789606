"""``knotwork measures``: one table of figures in, the same table with limits, flags or trends out."""

from __future__ import annotations

import click

from knotwork.cli.measures_charts import spc
from knotwork.cli.measures_inequality import inequality
from knotwork.cli.measures_rates import proportions, rates
from knotwork.cli.measures_trend import trend

__all__ = ["measures"]


@click.group()
def measures() -> None:
    """Work with indicators: limits, run charts, trends, inequality."""


for command in (rates, proportions, spc, trend, inequality):
    measures.add_command(command)
