"""Feedback loops of a causal map, and the few that tell its story.

Meaning. A loop leads from a factor through others back to itself. With an even number of links that turn *more* into
*less* it keeps itself going (reinforcing, +); with an odd number it holds itself back (balancing, -).

Formula. Simple cycles inside strongly connected components, of at most ``up_to`` factors. Sign = product of the signs.
Strength = geometric mean of |weight|; support = the smallest support among its links: the loop that most people would
recognise. The story set is the shortest independent loop set: for each link the shortest loop through it, taken by
length as long as a loop brings a link that none before it had.

Assumptions. A loop is as likely as its weakest link; nothing is said of how fast it runs.

Cost. Each loop is found once, from its first factor in canonical order. A path is only followed where the way back fits
into what is left of the length, so no path is followed in vain for want of room: O(loops x length) steps for most maps.
The number of steps is capped (never the time), so that the same input gives the same answer everywhere. Where a map
is too dense for the length that was asked for, the answer is all loops of the greatest length that the cap allows: a
set that is whole, and not one that favours the factors that come first.

Source. Johnson, D. B. (1975), Finding all the elementary circuits of a directed graph, SIAM J. Comput. 4; Oliva, R.
(2004), Model structure analysis through graph theory, System Dynamics Review 20.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knotwork.methods.arrays import Counts, Floats
from knotwork.methods.causal.graph import SignedGraph

__all__ = ["Loops", "feedback_loops", "story_set"]

Cycle = tuple[int, ...]

MOST_EXPANDED = 2_000_000
FIRST_TRY = 200_000


@dataclass(frozen=True)
class Loops:
    """The loops, by length and then by their factors.

    ``cycles``: positions of the factors in causal order, the smallest first and not repeated. For each of them
    ``sign`` (+1 or -1), ``strength`` and ``support`` (both in [0, 1]). All loops of at most ``up_to`` factors are here;
    ``hit_cap``: whether that is less than was asked for, since longer ones needed more steps than allowed.
    """

    cycles: tuple[Cycle, ...]
    sign: Counts
    strength: Floats
    support: Floats
    up_to: int
    hit_cap: bool


def feedback_loops(graph: SignedGraph, *, up_to: int = 8, most_expanded: int = MOST_EXPANDED) -> Loops:
    """All loops of at most ``up_to`` factors; of fewer, where those need more than ``most_expanded`` steps.

    >>> from knotwork.methods.causal.graph import signed_graph
    >>> links = [("1", "2", 1, 1.0, 1.0), ("2", "3", 1, 0.25, 0.5), ("3", "1", -1, -1.0, 1.0)]
    >>> loops = feedback_loops(signed_graph(["1", "2", "3"], links))
    >>> loops.cycles, loops.sign.tolist(), loops.support.tolist()
    (((0, 1, 2),), [-1], [0.5])
    """
    if up_to < 1:
        raise ValueError(f"A loop has at least one factor; got up_to={up_to}.")
    found, length = _all_within(graph.successors(), up_to, most_expanded)
    cycles = tuple(sorted(found, key=lambda cycle: (len(cycle), cycle)))
    return Loops(cycles, *_values(graph, cycles), length, length < up_to)


def story_set(graph: SignedGraph, loops: Loops) -> tuple[int, ...]:
    """The numbers of the loops that tell the story: the shortest ones that together hold every link of any loop.

    >>> from knotwork.methods.causal.graph import signed_graph
    >>> links = [(a, b, 1, 1.0, 1.0) for a, b in ("12", "21", "23", "31")]
    >>> graph = signed_graph(["1", "2", "3"], links)
    >>> story_set(graph, feedback_loops(graph))
    (0, 1)
    """
    shortest: dict[tuple[int, int], int] = {}
    for number, cycle in enumerate(loops.cycles):  # by length already
        for link in links_of(cycle):
            shortest.setdefault(link, number)
    # Each of these is the first to hold some link, so each brings one that none before it had.
    return tuple(sorted(set(shortest.values())))


def links_of(cycle: Cycle) -> list[tuple[int, int]]:
    """The links of a loop, from its first factor round and back to it."""
    return list(zip(cycle, (*cycle[1:], cycle[0]), strict=True))


def _all_within(successors: list[list[int]], up_to: int, most_expanded: int) -> tuple[list[Cycle], int]:
    """The loops, and the greatest length, at most ``up_to``, at which all can be found within the steps allowed.

    Most maps are sparse and the first try ends well. Else the length grows one by one: each costs a multiple of the one
    before, so all of them together cost little more than the last.
    """
    search = _Search(successors, up_to, min(FIRST_TRY, most_expanded))
    found = search.all_cycles()
    if not search.hit_cap:
        return found, up_to
    found = [(factor,) for factor, ends in enumerate(successors) if factor in ends]
    for length in range(2, up_to + 1):
        search = _Search(successors, length, most_expanded)
        longer = search.all_cycles()
        if search.hit_cap:
            return found, length - 1
        found = longer
    return found, up_to


def _values(graph: SignedGraph, cycles: Sequence[Cycle]) -> tuple[Counts, Floats, Floats]:
    """Sign, strength and support of each loop, from arrays of all links of all loops at once."""
    if not cycles:
        return np.zeros(0, np.int64), np.zeros(0), np.zeros(0)
    at = graph.link_at()
    links = np.array([at[link] for cycle in cycles for link in links_of(cycle)], dtype=np.int64)
    lengths = np.array([len(cycle) for cycle in cycles], dtype=np.int64)
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    negative = np.add.reduceat((graph.sign[links] < 0).astype(np.int64), starts)
    # Logarithms are added in the order of the loop, so a loop's strength does not depend on the others.
    logarithms = np.add.reduceat(np.log(np.abs(graph.weight[links])), starts)
    return (
        1 - 2 * (negative % 2),
        np.exp(logarithms / lengths),
        np.minimum.reduceat(graph.support[links], starts),
    )


class _Search:
    """Depth first from each factor in turn, among the factors that come after it."""

    def __init__(self, successors: list[list[int]], up_to: int, most_expanded: int) -> None:
        self.successors = successors
        self.predecessors: list[list[int]] = [[] for _ in successors]
        for start, ends in enumerate(successors):
            for end in ends:
                self.predecessors[end].append(start)
        self.up_to = up_to
        self.left = most_expanded
        self.found: list[Cycle] = []

    @property
    def hit_cap(self) -> bool:
        return self.left < 0

    def all_cycles(self) -> list[Cycle]:
        for start in range(len(self.successors)):
            if start in self.successors[start]:
                self.found.append((start,))
            ways_back = self._ways_back(start)
            if len(ways_back) > 1:
                self._follow(start, ways_back)
            if self.hit_cap:
                break
        return self.found

    def _ways_back(self, start: int) -> dict[int, int]:
        """For each later factor from which ``start`` is reached in time: in how many steps at least."""
        ways, edge, steps = {start: 0}, [start], 0
        while edge and steps < self.up_to - 1:
            steps += 1
            edge = [
                before
                for before in dict.fromkeys(p for node in edge for p in self.predecessors[node])
                if before > start and before not in ways
            ]
            ways.update(dict.fromkeys(edge, steps))
        return ways

    def _follow(self, start: int, ways_back: dict[int, int]) -> None:
        """Extend the path by every factor from which the way back still fits."""
        up_to, found = self.up_to, self.found
        # For each factor where one may go from it, the nearest to home first, with the way home from there.
        onward = {
            node: sorted(
                (ways_back[after], after)
                for after in self.successors[node]
                if after in ways_back and after != start and after != node
            )
            for node in ways_back
        }
        closes = {node for node in ways_back if node != start and start in self.successors[node]}
        path, on_path = [start], {start}
        branches = [iter(onward[start])]
        left = self.left
        while branches:
            room = up_to - len(path)  # factors that may still be added
            for home, after in branches[-1]:
                if home > room:
                    continue
                if after in on_path:
                    continue
                left -= 1
                path.append(after)
                on_path.add(after)
                if after in closes:
                    found.append(tuple(path))
                branches.append(iter(onward[after]) if room > 1 else iter(()))
                break
            else:
                branches.pop()
                on_path.discard(path.pop())
            if left < 0:
                break
        self.left = left
