"""What becomes of words that a format cannot hold: they are changed so that it can be read back, and this is said."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from itertools import chain, count

from knotwork.formats.maps import MapFactor, MapFile, MapLink

__all__ = ["Step", "carried", "free_name"]

Step = tuple[str, Callable[[str], str]]
"""What is lost, in words, and how words read afterwards."""


def carried(map_file: MapFile, steps: Sequence[Step]) -> tuple[MapFile, list[str]]:
    """The map as it will be read back, and what was lost on the way.

    Ids of factors are numbered anew, in the order of the factors, where some would be empty or the same afterwards.

    >>> one = MapFile("", (MapFactor(" ", "Sleep"), MapFactor("2", "Noise ")), ())
    >>> changed, lost = carried(one, [("spaces", str.strip)])
    >>> [(factor.id, factor.label) for factor in changed.factors], lost
    ([('1', 'Sleep'), ('2', 'Noise')], ['spaces', 'the ids of the factors: they are numbered'])
    """
    lost = []
    ids = {factor.id: factor.id for factor in map_file.factors}
    for what, change in steps:
        changed, new_ids = _with_words(map_file, change), {old: change(new) for old, new in ids.items()}
        if changed != map_file or new_ids != ids:
            lost.append(what)
        map_file, ids = changed, new_ids
    if "" in ids.values() or len(set(ids.values())) < len(ids):
        ids = {old: str(number) for number, old in enumerate(ids, start=1)}
        lost.append("the ids of the factors: they are numbered")
    return _with_ids(map_file, ids), lost


def free_name(name: str, taken: Collection[str]) -> str:
    """The name, or the name with the first number that is free.

    >>> free_name("Ann", {"Ann", "Ann (2)"})
    'Ann (3)'
    """
    numbered = (f"{name} ({number})" for number in count(2))
    return next(each for each in chain((name,), numbered) if each not in taken)


def _with_words(map_file: MapFile, change: Callable[[str], str]) -> MapFile:
    """All words changed, but for ids."""

    def of_factor(factor: MapFactor) -> MapFactor:
        return replace(factor, label=change(factor.label), note=change(factor.note))

    def of_link(link: MapLink) -> MapLink:
        return replace(link, delay=change(link.delay), evidence=change(link.evidence))

    return replace(
        map_file,
        title=change(map_file.title),
        factors=tuple(of_factor(factor) for factor in map_file.factors),
        perspectives=tuple(
            replace(one, name=change(one.name), links=tuple(of_link(link) for link in one.links))
            for one in map_file.perspectives
        ),
    )


def _with_ids(map_file: MapFile, ids: Mapping[str, str]) -> MapFile:
    if all(old == new for old, new in ids.items()):
        return map_file
    return replace(
        map_file,
        factors=tuple(replace(factor, id=ids[factor.id]) for factor in map_file.factors),
        perspectives=tuple(
            replace(
                one,
                links=tuple(
                    replace(link, source=ids[link.source], target=ids[link.target]) for link in one.links
                ),
            )
            for one in map_file.perspectives
        ),
    )
