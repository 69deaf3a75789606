"""The built-in example *Systems Leadership - Local Vision*: a real programme of England, as sourced facts.

What is shipped lies in ``material/local_vision`` and ``material/places``. Loading compares what stands with what
is shipped and writes only differences, so it may run again at any time.
"""

import csv
import gzip
import json
import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from knotwork.examples import local_vision_measures
from knotwork.examples.registry import BY_THE_HOUSE, Example, Progress
from knotwork.programmes import queries, services
from knotwork.programmes.models import Part, Place, Programme, Provenance, Stage
from knotwork.programmes.querysets import programmes

KEY = "local-vision"
MATERIAL = Path(__file__).parent / "material"
POPULATION_YEAR = 2020
POPULATION_SOURCE = "Office for National Statistics, mid-year population estimates 2020"
LICENCE = "Open Government Licence v3.0"
AREA_SOURCE = "Office for National Statistics, December 2023, Open Government Licence v3.0"

_PARTS = {
    "founder and partner": Part.FOUNDER,
    "partner": Part.PARTNER,
    "founding conversation": Part.CONVERSATION,
}


def load(progress: Progress) -> None:
    """Bring the programme in, or up to date: all of it or nothing."""
    about = tomllib.loads((MATERIAL / "local_vision" / "programme.toml").read_text(encoding="utf-8"))
    listed = _rows("local_vision/places.csv")
    total = len(listed) + 3
    with transaction.atomic():
        progress("Official areas of England", 0, total)
        services.hold_areas(_areas())
        services.hold_populations(_populations())
        progress("Local Vision: the programme", 1, total)
        programme_id = _programme(about)
        _partners(programme_id)
        _ledger(programme_id, about["ledger"])
        place_ids = {}
        for number, row in enumerate(listed, start=2):
            progress(f"Local Vision: {row['place']}", number, total)
            place_ids[row["place"]] = _place(programme_id, row, about["help"].get(row["place"], {}))
        progress("Local Vision: facts and sources", total - 1, total)
        _facts(programme_id, place_ids)
    progress("Local Vision: what can be measured", total, total)
    local_vision_measures.load(place_ids)


def withdraw() -> None:
    """Take the programme out of sight."""
    for programme in Programme.objects.filter(slug=KEY):
        services.withdraw_programme(programme.pk, "The example was removed.", by=BY_THE_HOUSE)


def is_there() -> bool:
    """Whether the programme stands."""
    return programmes().standing().filter(slug=KEY).exists()


def _programme(about: Mapping[str, Any]) -> int:
    words = services.ProgrammeWords(
        name=about["name"],
        short_name=about["short_name"],
        summary=about["summary"],
        thesis=about["thesis"],
        country=about["country"],
        began=about["began"],
        overseen_by=about["overseen_by"],
        bid_sponsor=about["bid_sponsor"],
        sites_stated=about["sites_stated"],
        attribution=about["attribution"],
        provenance=Provenance.REAL_FACTS.value,
        visibility=Stage.PUBLIC.value,
        order=10,
    )
    row = Programme.objects.filter(slug=about["slug"]).first()
    if row is None:
        programme_id = services.create_programme(words, by=BY_THE_HOUSE, slug=about["slug"]).id
    else:
        programme_id = row.pk
        services.restore_programme(programme_id, by=BY_THE_HOUSE)
        services.change_words(programme_id, words, by=BY_THE_HOUSE)
    services.set_aims(programme_id, about["aims"], by=BY_THE_HOUSE)
    return programme_id


def _partners(programme_id: int) -> None:
    for order, row in enumerate(_rows("local_vision/organisations.csv"), start=1):
        partner = services.Partner(row["organisation"], _PARTS[row["role"]].value, row["note"], order)
        services.add_partner(programme_id, partner, by=BY_THE_HOUSE)


def _ledger(programme_id: int, line: Mapping[str, Any]) -> None:
    """One line for all that the partners gave; its shares are not public."""
    if not queries.ledger_of(programme_id, BY_THE_HOUSE).entries:
        gift = services.Gift(
            line["what"], line["kind"], Decimal(line["amount"]), line["currency"], source=line["source"]
        )
        services.add_entry(programme_id, gift, by=BY_THE_HOUSE)


def _place(programme_id: int, row: Mapping[str, str], help_there: Mapping[str, str]) -> int:
    words = services.PlaceWords(
        name=row["place"],
        issue=row["issue"],
        themes=tuple(sorted(row["themes"].split(";"))),
        is_sensitive=row["sensitive"] == "yes",
        help_text=help_there.get("text", ""),
        help_url=help_there.get("url", ""),
        visibility=Stage.PUBLIC.value,
    )
    stands = Place.objects.filter(programme_id=programme_id, name=row["place"]).first()
    if stands is None:
        place_id = services.add_place(programme_id, words, by=BY_THE_HOUSE).id
    else:
        place_id = stands.pk
        services.change_place(place_id, words, by=BY_THE_HOUSE)
    services.set_areas(place_id, _periods(row["place"]), by=BY_THE_HOUSE)
    return place_id


def _facts(programme_id: int, place_ids: Mapping[str, int]) -> None:
    for order, row in enumerate(_rows("local_vision/facts.csv"), start=1):
        place_id = place_ids[row["place"]] if row["place"] else None
        services.add_fact(
            programme_id, row["fact"], row["source"], place_id=place_id, order=order, by=BY_THE_HOUSE
        )


def _areas() -> list[services.AreaFacts]:
    """All upper-tier areas of England with outlines, and the abolished ones that places were made of."""
    collection = json.loads(gzip.decompress((MATERIAL / "places" / "england.geojson.gz").read_bytes()))
    dates = {row["code"]: _dates(row["status"]) for row in _rows("places/place_areas.csv")}
    found = [
        _area(feature, *dates.get(feature["properties"]["code"], (None, None)))
        for feature in collection["features"]
    ]
    drawn = {area.code for area in found}
    return found + [
        services.AreaFacts(row["code"], row["name"], *dates[row["code"]], source=AREA_SOURCE)
        for row in _rows("places/place_areas.csv")
        if row["code"] not in drawn
    ]


def _populations() -> list[services.PopulationFacts]:
    """The people of the places' present areas, in groups of five years of age."""
    packed = (MATERIAL / "places" / "population.csv.gz").read_bytes()
    rows = csv.DictReader(gzip.decompress(packed).decode("utf-8").splitlines())
    return [
        services.PopulationFacts(
            row["code"],
            POPULATION_YEAR,
            int(row["from_age"]),
            int(row["to_age"]) if row["to_age"] else None,
            int(row["people"]),
            POPULATION_SOURCE,
            LICENCE,
        )
        for row in rows
    ]


def _area(
    feature: Mapping[str, Any], valid_from: date | None, valid_until: date | None
) -> services.AreaFacts:
    about = feature["properties"]
    return services.AreaFacts(
        about["code"],
        about["name"],
        valid_from,
        valid_until,
        longitude=about["lon"],
        latitude=about["lat"],
        outline=feature["geometry"],
        source=AREA_SOURCE,
    )


def _periods(place: str) -> list[services.AreaPeriod]:
    rows = [row for row in _rows("places/place_areas.csv") if row["place"] == place]
    return [services.AreaPeriod(row["code"], *_dates(row["status"])) for row in rows]


def _dates(status: str) -> tuple[date | None, date | None]:
    """From when, until when: ``current``, ``created 2019-04-01`` or ``abolished 2019-04-01``."""
    word, _, day = status.partition(" ")
    moment = date.fromisoformat(day) if day else None
    return (moment if word == "created" else None, moment if word == "abolished" else None)


def _rows(name: str) -> list[dict[str, str]]:
    with (MATERIAL / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


EXAMPLE = Example(KEY, "Systems Leadership - Local Vision", 3, load, withdraw, is_there, order=10)
