import csv
import json
from pathlib import Path

import pytest

from knotwork.drawing.england import MapPlace, england_map
from knotwork.drawing.geography import Outline, outlines_of
from knotwork.drawing.picture import Picture

PLACES = Path(__file__).parents[1] / "data" / "places"


def read_outlines(name: str) -> dict[str, Outline]:
    return outlines_of(json.loads((PLACES / name).read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def outlines() -> dict[str, Outline]:
    return read_outlines("utla_dec2023_england_simplified.geojson")


@pytest.fixture(scope="session")
def fine_outlines() -> dict[str, Outline]:
    return read_outlines("local_vision_places.geojson")


@pytest.fixture(scope="session")
def areas_of() -> dict[str, dict[str, str]]:
    """Place -> code -> name of its areas, abolished ones too."""
    found: dict[str, dict[str, str]] = {}
    with (PLACES / "local_vision_places.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["place"], {})[row["code"]] = row["name"]
    return found


@pytest.fixture(scope="session")
def places(areas_of: dict[str, dict[str, str]]) -> list[MapPlace]:
    return [
        MapPlace(title, f"/places/{number}", tuple(areas), areas=tuple(areas.values()))
        for number, (title, areas) in enumerate(areas_of.items(), start=1)
    ]


@pytest.fixture(scope="session")
def england(places: list[MapPlace], outlines: dict[str, Outline]) -> Picture:
    return england_map(places, outlines, name="england", title="Places", description="24 places in England.")
