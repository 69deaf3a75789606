"""Which loops tell the story of a map, so that its page can open on something that a person can read."""

from collections.abc import Collection, Sequence

from knotwork.maps.merged import MergedMap
from knotwork.maps.services.drawing import key_order

MOST_FACTORS = 10
MOST_LOOPS = 5
LONGEST_START = 4

Cycle = tuple[str, ...]


def opening_loops(merged: MergedMap, named: Sequence[Cycle], story: Sequence[Cycle]) -> tuple[Cycle, ...]:
    """A few loops that hang together: those with a name if there are any, else short ones where most links meet.

    ``named`` and ``story`` hold the keys of factors in causal order. Without names the story grows from one loop, of
    four factors at most if there is such a one, whose factors have the most links; each further one shares a factor
    with those before. It stops at ten factors or five loops.
    """
    if named:
        return _grown(list(named[:1]), [*named[1:]], must_touch=False)
    if not story:
        return ()
    degree = _degrees(merged)
    short = [cycle for cycle in story if len(cycle) <= LONGEST_START] or list(story)
    start = min(short, key=lambda cycle: (-sum(degree[key] for key in cycle) / len(cycle), _order(cycle)))
    others = sorted(
        (cycle for cycle in story if cycle != start),
        key=lambda cycle: (len(cycle), -sum(degree[key] for key in cycle) / len(cycle), _order(cycle)),
    )
    return _grown([start], others, must_touch=True)


def busiest_factor(merged: MergedMap) -> str:
    """Where to begin on a map without loops: the factor with the most links, and the first of those."""
    degree = _degrees(merged)
    return max((factor.key for factor in merged.factors), key=lambda key: degree[key])


def _grown(chosen: list[Cycle], others: list[Cycle], *, must_touch: bool) -> tuple[Cycle, ...]:
    waiting = list(others)
    while len(chosen) < MOST_LOOPS:
        held = {key for cycle in chosen for key in cycle}
        following = next((cycle for cycle in waiting if _fits(cycle, held, must_touch)), None)
        if following is None:
            break
        chosen.append(following)
        waiting.remove(following)
    return tuple(chosen)


def _fits(cycle: Cycle, held: Collection[str], must_touch: bool) -> bool:
    shared = sum(key in held for key in cycle)
    return len(held) + len(cycle) - shared <= MOST_FACTORS and (shared > 0 or not must_touch)


def _degrees(merged: MergedMap) -> dict[str, int]:
    degree = {factor.key: 0 for factor in merged.factors}
    for link in merged.links:
        degree[link.source] += 1
        degree[link.target] += 1
    return degree


def _order(cycle: Cycle) -> list[tuple[bool, int, str]]:
    return [key_order(key) for key in cycle]
