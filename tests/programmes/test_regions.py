"""In which region a council lies."""

import csv
import gzip
import json
from pathlib import Path

import pytest

import knotwork
from knotwork.programmes import regions
from knotwork.programmes.regions import region_of

ROOT = Path(knotwork.__file__).parent
TABLE = ROOT / "programmes" / "material" / "regions.csv"
PLACES = ROOT / "examples" / "material" / "places"
REGIONS = {
    "East Midlands",
    "East of England",
    "London",
    "North East",
    "North West",
    "South East",
    "South West",
    "West Midlands",
    "Yorkshire and The Humber",
}

pytestmark = pytest.mark.pure


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_there_are_nine_regions_each_with_one_code_and_one_name():
    pairs = {(row["region_code"], row["region"]) for row in rows(TABLE)}
    assert {name for _code, name in pairs} == REGIONS
    assert {code for code, _name in pairs} == {f"E1200000{number}" for number in range(1, 10)}
    assert len(pairs) == 9


def test_every_council_stands_once_in_the_order_of_codes():
    codes = [row["code"] for row in rows(TABLE)]
    assert codes == sorted(set(codes))
    assert {code[:3] for code in codes} == {"E06", "E07", "E08", "E09", "E10"}


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("E08000036", "Yorkshire and The Humber"),
        ("E06000052", "South West"),
        ("E07000037", "East Midlands"),
        ("E06000047", "North East"),
        ("E08000015", "North West"),
        ("E08000026", "West Midlands"),
        ("E10000029", "East of England"),
        ("E09000012", "London"),
        ("E10000016", "South East"),
        ("E10000009", "South West"),
    ],
)
def test_a_council_lies_in_the_region_that_people_know(code, name):
    assert region_of(code) == name


def test_every_area_of_the_places_of_local_vision_has_a_region():
    assert {region_of(row["code"]) for row in rows(PLACES / "place_areas.csv")} <= REGIONS


def test_every_area_with_an_outline_has_a_region():
    drawn = json.loads(gzip.decompress((PLACES / "england.geojson.gz").read_bytes()))["features"]
    assert {region_of(each["properties"]["code"]) for each in drawn} == REGIONS


@pytest.mark.parametrize(
    ("code", "name"),
    [("S12000033", "Scotland"), ("W06000015", "Wales"), ("N09000003", "Northern Ireland")],
)
def test_elsewhere_the_letter_of_the_code_says_the_nation(code, name):
    assert region_of(code) == name


def test_a_code_that_is_not_in_the_list_is_not_guessed():
    assert region_of("E06000999") == "England, region not known"
    assert region_of("X1") == region_of("") == ""


def test_the_list_says_where_it_comes_from():
    notice = (TABLE.parent / "NOTICE.md").read_text(encoding="utf-8")
    assert regions.REGIONS_LICENCE.replace(" v", " v.") in notice
    assert "Office for National Statistics" in regions.REGIONS_SOURCE
