"""A causal map as arrays: which factor leads to which, with what sign and how strongly.

Everything in this package works on a :class:`SignedGraph`. Its factors stand in canonical order and its links are
sorted by that order, so that rows handed in in any order give the same graph, and so the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import polars as pl

from knotwork.methods.arrays import Counts, Floats
from knotwork.methods.identifiers import ordered_identifiers

__all__ = ["SignedGraph", "signed_graph"]

Link = tuple[str, str, int, float, float]
"""``(source, target, sign, weight, support)``."""


@dataclass(frozen=True)
class SignedGraph:
    """Factors and the signed links between them.

    ``factors``: ids in canonical order (numbers as numbers where all ids are whole numbers, else by code point).
    For each of the L links, sorted by source and then target: ``source`` and ``target`` (positions in ``factors``),
    ``sign`` (+1: more leads to more; -1: more leads to less), ``weight`` (in [-1, 1], with that sign) and ``support``
    (in [0, 1]: the share of people who drew it).
    """

    factors: tuple[str, ...]
    source: Counts
    target: Counts
    sign: Counts
    weight: Floats
    support: Floats

    @property
    def number_of_links(self) -> int:
        return len(self.source)

    def successors(self) -> list[list[int]]:
        """For each factor the factors that it leads to, in order."""
        found: list[list[int]] = [[] for _ in self.factors]
        for start, end in zip(self.source.tolist(), self.target.tolist(), strict=True):
            found[start].append(end)
        return found

    def link_at(self) -> dict[tuple[int, int], int]:
        """The number of the link between two positions."""
        pairs = zip(self.source.tolist(), self.target.tolist(), strict=True)
        return {pair: number for number, pair in enumerate(pairs)}


def signed_graph(factors: Iterable[str], links: Iterable[Link]) -> SignedGraph:
    """The graph of these factors and links, in canonical order.

    Raises ``ValueError`` for a factor named twice, a link to an unknown factor, a pair linked twice, a sign that is
    neither +1 nor -1, and a weight that is 0, larger than 1 or of the other sign. Cost: O(F log F + L log L).

    >>> graph = signed_graph(["10", "9"], [("9", "10", -1, -0.5, 1.0)])
    >>> graph.factors, graph.source.tolist(), graph.target.tolist()
    (('9', '10'), [0], [1])
    """
    listed = list(factors)
    ordered = tuple(str(factor) for factor in ordered_identifiers(pl.Series(listed, dtype=pl.String)))
    if len(ordered) != len(listed):
        raise ValueError("A factor is named twice.")
    position = {factor: number for number, factor in enumerate(ordered)}
    rows: dict[tuple[int, int], tuple[int, float, float]] = {}
    for source, target, sign, weight, support in links:
        for end in (source, target):
            if end not in position:
                raise ValueError(f"A link names the factor {end!r}, which is not there.")
        pair = (position[source], position[target])
        if pair in rows:
            raise ValueError(f"The pair {source!r} and {target!r} is linked twice.")
        if sign not in (1, -1) or not 0 < sign * weight <= 1:
            raise ValueError(
                f"The link from {source!r} to {target!r} has the sign {sign} and the weight {weight}; expected a sign "
                "of 1 or -1 and a weight of the same sign, not 0 and at most 1."
            )
        rows[pair] = (sign, weight, support)
    pairs = sorted(rows)
    values = [rows[pair] for pair in pairs]
    return SignedGraph(
        factors=ordered,
        source=np.array([pair[0] for pair in pairs], dtype=np.int64),
        target=np.array([pair[1] for pair in pairs], dtype=np.int64),
        sign=np.array([value[0] for value in values], dtype=np.int64),
        weight=np.array([value[1] for value in values], dtype=np.float64),
        support=np.array([value[2] for value in values], dtype=np.float64),
    )
