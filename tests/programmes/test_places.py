"""A place is added with its issue and its areas, and keeps its addresses."""

from datetime import UTC, date, datetime

import pytest

from knotwork.core import clock
from knotwork.core.accounts.viewer import STRANGER
from knotwork.core.rules import Refused
from knotwork.programmes import queries, services
from knotwork.programmes.models import Area, Place, Role, Stage, Theme
from knotwork.programmes.queries import AreaView, MovedTo
from knotwork.programmes.services import AreaFacts, AreaPeriod, PlaceWords
from tests.builders import a_place, a_programme
from tests.programmes.build import ADMINISTRATOR, somebody, the_place, the_team_of, verbs

pytestmark = pytest.mark.django_db

SQUARE = {"type": "Polygon", "coordinates": [[[0, 51], [1, 51], [1, 52], [0, 51]]]}


def test_places_stand_in_the_order_in_which_they_were_added() -> None:
    programme = a_programme()
    for name in ("Westbrook", "Eastmere"):
        services.add_place(programme.pk, PlaceWords(name, visibility=Stage.PUBLIC), by=the_team_of(programme))
    assert [place.name for place in queries.places_of(programme.pk, STRANGER)] == ["Westbrook", "Eastmere"]
    assert verbs() == ["place.added", "place.added"]


def test_a_lead_changes_her_own_place_and_no_other() -> None:
    place = a_place()
    neighbour = a_place(place.programme)
    lead = somebody(Role.PLACE_LEAD, place=place)
    assert services.change_place(place.pk, PlaceWords("Northvale", "Later life"), by=lead)
    with pytest.raises(Refused, match="Only the leads"):
        services.change_place(neighbour.pk, PlaceWords("Northvale"), by=lead)


def test_saying_the_same_again_changes_nothing() -> None:
    words = PlaceWords("Northvale", "Later life", "Northvale Board", ("food", "older people"))
    made = services.add_place(a_programme().pk, words, by=ADMINISTRATOR)
    assert not services.change_place(made.id, words, by=ADMINISTRATOR)
    assert services.place_words_of(made.id) == words


def test_a_theme_is_shared_by_all_who_write_it() -> None:
    programme = a_programme()
    for name in ("Northvale", "Eastmere"):
        services.add_place(programme.pk, PlaceWords(name, themes=("Older people",)), by=ADMINISTRATOR)
    assert Theme.objects.count() == 1


def test_a_sensitive_place_without_words_of_help_is_refused() -> None:
    with pytest.raises(Refused, match="needs words of help"):
        services.add_place(a_programme().pk, PlaceWords("Northvale", is_sensitive=True), by=ADMINISTRATOR)
    assert not Place.objects.exists()


def test_an_old_address_of_a_place_leads_to_the_new_one() -> None:
    place = a_place(slug="one")
    services.move_place(place.pk, "two", by=ADMINISTRATOR)
    there = MovedTo(f"/programmes/{place.programme.slug}/places/two/")
    assert queries.place_at(place.programme.slug, "one", STRANGER) == there


def test_old_addresses_of_programme_and_place_are_followed_together() -> None:
    place = a_place(a_programme(slug="old-programme"), slug="old-place")
    services.move_place(place.pk, "new-place", by=ADMINISTRATOR)
    services.move_programme(place.programme.pk, "new-programme", by=ADMINISTRATOR)
    there = MovedTo("/programmes/new-programme/places/new-place/")
    for address in (
        ("old-programme", "old-place"),
        ("old-programme", "new-place"),
        ("new-programme", "old-place"),
    ):
        assert queries.place_at(*address, STRANGER) == there


def test_two_programmes_may_each_have_a_place_at_the_same_address() -> None:
    one, other = a_place(slug="kettle-lane"), a_place(slug="kettle-lane")
    assert the_place(one.programme.slug, "kettle-lane").id == one.pk
    assert the_place(other.programme.slug, "kettle-lane").id == other.pk


def test_a_former_address_stays_with_its_place() -> None:
    place = a_place(slug="one")
    services.move_place(place.pk, "two", by=ADMINISTRATOR)
    words = PlaceWords("Another")
    with pytest.raises(Refused, match="is taken"):
        services.add_place(place.programme.pk, words, by=ADMINISTRATOR, slug="one")
    services.move_place(place.pk, "one", by=ADMINISTRATOR)
    assert the_place(place.programme.slug, "one").id == place.pk


def test_areas_stand_with_their_dates_in_words() -> None:
    services.hold_areas([AreaFacts("E1", "Northvale Urban"), AreaFacts("E2", "Northvale")])
    place = a_place()
    periods = [AreaPeriod("E2", date(2019, 4, 1)), AreaPeriod("E1", until_date=date(2019, 4, 1))]
    assert services.set_areas(place.pk, periods, by=ADMINISTRATOR)
    assert not services.set_areas(place.pk, periods, by=ADMINISTRATOR)
    shown = the_place(place.programme.slug, place.slug).areas
    assert [area.words for area in shown] == ["Northvale, since 2019", "Northvale Urban, until 2019"]


@pytest.mark.parametrize(
    ("begins", "ends", "words"),
    [
        (None, None, "Northvale"),
        (date(1974, 4, 1), date(2019, 4, 1), "Northvale, 1974 to 2019"),
        (None, date(2019, 4, 1), "Northvale, until 2019"),
    ],
)
def test_an_area_says_its_years(begins: date | None, ends: date | None, words: str) -> None:
    assert AreaView("E1", "Northvale", begins, ends).words == words


def test_an_unknown_area_is_refused_and_nothing_is_written() -> None:
    services.hold_areas([AreaFacts("E1", "Northvale")])
    place = a_place()
    services.set_areas(place.pk, [AreaPeriod("E1")], by=ADMINISTRATOR)
    with pytest.raises(Refused, match="E9"):
        services.set_areas(place.pk, [AreaPeriod("E9")], by=ADMINISTRATOR)
    assert [area.code for area in the_place(place.programme.slug, place.slug).areas] == ["E1"]


def test_areas_are_found_by_name_or_by_code() -> None:
    services.hold_areas([AreaFacts("E1", "Northvale", date(2019, 4, 1)), AreaFacts("E2", "Eastmere")])
    assert services.areas_named([" northvale ", "", "e2"]) == [
        AreaPeriod("E1", date(2019, 4, 1)),
        AreaPeriod("E2"),
    ]
    with pytest.raises(Refused, match="Atlantis"):
        services.areas_named(["Atlantis"])


def test_a_changed_outline_changes_the_state_of_the_outlines() -> None:
    with clock.moved_to(datetime(2024, 1, 1, tzinfo=UTC)):
        services.hold_areas([AreaFacts("E06000001", "Northvale", outline=SQUARE)])
    before = queries.outlines_state()
    services.hold_areas([AreaFacts("E06000001", "Northvale", outline=SQUARE)])
    assert queries.outlines_state() == before
    services.hold_areas([AreaFacts("E06000001", "Northvale", outline=SQUARE, source="Another")])
    assert queries.outlines_state() != before
    assert Area.objects.count() == 1


def test_places_alike_are_those_that_share_a_theme() -> None:
    programme = a_programme()
    for name, themes in (("A", ("food",)), ("B", ("food", "work")), ("C", ("work",)), ("D", ("data",))):
        words = PlaceWords(name, themes=themes, visibility=Stage.PUBLIC)
        services.add_place(programme.pk, words, by=ADMINISTRATOR)
    alike = queries.places_with_themes_of(the_place(programme.slug, "b"), STRANGER)
    assert [place.name for place in alike] == ["A", "C"]
