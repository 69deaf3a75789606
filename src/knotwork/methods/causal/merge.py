"""Many people's maps laid on one another, with how many drew each link and where they do not agree.

Meaning. Nobody's map is thrown away: a merged link says how many drew it (*support*) and whether some say that more
leads to more while others say that it leads to less (*conflict*). Silence has two meanings, so there are two means.

Formula. For a link, of n_all people n_link drew it, n_plus with a positive and n_minus with a negative sign.
Mean over all = sum w / n_all (silence = no effect); mean over drawers = sum w / n_link (silence = did not think of it);
support = n_link / n_all; conflict = 2 min(n_plus, n_minus) / (n_plus + n_minus). **A contested link with mean 0 is not
'no link'.**

Assumptions. Everybody counts once; a person who drew a link twice is an error of the file, not of the person.

Cost. O(L log L) for L links in all. Sums are taken in order of the weights, so the order of people does not matter.

Source. Gray, S. et al. (2014), in Fuzzy Cognitive Maps for Applied Sciences and Engineering, Springer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum

import polars as pl

from knotwork.methods.causal.graph import SignedGraph, signed_graph
from knotwork.methods.identifiers import ordered_identifiers

__all__ = ["Merged", "PerspectiveLinks", "merge"]

_WEAKEST = 1e-6
_SCHEMA = {
    "source": pl.String,
    "target": pl.String,
    "n_all": pl.Int64,
    "n_link": pl.Int64,
    "n_plus": pl.Int64,
    "n_minus": pl.Int64,
    "mean_all": pl.Float64,
    "mean_drawers": pl.Float64,
    "support": pl.Float64,
    "conflict": pl.Float64,
}


@dataclass(frozen=True)
class PerspectiveLinks:
    """What one person (or one table) drew: ``(source, target, weight)``, the weight signed and not 0."""

    name: str
    links: tuple[tuple[str, str, float], ...]


@dataclass(frozen=True)
class Merged:
    """All links with their counts and means, in canonical order of their ends; and the factors that they join."""

    factors: tuple[str, ...]
    links: pl.DataFrame

    def graph(self, factors: Iterable[str] | None = None) -> SignedGraph:
        """The merged map as a graph: weight = mean over drawers.

        A link whose mean is 0 keeps the sign that most of its drawers gave it (+ where they tie) and the smallest
        weight there is. ``factors``: all factors of the map, with those that no link joins.
        """
        rows = [
            (row["source"], row["target"], *_sign_and_weight(row), row["support"])
            for row in self.links.iter_rows(named=True)
        ]
        return signed_graph(self.factors if factors is None else factors, rows)


def merge(perspectives: Sequence[PerspectiveLinks]) -> Merged:
    """Lay these maps on one another.

    Raises ``ValueError`` where one of them draws a pair twice, or a weight is 0 or larger than 1.

    >>> merged = merge([PerspectiveLinks("Ann", (("1", "2", 0.5),)), PerspectiveLinks("Ben", (("1", "2", -0.5),))])
    >>> merged.links.row(0, named=True)["conflict"], merged.graph().sign.tolist()
    (1.0, [1])
    """
    weights: dict[tuple[str, str], list[float]] = {}
    for perspective in perspectives:
        drawn = set()
        for source, target, weight in perspective.links:
            if (source, target) in drawn:
                raise ValueError(f"{perspective.name} draws the link from {source!r} to {target!r} twice.")
            if not 0 < abs(weight) <= 1:
                raise ValueError(
                    f"{perspective.name} gives the link from {source!r} to {target!r} the weight {weight}; expected "
                    "one that is not 0 and at most 1 in size."
                )
            drawn.add((source, target))
            weights.setdefault((source, target), []).append(weight)
    names = pl.Series([end for pair in weights for end in pair], dtype=pl.String)
    factors = tuple(str(factor) for factor in ordered_identifiers(names))
    position = {factor: number for number, factor in enumerate(factors)}
    ordered = sorted(weights, key=lambda pair: (position[pair[0]], position[pair[1]]))
    rows = [(*pair, *_counted(sorted(weights[pair]), len(perspectives))) for pair in ordered]
    return Merged(factors, pl.DataFrame(rows, schema=_SCHEMA, orient="row"))


def _counted(weights: list[float], n_all: int) -> tuple[int, int, int, int, float, float, float, float]:
    n_link = len(weights)
    n_plus = sum(weight > 0 for weight in weights)
    n_minus = n_link - n_plus
    total = fsum(weights)
    conflict = 2 * min(n_plus, n_minus) / n_link
    return n_all, n_link, n_plus, n_minus, total / n_all, total / n_link, n_link / n_all, conflict


def _sign_and_weight(row: dict[str, float]) -> tuple[int, float]:
    mean = row["mean_drawers"]
    if mean != 0:
        return (1 if mean > 0 else -1), mean
    sign = 1 if row["n_plus"] >= row["n_minus"] else -1
    return sign, sign * _WEAKEST
