"""A map in our own JSON: everything kept, each person's map whole. The file bears its schema's name and version.

::

    {"schema": "knotwork-map", "version": 1, "title": ...,
     "factors": [{"id", "label", "note", "x", "y"}],
     "perspectives": [{"name", "people", "links": [{"source", "target", "sign", "weight", ...}]}],
     "links": [{"source", "target", "n_all", "n_link", "n_plus", "n_minus", "mean_all", "mean_drawers", "support",
                "conflict"}]}

``links`` are those of all perspectives laid on one another: worked out for readers, and never read back.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from knotwork.formats.maps import MapFactor, MapFile, MapLink, MapPerspective, WrittenMap
from knotwork.formats.problems import InputProblem
from knotwork.formats.sources import SourceFile
from knotwork.formats.writing import json_bytes
from knotwork.methods.causal.merge import Merged, PerspectiveLinks, merge

__all__ = ["SCHEMA", "VERSION", "map_as_json", "merged_links", "read_json_map", "write_json_map"]

SCHEMA, VERSION = "knotwork-map", 1
LARGEST_NUMBER = 1e300
MOST_PEOPLE = 1_000_000


def merged_links(map_file: MapFile) -> Merged:
    """What all perspectives of the map say together."""
    return merge(
        [
            PerspectiveLinks(
                one.name,
                tuple((link.source, link.target, link.weight or float(link.sign)) for link in one.links),
            )
            for one in map_file.perspectives
        ]
    )


def map_as_json(map_file: MapFile) -> dict[str, Any]:
    """The content of the file."""
    return {
        "schema": SCHEMA,
        "version": VERSION,
        "title": map_file.title,
        "factors": [_without_nothing(vars(factor)) for factor in map_file.factors],
        "perspectives": [
            {
                "name": one.name,
                "people": one.people,
                "links": [_without_nothing(vars(link)) for link in one.links],
            }
            for one in map_file.perspectives
        ],
        "links": list(merged_links(map_file).links.iter_rows(named=True)),
    }


def write_json_map(map_file: MapFile) -> WrittenMap:
    """The map as ``map.json``; nothing is lost."""
    return WrittenMap({"map.json": json_bytes(map_as_json(map_file))}, ())


def read_json_map(source: SourceFile) -> MapFile:
    """Read our own JSON, of this version or an older one."""
    name = source.name
    content = _parsed(source)
    if not isinstance(content, dict) or content.get("schema") != SCHEMA:
        raise InputProblem(name, column="schema", found="another schema", expected=SCHEMA)
    if content.get("version") != VERSION:
        raise InputProblem(name, column="version", found=content.get("version"), expected=str(VERSION))
    factors: dict[str, MapFactor] = {}
    for number, row in enumerate(_rows(name, content, "factors"), start=1):
        factor = MapFactor(
            id=_text(name, row, "id", number),
            label=_text(name, row, "label", number, required=False),
            note=_text(name, row, "note", number, required=False),
            x=_number(name, row, "x", number),
            y=_number(name, row, "y", number),
        )
        if factor.id in factors:
            raise InputProblem(name, row=number, column="id", found=factor.id, expected="each id once")
        factors[factor.id] = factor
    perspectives = tuple(
        _perspective(name, row, number, factors)
        for number, row in enumerate(_rows(name, content, "perspectives"), start=1)
    )
    title = _text(name, content, "title", None, required=False)
    return MapFile(title, tuple(factors.values()), perspectives)


def _parsed(source: SourceFile) -> Any:
    try:
        content = json.loads(source.content.decode("utf-8-sig"))
        if b"\\ud" in source.content.lower():  # half a character can be said so, and nobody can write it out
            json.dumps(content, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:  # a number of thousands of digits is a plain ValueError
        found, expected = "a file that is not JSON in UTF-8", f"a {SCHEMA} file"
        raise InputProblem(source.name, found=found, expected=expected) from error
    return content


def _perspective(
    name: str, row: Mapping[str, Any], number: int, factors: Mapping[str, MapFactor]
) -> MapPerspective:
    people = row.get("people", 1)
    if type(people) is not int or not 1 <= people <= MOST_PEOPLE:
        expected = f"a number from 1 to {MOST_PEOPLE:,}"
        raise InputProblem(name, row=number, column="people", found=people, expected=expected)
    links: dict[tuple[str, str], MapLink] = {}
    for position, each in enumerate(_rows(name, row, "links"), start=1):
        link = _link(name, each, position, factors)
        if (link.source, link.target) in links:
            found = f"{link.source} to {link.target} a second time"
            raise InputProblem(name, row=position, column="links", found=found, expected="each pair once")
        links[link.source, link.target] = link
    return MapPerspective(_text(name, row, "name", number), people, tuple(links.values()))


def _link(name: str, row: Mapping[str, Any], number: int, factors: Mapping[str, MapFactor]) -> MapLink:
    ends = {}
    for end in ("source", "target"):
        ends[end] = _text(name, row, end, number)
        if ends[end] not in factors:
            raise InputProblem(name, row=number, column=end, found=ends[end], expected="an id of a factor")
    sign, weight = row.get("sign"), _number(name, row, "weight", number)
    if type(sign) is not int or sign not in (1, -1):
        raise InputProblem(name, row=number, column="sign", found=sign, expected="1 or -1")
    if weight is not None and not 0 < sign * weight <= 1:
        expected = f"a weight of the sign {sign:+d}, not 0 and at most 1 in size"
        raise InputProblem(name, row=number, column="weight", found=weight, expected=expected)
    return MapLink(
        **ends,
        sign=sign,
        weight=weight,
        confidence=_number(name, row, "confidence", number),
        delay=_text(name, row, "delay", number, required=False),
        evidence=_text(name, row, "evidence", number, required=False),
    )


def _rows(name: str, content: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    rows = content.get(key)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InputProblem(name, column=key, found=type(rows).__name__, expected="a list of objects")
    return rows


def _text(name: str, row: Mapping[str, Any], key: str, number: int | None, *, required: bool = True) -> str:
    value = "" if row.get(key) is None else row[key]
    if not isinstance(value, str) or (required and not value):
        raise InputProblem(name, row=number, column=key, found=value or "nothing", expected="a text")
    return value


def _number(name: str, row: Mapping[str, Any], key: str, number: int) -> float | None:
    value = row.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= LARGEST_NUMBER:
        raise InputProblem(name, row=number, column=key, found=value, expected="a number")
    return float(value)


def _without_nothing(content: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in content.items() if value not in (None, "")}
