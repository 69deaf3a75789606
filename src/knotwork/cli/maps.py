"""``knotwork maps``."""

from __future__ import annotations

import click

__all__ = ["maps"]


@click.group()
def maps() -> None:
    """Work with causal maps: loops, merging, other formats."""
