"""A map as two tables: ``factors.csv`` (id, label, ...) and ``links.csv`` (source, target, sign, ...).

``links.csv`` may bear weight (signed; it must agree with the sign), confidence, delay, evidence and person: rows of one
person are that person's map. Without the column, all rows are one perspective.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from knotwork.formats.maps import MapFactor, MapFile, MapLink, MapPerspective, WrittenMap
from knotwork.formats.maps_words import carried, free_name
from knotwork.formats.problems import InputProblem
from knotwork.formats.sources import Folder, SourceFile
from knotwork.formats.tables import read_table

__all__ = ["read_csv_map", "write_csv_map"]

FACTORS, LINKS = "factors.csv", "links.csv"
ALONE = "As it was drawn"

_SIGNS = {"1": 1, "+1": 1, "1.0": 1, "+": 1, "-1": -1, "-1.0": -1, "-": -1, "−": -1, "−1": -1}
_READ_FROM_FACTORS = {"id", "label", "note", "x", "y"}
_READ_FROM_LINKS = {
    "source", "target", "sign", "weight", "confidence", "delay", "evidence", "person", "id",
    "source_label", "target_label",
}  # fmt: skip

_TO_QUOTE = re.compile('[",\r\n]')

Row = Mapping[str, Any]


def read_csv_map(folder: Folder) -> MapFile:
    """Read the two tables."""
    factor_table = read_table(_table_file(folder, FACTORS), required=("id",))
    link_table = read_table(_table_file(folder, LINKS), required=("source", "target", "sign"))
    factors: dict[str, MapFactor] = {}
    for number, row in enumerate(factor_table.iter_rows(named=True), start=2):
        factor = _factor(row, number)
        if factor.id in factors:
            raise InputProblem(FACTORS, row=number, column="id", found=factor.id, expected="each id once")
        factors[factor.id] = factor
    drawn: dict[str, dict[tuple[str, str], MapLink]] = {}
    for number, row in enumerate(link_table.iter_rows(named=True), start=2):
        person = str(row.get("person") or ALONE)
        link = _link(row, number, factors)
        links = drawn.setdefault(person, {})
        if (link.source, link.target) in links:
            found = f"{link.source} to {link.target} a second time"
            raise InputProblem(
                LINKS, row=number, column="target", found=found, expected="each pair once for each person"
            )
        links[link.source, link.target] = link
    lost = [
        f"{name}: column {column}"
        for name, table, known in (
            (FACTORS, factor_table, _READ_FROM_FACTORS),
            (LINKS, link_table, _READ_FROM_LINKS),
        )
        for column in table.columns
        if column not in known
    ]
    return MapFile(
        title=folder.name,
        factors=tuple(factors.values()),
        perspectives=tuple(MapPerspective(name, 1, tuple(links.values())) for name, links in drawn.items()),
        lost=tuple(lost),
    )


def write_csv_map(map_file: MapFile) -> WrittenMap:
    """The two tables. How many sat at a table, and the map's title, have no column; two people need two names."""
    map_file, changed = carried(map_file, [("null characters, which CSV cannot hold", _without_nulls)])
    map_file, renamed = _named_apart(map_file)
    factor_rows = [
        (factor.id, factor.label, factor.note, _number(factor.x), _number(factor.y))
        for factor in map_file.factors
    ]
    link_rows = [
        (
            link.source,
            link.target,
            link.sign,
            _number(link.weight),
            _number(link.confidence),
            link.delay,
            link.evidence,
            perspective.name,
        )
        for perspective in map_file.perspectives
        for link in perspective.links
    ]
    files = {
        FACTORS: _table(("id", "label", "note", "x", "y"), factor_rows),
        LINKS: _table(
            ("source", "target", "sign", "weight", "confidence", "delay", "evidence", "person"), link_rows
        ),
    }
    lost = [*changed, *renamed, *(["the title of the map"] if map_file.title else [])]
    lost += [
        f"{one.name}: that {one.people} people drew it" for one in map_file.perspectives if one.people != 1
    ]
    lost += [f"{one.name}: a perspective without links" for one in map_file.perspectives if not one.links]
    return WrittenMap(files, tuple(lost))


def _without_nulls(words: str) -> str:
    return words.replace("\0", "")


def _named_apart(map_file: MapFile) -> tuple[MapFile, list[str]]:
    """Rows of one name are one person's map: a second perspective of a name is numbered."""
    taken = {one.name or ALONE for one in map_file.perspectives}
    seen: set[str] = set()
    apart, lost = [], []
    for one in map_file.perspectives:
        name = one.name or ALONE
        if name in seen:
            new = free_name(name, taken)
            lost.append(f"{name}: that another perspective has this name; it is called {new}")
            name = new
        seen.add(name)
        taken.add(name)
        apart.append(replace(one, name=name))
    return replace(map_file, perspectives=tuple(apart)), lost


def _table_file(folder: Folder, name: str) -> SourceFile:
    """The table of that name, or else the Parquet file that bears its name."""
    instead = name.removesuffix("csv") + "parquet"
    return folder.read(instead if name not in folder and instead in folder else name)


def _factor(row: Row, number: int) -> MapFactor:
    if row["id"] is None:
        raise InputProblem(FACTORS, row=number, column="id", found="nothing", expected="an id")
    return MapFactor(
        id=str(row["id"]),
        label=str(row.get("label") or ""),
        note=str(row.get("note") or ""),
        x=_float(row, "x", FACTORS, number),
        y=_float(row, "y", FACTORS, number),
    )


def _link(row: Row, number: int, factors: Mapping[str, MapFactor]) -> MapLink:
    for end in ("source", "target"):
        if str(row[end]) not in factors:
            found = row[end] if row[end] is not None else "nothing"
            raise InputProblem(LINKS, row=number, column=end, found=found, expected=f"an id of {FACTORS}")
    sign = _SIGNS.get(str(row["sign"]).strip())
    if sign is None:
        found = row["sign"] if row["sign"] is not None else "nothing"
        raise InputProblem(LINKS, row=number, column="sign", found=found, expected="1, -1, + or -")
    weight = _float(row, "weight", LINKS, number)
    if weight is not None and not 0 < sign * weight <= 1:
        expected = f"a weight of the sign {sign:+d}, not 0 and at most 1 in size"
        raise InputProblem(LINKS, row=number, column="weight", found=row["weight"], expected=expected)
    return MapLink(
        source=str(row["source"]),
        target=str(row["target"]),
        sign=sign,
        weight=weight,
        confidence=_float(row, "confidence", LINKS, number),
        delay=str(row.get("delay") or ""),
        evidence=str(row.get("evidence") or ""),
    )


def _float(row: Row, column: str, file: str, number: int) -> float | None:
    value = row.get(column)
    if value is None:
        return None
    try:
        read = float(value)
    except (ValueError, TypeError):  # a Parquet table may hold dates and lists
        raise InputProblem(file, row=number, column=column, found=value, expected="a number") from None
    if read != read or abs(read) == float("inf"):
        raise InputProblem(file, row=number, column=column, found=value, expected="a number")
    return read


def _number(value: float | None) -> str:
    return "" if value is None else repr(float(value))


def _table(columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> bytes:
    lines = (",".join(_cell(str(value)) for value in row) for row in (columns, *rows))
    return "".join(f"{line}\n" for line in lines).encode()


def _cell(words: str) -> str:
    """Quoted where need be: also for a carriage return, which a reader would take for a part of the line's end."""
    return '"' + words.replace('"', '""') + '"' if _TO_QUOTE.search(words) else words
