"""Official figures of how many people live in an area, and what a place is made of by age."""

from datetime import date

import pytest

from knotwork.core.rules import Refused
from knotwork.programmes import queries, services
from knotwork.programmes.models import Area, AreaPopulation, Place, PlaceArea
from tests.builders import a_place

pytestmark = pytest.mark.django_db
OFFICE = {"source": "Office for National Statistics", "licence": "Open Government Licence v3.0"}


def facts(code: str = "E06000001", year: int = 2020, people: int = 100) -> list[services.PopulationFacts]:
    """Two groups of ages, and the oldest."""
    ages = ((0, 14), (15, 79), (80, None))
    return [services.PopulationFacts(code, year, low, high, people, **OFFICE) for low, high in ages]


def a_place_of(*codes: str) -> Place:
    place = a_place()
    for code in codes:
        area, _is_new = Area.objects.get_or_create(code=code, defaults={"name": f"Area {code}"})
        PlaceArea.objects.create(place=place, area=area)
    return place


def test_figures_are_held_once_and_only_differences_are_written() -> None:
    a_place_of("E06000001")
    assert services.hold_populations(facts()) == 3
    assert services.hold_populations(facts()) == 0
    assert services.hold_populations(facts(people=101)) == 3
    assert set(AreaPopulation.objects.values_list("people", flat=True)) == {101}
    assert "80 or over" in str(AreaPopulation.objects.last())
    assert "0 to 14" in str(AreaPopulation.objects.first())


def test_figures_of_an_unknown_area_are_refused_and_nothing_is_written() -> None:
    a_place_of("E06000001")
    with pytest.raises(Refused, match="E99"):
        services.hold_populations([*facts(), *facts("E99")])
    assert not AreaPopulation.objects.exists()


def test_the_people_of_a_place_are_those_of_all_its_present_areas() -> None:
    place = a_place_of("E06000001", "E06000002")
    abolished = Area.objects.create(code="E06000003", name="Gone")
    PlaceArea.objects.create(place=place, area=abolished, until_date=date(2019, 4, 1))
    services.hold_populations([*facts(), *facts("E06000002", people=50)])
    found = queries.population_of_place(place.public_id)
    assert found is not None
    assert [area.people for area in found.areas] == [300, 150]
    assert (found.people_aged(80, None), found.people_aged(0, 79)) == (150, 300)
    assert (found.year, found.source) == (2020, OFFICE["source"])


def test_ages_that_the_figures_cannot_tell_apart_have_no_number() -> None:
    place = a_place_of("E06000001")
    services.hold_populations(facts())
    found = queries.population_of_place(place.public_id)
    assert found is not None
    assert found.people_aged(16, 79) is None
    assert found.people_aged(85, None) is None
    assert found.people_aged(15, None) == 200


def test_a_place_with_an_area_without_figures_has_none() -> None:
    place = a_place_of("E06000001", "E06000002")
    assert queries.population_of_place(place.public_id) is None
    services.hold_populations(facts())
    assert queries.population_of_place(place.public_id) is None
    assert queries.population_of_place(a_place().public_id) is None


def test_all_areas_are_of_the_same_year() -> None:
    place = a_place_of("E06000001", "E06000002")
    services.hold_populations([*facts(year=2019), *facts(), *facts("E06000002", year=2019)])
    found = queries.population_of_place(place.public_id)
    assert found is not None
    assert found.year == 2019
    services.hold_populations(facts("E06000002", year=2018))
    AreaPopulation.objects.filter(area__code="E06000002", year=2019).delete()
    assert queries.population_of_place(place.public_id) is None
