"""Figures with the results that other programs give for them (see ``tests/data/README.md``)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import polars as pl

DATA = Path(__file__).parents[2] / "data" / "measures"


@cache
def table(name: str) -> pl.DataFrame:
    """A table whose columns have the types that their cells suggest."""
    return pl.read_csv(DATA / name, infer_schema_length=None)
