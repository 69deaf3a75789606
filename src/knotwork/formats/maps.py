"""Causal maps as files: our own JSON, a folder of CSV, Mental Modeler's ``.mmp``.

A :class:`MapFile` keeps every person's map whole. What a format cannot carry is listed in ``lost``, never dropped in
silence. Kinds: ``csv`` (a folder, or a zip of it, with ``factors.csv`` and ``links.csv``), ``mmp``, ``json``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from knotwork.formats.problems import InputProblem
from knotwork.formats.sources import Folder, SourceFile, open_file, open_folder, uploaded_file
from knotwork.methods.identifiers import ordered_identifiers

__all__ = [
    "KINDS",
    "MapFactor",
    "MapFile",
    "MapLink",
    "MapPerspective",
    "WrittenMap",
    "arranged",
    "kind_of",
    "read_map",
    "read_uploaded_map",
    "write_map",
]

KINDS = ("csv", "mmp", "json")
LARGEST_MAP = 20_000_000


@dataclass(frozen=True)
class MapFactor:
    """One factor: ``id`` is unique in the file; ``x`` and ``y`` are where it was drawn, if the file says so."""

    id: str
    label: str = ""
    note: str = ""
    x: float | None = None
    y: float | None = None


@dataclass(frozen=True)
class MapLink:
    """That one factor leads to another. ``sign`` +1 or -1; ``weight`` in [-1, 1] with that sign, or not given."""

    source: str
    target: str
    sign: int
    weight: float | None = None
    confidence: float | None = None
    delay: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class MapPerspective:
    """What one person, or ``people`` at one table, drew; each pair of factors at most once."""

    name: str
    people: int
    links: tuple[MapLink, ...]


@dataclass(frozen=True)
class MapFile:
    """A map as it was read: its factors, and everybody's links. ``lost``: what the file said that we cannot keep."""

    title: str
    factors: tuple[MapFactor, ...]
    perspectives: tuple[MapPerspective, ...]
    lost: tuple[str, ...] = ()


@dataclass(frozen=True)
class WrittenMap:
    """A map in another format: its files by name, and what they could not carry, in words."""

    files: Mapping[str, bytes]
    lost: tuple[str, ...]


def kind_of(name: str) -> str:
    """The kind that a file name promises; a name without an ending is a folder of CSV."""
    for ending, kind in ((".mmp", "mmp"), (".json", "json"), (".zip", "csv")):
        if name.lower().endswith(ending):
            return kind
    if "." in Path(name).name:
        expected = "a folder or zip with factors.csv and links.csv, a .mmp or a .json file"
        raise InputProblem(name, found="another ending", expected=expected)
    return "csv"


def read_map(path: Path, kind: str | None = None) -> MapFile:
    """Read a map from a folder or a file."""
    if path.is_dir():
        from knotwork.formats.maps_csv import read_csv_map

        return arranged(read_csv_map(open_folder(path, largest=LARGEST_MAP)))
    chosen = kind or kind_of(path.name)
    return _read(open_file(path, largest=LARGEST_MAP), chosen)


def read_uploaded_map(name: str, content: bytes, kind: str | None = None) -> MapFile:
    """Read a map that somebody uploaded as one file."""
    return _read(uploaded_file(name, content, largest=LARGEST_MAP), kind or kind_of(name))


def write_map(map_file: MapFile, kind: str) -> WrittenMap:
    """The map in another format: one file for ``mmp`` and ``json``, two for ``csv``."""
    from knotwork.formats.maps_csv import write_csv_map
    from knotwork.formats.maps_json import write_json_map
    from knotwork.formats.maps_mmp import write_mmp_map

    writers = {"csv": write_csv_map, "mmp": write_mmp_map, "json": write_json_map}
    if kind not in writers:
        raise ValueError(f"A map is written as {', '.join(KINDS)}; got {kind!r}.")
    return writers[kind](map_file)


def arranged(map_file: MapFile) -> MapFile:
    """The same map in canonical order: factors by their ids (numbers as numbers where all are whole numbers, else by
    code point), links by their ends, perspectives by their names and then by what they say. So rows of a file in any
    order are the same map.

    >>> factors = (MapFactor("10"), MapFactor("9"))
    >>> [factor.id for factor in arranged(MapFile("", factors, ())).factors]
    ['9', '10']
    """
    ids = ordered_identifiers(pl.Series([factor.id for factor in map_file.factors], dtype=pl.String))
    at = {str(identifier): number for number, identifier in enumerate(ids)}
    perspectives = (
        replace(one, links=tuple(sorted(one.links, key=lambda link: (at[link.source], at[link.target]))))
        for one in map_file.perspectives
    )
    return replace(
        map_file,
        factors=tuple(sorted(map_file.factors, key=lambda factor: at[factor.id])),
        perspectives=tuple(sorted(perspectives, key=lambda one: (one.name, one.people, repr(one.links)))),
    )


def _read(source: SourceFile, kind: str) -> MapFile:
    from knotwork.formats.maps_csv import read_csv_map
    from knotwork.formats.maps_json import read_json_map
    from knotwork.formats.maps_mmp import read_mmp_map
    from knotwork.formats.zips import unzipped

    if kind == "mmp":
        return arranged(read_mmp_map(source))
    if kind == "json":
        return arranged(read_json_map(source))
    folder: Folder = unzipped(source, largest=LARGEST_MAP)
    return arranged(read_csv_map(folder))
