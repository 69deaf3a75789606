"""What part a factor plays: it only drives, it only receives, or it does both.

Meaning. A driver has nothing on this map that changes it: it can only be changed from outside. A receiver changes
nothing else here. Ordinary factors do both.

Formula. In-strength = sum of |weight| of the links that come in; out-strength = of those that go out. Driver: no link
in and at least one out; receiver: at least one in and none out; alone: no link at all.

Cost. O(F + L). Source: Özesmi, U. & Özesmi, S. (2004), Ecological models based on people's knowledge, Ecol. Model. 176.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from knotwork.methods.arrays import Floats
from knotwork.methods.causal.graph import SignedGraph

__all__ = ["ALONE", "DRIVER", "ORDINARY", "RECEIVER", "Roles", "roles"]

DRIVER: Final = "driver"
RECEIVER: Final = "receiver"
ORDINARY: Final = "ordinary"
ALONE: Final = "alone"


@dataclass(frozen=True)
class Roles:
    """For each factor of the graph its role and how much comes in and goes out."""

    role: tuple[str, ...]
    in_strength: Floats
    out_strength: Floats


def roles(graph: SignedGraph) -> Roles:
    """The roles of all factors.

    >>> from knotwork.methods.causal.graph import signed_graph
    >>> roles(signed_graph(["1", "2"], [("1", "2", -1, -0.5, 1.0)])).role
    ('driver', 'receiver')
    """
    many = len(graph.factors)
    size = np.abs(graph.weight)
    comes_in = np.bincount(graph.target, minlength=many) > 0
    goes_out = np.bincount(graph.source, minlength=many) > 0
    names = {(False, True): DRIVER, (True, False): RECEIVER, (True, True): ORDINARY, (False, False): ALONE}
    return Roles(
        role=tuple(names[pair] for pair in zip(comes_in.tolist(), goes_out.tolist(), strict=True)),
        in_strength=np.asarray(np.bincount(graph.target, weights=size, minlength=many), dtype=np.float64),
        out_strength=np.asarray(np.bincount(graph.source, weights=size, minlength=many), dtype=np.float64),
    )
