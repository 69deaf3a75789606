"""The map: 31 made-up people at four tables, each with a map of their own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np

from knotwork.core.strands.models import Relation
from knotwork.core.strands.services import tie
from knotwork.examples.northvale.listening import Heard
from knotwork.examples.northvale.material import on, told
from knotwork.examples.northvale.programme import Cast
from knotwork.examples.registry import BY_THE_HOUSE
from knotwork.formats.maps import MapFactor, MapFile, MapLink, MapPerspective
from knotwork.maps import queries, services
from knotwork.programmes.models import Stage

DRAWN = date(2025, 11, 4)

_SEED = 31
_WEIGHTS = (0.25, 0.5, 0.75, 1.0)
_GREW_OUT_OF = (
    ("bus", "Getting home after four"),
    ("warm", "Somewhere warm to meet"),
    ("hearing", "Hearing"),
    ("label", "The label ‘lonely’"),
)
"""Statements, by their keys, and the factors that they became."""


@dataclass(frozen=True)
class Drawn:
    """The map and its factors, by their labels."""

    public_id: UUID
    factors: Mapping[str, UUID]


def draw(cast: Cast, heard: Heard) -> Drawn:
    """Draw it, name its loops, and tie it to what was said."""
    about = told("map")
    with on(DRAWN):
        words = services.MapWords(
            title=about["title"],
            question=about["question"],
            introduction=about["introduction"],
            year=DRAWN.year,
            visibility=Stage.PUBLIC.value,
        )
        made = services.make_map(cast.programme.pk, words, place_id=cast.northvale.pk, by=BY_THE_HOUSE)
        services.put_in_file(made.id, _as_file(about), by=BY_THE_HOUSE)
        factors = {each.label: each.public_id for each in queries.factors_of(made.public_id, BY_THE_HOUSE)}
        labels = {row["id"]: row["label"] for row in about["factors"]}
        for loop in about["loops"]:
            around = [factors[labels[number]] for number in loop["factors"]]
            services.name_loop(made.id, around, loop["name"], by=BY_THE_HOUSE)
        for key, label in _GREW_OUT_OF:
            statement = ("statement", heard.statements[key].public_id)
            tie(statement, Relation.BECAME, ("factor", factors[label]), by=BY_THE_HOUSE)
    return Drawn(made.public_id, factors)


def _as_file(about: Mapping[str, Any]) -> MapFile:
    """Who drew which link is drawn by lot; how many did is told in the story."""
    chance = np.random.default_rng(_SEED)
    seats = [
        (table, seat) for table, size in enumerate(about["tables"], start=1) for seat in range(1, size + 1)
    ]
    drawn: list[list[MapLink]] = [[] for _ in seats]
    for link in about["links"]:
        people = chance.permutation(len(seats))
        more, less = link.get("more", 0), link.get("less", 0)
        for position, person in enumerate(people[: more + less]):
            sign = 1 if position < more else -1
            weight = sign * float(chance.choice(_WEIGHTS))
            drawn[person].append(MapLink(link["from"], link["to"], sign, weight))
    return MapFile(
        title=about["title"],
        factors=tuple(MapFactor(row["id"], row["label"], row.get("note", "")) for row in about["factors"]),
        perspectives=tuple(
            MapPerspective(f"Table {table}, person {seat}", 1, tuple(links))
            for (table, seat), links in zip(seats, drawn, strict=True)
        ),
    )
