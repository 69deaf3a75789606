"""The few factors around one: what a person can read at a glance.

Meaning. A map of a hundred factors is a tangle; the nearest eight around one factor are a story. Nearest first by steps
along links in either direction, then by the strength of the link that brings a factor in, then in canonical order.

Cost. O(F + L log L). A factor that no link touches stands alone.
"""

from __future__ import annotations

from knotwork.methods.causal.graph import SignedGraph

__all__ = ["MOST_FACTORS", "neighbourhood"]

MOST_FACTORS = 9


def neighbourhood(graph: SignedGraph, factor: int, *, most: int = MOST_FACTORS) -> tuple[int, ...]:
    """The position of the factor, followed by those of its nearest, at most ``most`` in all.

    >>> from knotwork.methods.causal.graph import signed_graph
    >>> links = [("1", "2", 1, 0.2, 1.0), ("3", "1", 1, 0.9, 1.0), ("3", "4", 1, 1.0, 1.0)]
    >>> neighbourhood(signed_graph(["1", "2", "3", "4"], links), 0)
    (0, 2, 1, 3)
    """
    if not 0 <= factor < len(graph.factors):
        raise ValueError(f"There are {len(graph.factors)} factors; got the position {factor}.")
    around = _around(graph)
    found, edge = [factor], [factor]
    while edge and len(found) < most:
        nearest: dict[int, float] = {}
        for node in edge:
            for other, strength in around[node]:
                if other not in found:
                    nearest[other] = max(strength, nearest.get(other, 0.0))
        edge = sorted(nearest, key=lambda other: (-nearest[other], other))
        found += edge
    return tuple(found[:most])


def _around(graph: SignedGraph) -> list[list[tuple[int, float]]]:
    found: list[list[tuple[int, float]]] = [[] for _ in graph.factors]
    rows = zip(graph.source.tolist(), graph.target.tolist(), abs(graph.weight).tolist(), strict=True)
    for source, target, strength in rows:
        found[source].append((target, strength))
        found[target].append((source, strength))
    return found
