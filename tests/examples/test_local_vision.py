"""The built-in example is what the sources say, and loads as often as one likes."""

from datetime import date

import pytest

from knotwork.core.accounts.viewer import STRANGER
from knotwork.core.events.models import Event
from knotwork.examples import services
from knotwork.examples.local_vision import KEY, MATERIAL
from knotwork.examples.models import ExampleLoad
from knotwork.examples.queries import examples_are_loaded
from knotwork.examples.registry import examples
from knotwork.programmes import queries
from knotwork.programmes.models import Area, Fact, LedgerEntry, Partnership, Place, Programme
from knotwork.programmes.queries import PlaceView, ProgrammeView
from tests.told import tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def local_vision() -> ProgrammeView:
    tell(KEY)
    found = queries.programme_at("local-vision", STRANGER)
    assert isinstance(found, ProgrammeView)
    return found


def the_place(slug: str) -> PlaceView:
    found = queries.place_at("local-vision", slug, STRANGER)
    assert isinstance(found, PlaceView)
    return found


def test_anybody_sees_24_listed_places_where_25_are_stated(local_vision: ProgrammeView) -> None:
    assert local_vision.sites_stated == 25
    assert len(queries.places_of(local_vision.id, STRANGER)) == 24


def test_every_place_has_an_issue_a_theme_and_an_area_with_an_outline(local_vision: ProgrammeView) -> None:
    drawn = {area.code for area in queries.upper_tier_outlines()}
    for place in queries.places_of(local_vision.id, STRANGER):
        assert place.issue
        assert place.themes
        assert any(area.code in drawn for area in place.areas), place.name


def test_the_country_behind_the_places_has_all_153_upper_tier_areas(local_vision: ProgrammeView) -> None:
    assert len(queries.upper_tier_outlines()) == 153


def test_every_place_knows_how_many_live_there_and_how_old_they_are(local_vision: ProgrammeView) -> None:
    for place in queries.places_of(local_vision.id, STRANGER):
        people = queries.population_of_place(place.public_id)
        assert people is not None, place.name
        assert people.year == 2020
        assert {area.code for area in people.areas} <= {area.code for area in place.areas}
    york = queries.population_of_place(the_place("york").public_id)
    assert york is not None
    # As published: 211,012 people in the middle of 2020.
    assert york.people_aged(0, None) == 211_012


def test_a_place_keeps_its_areas_through_time(local_vision: ProgrammeView) -> None:
    areas = {area.name: area for area in the_place("dorset-bournemouth-and-poole").areas}
    assert areas["Bournemouth"].words == "Bournemouth, until 2019"
    assert areas["Dorset"].words == "Dorset, since 2019"
    assert areas["Bournemouth"].is_in_force(date(2019, 3, 31))
    assert not areas["Bournemouth"].is_in_force(date(2019, 4, 1))
    assert areas["Dorset"].is_in_force(date(2019, 4, 1))


def test_hackney_alone_is_sensitive_and_says_where_help_is(local_vision: ProgrammeView) -> None:
    sensitive = [place.name for place in queries.places_of(local_vision.id, STRANGER) if place.is_sensitive]
    assert sensitive == ["Hackney"]
    hackney = the_place("hackney")
    assert "999" in hackney.help_text
    assert hackney.help_url.startswith("https://www.gov.uk/")


def test_the_ledger_has_one_line_that_is_not_divided_and_names_nobody(local_vision: ProgrammeView) -> None:
    ledger = queries.ledger_of(local_vision.id, STRANGER)
    (entry,) = ledger.entries
    assert (entry.kind, entry.amount_words, entry.contributor) == ("not_divided", "£1,500,000", "")
    assert entry.source


def test_every_fact_has_a_source_and_stands_where_it_belongs(local_vision: ProgrammeView) -> None:
    assert not Fact.objects.filter(source="").exists()
    assert Fact.objects.count() == 13
    assert "Birkenhead" in queries.facts_of(local_vision.id, the_place("wirral").id)[0].text
    assert "March 2014" in queries.facts_of(local_vision.id, the_place("gloucestershire").id)[0].text
    assert any("Plymouth" in fact.text for fact in queries.facts_of(local_vision.id))


def test_nine_partners_are_named_with_their_part(local_vision: ProgrammeView) -> None:
    partners = queries.partners_of(local_vision.id)
    assert len(partners) == 9
    assert partners[0].name == "Department of Health"
    assert [partner.name for partner in partners if partner.part == "conversation"] == ["The King's Fund"]


def test_nobody_is_named_as_lead_or_enabler_of_a_real_place(local_vision: ProgrammeView) -> None:
    for place in Place.objects.all():
        people = queries.people_of_place(place.pk)
        assert (people.leads_from, people.enablers_from, people.has_enabler) == ((), (), False)


def test_loading_again_changes_nothing(local_vision: ProgrammeView) -> None:
    def everything() -> list[object]:
        tables = (Area, Fact, LedgerEntry, Partnership, Place, Programme, Event)
        return [sorted(map(str, table.objects.values_list())) for table in tables]

    before = everything()
    services.load(KEY)
    assert everything() == before


def test_what_was_changed_by_hand_is_put_right_by_loading_again(local_vision: ProgrammeView) -> None:
    Place.objects.filter(slug="wirral").update(issue="Something else")
    services.load(KEY)
    assert the_place("wirral").issue.startswith("Affordable, healthy food")


def test_it_can_be_removed_and_brought_back(local_vision: ProgrammeView) -> None:
    services.remove(KEY)
    assert queries.programme_at("local-vision", STRANGER) is None
    services.load(KEY)
    assert isinstance(queries.programme_at("local-vision", STRANGER), ProgrammeView)
    assert Place.objects.count() == 24


def test_the_historical_telephone_number_is_nowhere() -> None:
    for path in (MATERIAL / "local_vision").iterdir():
        assert "748 4124" not in path.read_text(encoding="utf-8"), path


def test_progress_is_told_step_by_step_and_ends_at_its_total() -> None:
    told: list[tuple[str, int, int]] = []
    services.load(KEY, progress=lambda *step: told.append(step))
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)
    assert told[-1][1] == told[-1][2]


def test_examples_that_are_left_out_on_purpose_count_as_loaded() -> None:
    assert not examples_are_loaded()
    everything = [example.key for example in examples()]
    assert services.load_all(without=everything) == []
    assert examples_are_loaded()
    assert not Programme.objects.exists()


def test_an_older_version_is_not_enough() -> None:
    services.load_all(without=[example.key for example in examples() if example.key != KEY])
    assert examples_are_loaded()
    ExampleLoad.objects.filter(key=KEY).update(version=0)
    assert not examples_are_loaded()
    assert services.load_all() == [KEY]


def test_an_unknown_example_is_refused_with_the_names_of_those_there_are() -> None:
    with pytest.raises(ValueError, match="local-vision"):
        services.load("atlantis")
