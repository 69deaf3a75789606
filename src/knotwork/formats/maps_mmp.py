"""A map of Mental Modeler (``.mmp``): XML with concepts and their relationships, one person's map to a file.

Influence is a number in [-1, 1], or in older files a letter with a sign, which stands for what the program itself takes
it for: L 0.25, M 0.62, H 1. A note at a relationship is its evidence. A file that declares a document type is refused:
nothing in a map needs one, and entities are a way to fill the memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import isfinite
from xml.etree import ElementTree

from knotwork.formats.maps import MapFactor, MapFile, MapLink, MapPerspective, WrittenMap
from knotwork.formats.maps_words import carried
from knotwork.formats.problems import InputProblem
from knotwork.formats.sources import SourceFile

__all__ = ["LETTERS", "read_mmp_map", "write_mmp_map"]

LETTERS = {"L": 0.25, "M": 0.62, "H": 1.0}
ALONE = "As it was drawn"

_LETTER = re.compile(r"([LMH])\s*([+-])\Z")
# What a concept may say beside its words and its place, and what it says when nobody has said anything.
_OF_A_CONCEPT = {"units": "", "group": "0", "preferredState": "0", "actualState": "0"}
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOST_IN_XML = (
    ("control characters, which XML cannot hold", lambda words: _NOT_IN_XML.sub("", words)),
    ("spaces at the ends of words, and carriage returns", lambda words: _one_line_end(words).strip()),
)


def _one_line_end(words: str) -> str:
    return words.replace("\r\n", "\n").replace("\r", "\n")


class _NoDocumentType(ElementTree.TreeBuilder):
    """Builds the tree, and ends at a document type, in whatever encoding the file is."""

    def doctype(self, *declared: object) -> None:
        raise _DocumentType


class _DocumentType(Exception):  # noqa: N818 - the name says what was found
    pass


def read_mmp_map(source: SourceFile) -> MapFile:
    """Read one file. Relationships of no influence (0, or empty) are no links, and are listed as lost."""
    root = _tree(source)
    name = source.name
    concepts = root.findall("./concepts/concept")
    if not concepts:
        raise InputProblem(name, found="no concepts", expected="a .mmp file of Mental Modeler")
    factors: dict[str, MapFactor] = {}
    for number, concept in enumerate(concepts, start=1):
        factor = _factor(name, concept, number)
        if factor.id in factors:
            raise InputProblem(name, row=number, column="id", found=factor.id, expected="each id once")
        factors[factor.id] = factor
    links: dict[tuple[str, str], MapLink] = {}
    lost = list(_not_kept(root, concepts))
    for number, concept in enumerate(concepts, start=1):
        start = _words(concept, "id")
        for relationship in concept.findall("./relationships/relationship"):
            link = _link(name, start, relationship, factors, number)
            if link is None:
                lost.append(f"from {start} to {_words(relationship, 'id')}: no influence is given")
                continue
            if (link.source, link.target) in links:
                found = f"{start} to {link.target} a second time"
                raise InputProblem(
                    name, row=number, column="relationship", found=found, expected="each pair once"
                )
            links[link.source, link.target] = link
    person = _words(root, "./info/author") or ALONE
    one = MapPerspective(person, 1, tuple(links.values()))
    return MapFile(_words(root, "./info/name"), tuple(factors.values()), (one,), tuple(lost))


def write_mmp_map(map_file: MapFile) -> WrittenMap:
    """One file for each perspective, since a ``.mmp`` holds one person's map."""
    files: dict[str, bytes] = {}
    map_file, lost = carried(map_file, _LOST_IN_XML)
    many = len(map_file.perspectives) > 1
    for number, perspective in enumerate(map_file.perspectives, start=1):
        files[f"map-{number}.mmp" if many else "map.mmp"] = _written(map_file, perspective)
        if perspective.people != 1:
            lost.append(f"{perspective.name}: that {perspective.people} people drew it")
        lost += [
            f"{perspective.name}, {link.source} to {link.target}: {what}"
            for link in perspective.links
            for what in _not_written(link)
        ]
    if not map_file.perspectives:
        files["map.mmp"] = _written(map_file, MapPerspective("", 1, ()))
    return WrittenMap(files, tuple(lost))


def _tree(source: SourceFile) -> ElementTree.Element:
    parser = ElementTree.XMLParser(target=_NoDocumentType())  # noqa: S314 - a document type is refused
    try:
        parser.feed(source.content)
        root: ElementTree.Element = parser.close()
    except _DocumentType:
        raise InputProblem(source.name, found="a document type", expected="a .mmp file without one") from None
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        row = getattr(error, "position", (None, 0))[0]
        raise InputProblem(source.name, row=row, found="what is not XML", expected="a .mmp file") from error
    return root


def _not_kept(root: ElementTree.Element, concepts: list[ElementTree.Element]) -> Iterator[str]:
    """What the file says that has no place in a map of ours."""
    if words := _words(root, "./info/description"):
        yield f"the description: {words}"
    for tag, nothing in _OF_A_CONCEPT.items():
        if many := sum(_words(concept, tag) not in ("", nothing) for concept in concepts):
            yield f"the {tag} of {many} {'concept' if many == 1 else 'concepts'}"
    for scenario in root.findall("./scenarios/scenario"):
        if scenario.find("./concepts/concept") is not None:
            yield f"the scenario {_words(scenario, 'name')}"


def _not_written(link: MapLink) -> Iterator[str]:
    if link.delay:
        yield "delay"
    if link.weight is None:
        yield "that no weight was given; it is written as 1"


def _written(map_file: MapFile, perspective: MapPerspective) -> bytes:
    root = ElementTree.Element("mentalModeler")
    info = ElementTree.SubElement(root, "info")
    _add(info, "name", map_file.title)
    _add(info, "author", "" if perspective.name == ALONE else perspective.name)
    concepts = ElementTree.SubElement(root, "concepts")
    labels = {factor.id: factor.label for factor in map_file.factors}
    links: dict[str, list[MapLink]] = {factor.id: [] for factor in map_file.factors}
    for link in perspective.links:
        links[link.source].append(link)
    for factor in map_file.factors:
        concept = ElementTree.SubElement(concepts, "concept")
        _add(concept, "id", factor.id)
        _add(concept, "name", factor.label)
        for tag, words in (("notes", factor.note), ("x", factor.x), ("y", factor.y)):
            if words not in ("", None):
                _add(concept, tag, str(words))
        relationships = ElementTree.SubElement(concept, "relationships")
        for link in links[factor.id]:
            relationship = ElementTree.SubElement(relationships, "relationship")
            _add(relationship, "id", link.target)
            _add(relationship, "name", labels[link.target])
            _add(relationship, "notes", link.evidence)
            _add(relationship, "confidence", "" if link.confidence is None else repr(link.confidence))
            weight = link.weight if link.weight is not None else float(link.sign)
            _add(relationship, "influence", repr(weight))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _add(parent: ElementTree.Element, tag: str, words: str) -> None:
    ElementTree.SubElement(parent, tag).text = words


def _factor(name: str, concept: ElementTree.Element, number: int) -> MapFactor:
    identifier = _words(concept, "id")
    if not identifier:
        raise InputProblem(name, row=number, column="id", found="nothing", expected="an id for each concept")
    return MapFactor(
        id=identifier,
        label=_words(concept, "name"),
        note=_words(concept, "notes"),
        x=_number(name, concept, "x", number),
        y=_number(name, concept, "y", number),
    )


def _link(
    name: str, start: str, relationship: ElementTree.Element, factors: dict[str, MapFactor], number: int
) -> MapLink | None:
    target = _words(relationship, "id")
    if target not in factors:
        found = target or "nothing"
        raise InputProblem(
            name, row=number, column="relationship", found=found, expected="the id of a concept"
        )
    weight = _weight(name, _words(relationship, "influence"), number)
    if weight == 0:
        return None
    return MapLink(
        source=start,
        target=target,
        sign=1 if weight > 0 else -1,
        weight=weight,
        confidence=_number(name, relationship, "confidence", number),
        evidence=_words(relationship, "notes"),
    )


def _weight(name: str, influence: str, number: int) -> float:
    if letter := _LETTER.match(influence):
        return LETTERS[letter[1]] * (1 if letter[2] == "+" else -1)
    try:
        weight = float(influence or 0)
    except ValueError:
        weight = float("nan")
    if not -1 <= weight <= 1:
        expected = "a number from -1 to 1, or L, M or H with a sign"
        raise InputProblem(name, row=number, column="influence", found=influence, expected=expected)
    return weight


def _number(name: str, element: ElementTree.Element, tag: str, number: int) -> float | None:
    words = _words(element, tag)
    if not words:
        return None
    try:
        value = float(words)
    except ValueError:
        value = float("nan")
    if not isfinite(value):
        raise InputProblem(name, row=number, column=tag, found=words, expected="a number")
    return value


def _words(element: ElementTree.Element, path: str) -> str:
    return (element.findtext(path) or "").strip()
