"""``knotwork measures``."""

from __future__ import annotations

import click

__all__ = ["measures"]


@click.group()
def measures() -> None:
    """Work with indicators: limits, run charts, trends, inequality."""
