"""The tables of ``knotwork maps``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from knotwork.methods.causal.loops import story_set

if TYPE_CHECKING:
    from knotwork.methods.causal.graph import SignedGraph
    from knotwork.methods.causal.loops import Loops

__all__ = ["loop_tables"]


def loop_tables(graph: SignedGraph, found: Loops) -> dict[str, pl.DataFrame]:
    """``loops`` and ``story``: by length, then by the factors in their order."""
    # Lists and not arrays: taking an array over would import a part of NumPy that nothing else here needs.
    table = pl.DataFrame(
        {
            "loop": pl.Series(range(1, len(found.cycles) + 1), dtype=pl.Int64),
            "length": pl.Series([len(cycle) for cycle in found.cycles], dtype=pl.Int64),
            "sign": pl.Series(["+" if sign > 0 else "-" for sign in found.sign.tolist()], dtype=pl.String),
            "factors": pl.Series(
                [">".join(graph.factors[at] for at in cycle) for cycle in found.cycles], dtype=pl.String
            ),
            "strength": pl.Series(found.strength.tolist(), dtype=pl.Float64),
            "support": pl.Series(found.support.tolist(), dtype=pl.Float64),
        }
    )
    return {"loops": table, "story": table[list(story_set(graph, found))]}
