"""Several map files as one: the same factor is found by its words, and every perspective is kept whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from knotwork.formats.maps import MapFactor, MapFile, MapLink, MapPerspective, arranged
from knotwork.formats.maps_words import free_name
from knotwork.methods.causal.matching import alike, plain_words

__all__ = ["NamedMap", "Together", "together"]

Key = tuple[str, int]
"""A factor across maps: its words, and which of the factors with these words it is on its map."""


@dataclass(frozen=True)
class NamedMap:
    """A map and the name of its file, which names what one person drew when two people are called the same."""

    name: str
    map_file: MapFile


@dataclass(frozen=True)
class Together:
    """All maps as one. ``matched``: how many factors stand on more than one of them under the same words; ``alike``:
    labels that may mean the same, for a person to look at."""

    map_file: MapFile
    matched: int = 0
    alike: tuple[tuple[str, str], ...] = ()


def together(maps: Sequence[NamedMap]) -> Together:
    """Join the maps; a single one is left as it is. Factors with the same words are one factor.

    Where a map itself has the same words twice, they stay two factors: the first of them is the first of another map,
    by the order of ids. Where every factor has one id on all maps, ids stay; else factors are numbered from 1 in the
    order of their words. Places on the paper are left out: those of one map say nothing on another.
    """
    if len(maps) == 1:
        return Together(maps[0].map_file)
    keys = [_keys(one.map_file) for one in maps]
    first: dict[Key, MapFactor] = {}
    ids: dict[Key, set[str]] = {}
    for one, key_of in zip(maps, keys, strict=True):
        for factor in one.map_file.factors:
            first.setdefault(key_of[factor.id], factor)
            ids.setdefault(key_of[factor.id], set()).add(factor.id)
    new_ids = _new_ids(ids)
    joined = MapFile(
        title="",
        factors=tuple(replace(factor, id=new_ids[key], x=None, y=None) for key, factor in first.items()),
        perspectives=tuple(
            replace(perspective, name=name, links=_renamed(perspective.links, key_of, new_ids))
            for perspective, key_of, name in _named(maps, keys)
        ),
        lost=tuple(f"{one.name}: {words}" for one in maps for words in one.map_file.lost),
    )
    found_on = Counter(key for key_of in keys for key in key_of.values())
    labels = sorted({factor.label for factor in first.values()})
    pairs = tuple((labels[one], labels[other]) for one, other in alike(labels))
    return Together(arranged(joined), sum(times > 1 for times in found_on.values()), pairs)


def _keys(map_file: MapFile) -> dict[str, Key]:
    """For each id of a map its key across maps."""
    seen: Counter[str] = Counter()
    keys = {}
    for factor in arranged(map_file).factors:
        words = plain_words(factor.label or factor.id)
        keys[factor.id] = (words, seen[words])
        seen[words] += 1
    return keys


def _new_ids(ids: Mapping[Key, set[str]]) -> dict[Key, str]:
    only = {key: next(iter(found)) for key, found in ids.items() if len(found) == 1}
    if len(only) == len(ids) == len(set(only.values())):
        return only
    return {key: str(number) for number, key in enumerate(sorted(ids), start=1)}


def _named(
    maps: Sequence[NamedMap], keys: Sequence[Mapping[str, Key]]
) -> list[tuple[MapPerspective, Mapping[str, Key], str]]:
    """Every perspective with a name that no other one has: its own, or else with that of the file, or else numbered."""
    counted = Counter(perspective.name for one in maps for perspective in one.map_file.perspectives)
    taken = {name for name, times in counted.items() if times == 1}
    named = []
    for one, key_of in zip(maps, keys, strict=True):
        for perspective in one.map_file.perspectives:
            name = perspective.name
            if counted[name] > 1:
                name = free_name(f"{one.name}: {name}", taken)
                taken.add(name)
            named.append((perspective, key_of, name))
    return named


def _renamed(
    links: Sequence[MapLink], key_of: Mapping[str, Key], new_ids: Mapping[Key, str]
) -> tuple[MapLink, ...]:
    return tuple(
        replace(link, source=new_ids[key_of[link.source]], target=new_ids[key_of[link.target]])
        for link in links
    )
