"""What the places of Local Vision can be measured by is real, sourced, honest about its limits, and soon loaded."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from knotwork.core.accounts.viewer import STRANGER
from knotwork.core.analyses.models import Snapshot, SnapshotPicture, SnapshotState
from knotwork.core.events.models import Event
from knotwork.examples import services
from knotwork.examples.local_vision import KEY
from knotwork.examples.local_vision_measures import MATERIAL
from knotwork.measures.analyses import KIND
from knotwork.measures.findings import finding_of
from knotwork.measures.models import Indicator, Measure, NothingFits
from knotwork.measures.queries import measures_for, newest_results, places_without_for
from knotwork.programmes.models import Place, Stage
from tests.told import tell

pytestmark = pytest.mark.django_db

WITHOUT = {"Hackney", "Kent", "Luton", "West Cheshire"}


@pytest.fixture
def loaded() -> None:
    tell(KEY)


def the_measure(slug: str) -> Measure:
    return Measure.objects.select_related("indicator").get(slug=slug)


def sentences(slug: str) -> str:
    measure = the_measure(slug)
    return " ".join(finding_of(measure, newest_results([measure.public_id])[measure.public_id]).sentences)


def test_every_place_shows_two_to_four_series_or_says_that_none_fits(loaded: None) -> None:
    shown: dict[str, int] = {}
    for row in measures_for(STRANGER):
        shown[row.place] = shown.get(row.place, 0) + 1
    assert set(Place.objects.values_list("name", flat=True)) - set(shown) == WITHOUT
    assert all(2 <= count <= 4 for count in shown.values())


def test_where_nothing_fits_the_page_says_why_and_of_the_sensitive_place_nothing_is_shown(
    loaded: None,
) -> None:
    assert {row.place for row in places_without_for(STRANGER)} == WITHOUT - {"Hackney"}
    assert NothingFits.objects.get(place__name="Hackney").visibility == Stage.PROGRAMME
    kent = Client().get(reverse("measures:place", args=["local-vision", "kent"])).content.decode()
    assert "None of the 110 indicators that we hold counts that" in kent
    hackney = Client().get(reverse("measures:place", args=["local-vision", "hackney"])).content.decode()
    assert "No figures are shown for this place" in hackney
    assert "few cases" not in hackney


def test_everything_is_worked_out_and_drawn_small(loaded: None) -> None:
    runs = Snapshot.objects.filter(kind=KIND)
    assert runs.count() == Measure.objects.count()
    assert set(runs.values_list("state", flat=True)) == {SnapshotState.GOOD}
    pictures = SnapshotPicture.objects.filter(snapshot__kind=KIND)
    assert pictures.count() == Measure.objects.count()
    assert max(len(one.svg) for one in pictures) < 30_000


def test_series_that_begin_after_the_programme_are_stamped_and_others_are_not(loaded: None) -> None:
    stamps = {row.slug: row.stamps for row in measures_for(STRANGER)}
    assert "Later than the programme" in stamps["calderdale-active-children"]
    assert "Later than the programme" in stamps["south-gloucestershire-four-hours-later"]
    assert "Later than the programme" not in stamps["calderdale-year-6-weight"]


def test_where_the_source_gives_no_limits_it_says_so(loaded: None) -> None:
    stamps = {row.slug: row.stamps for row in measures_for(STRANGER)}
    assert "No limits supplied" in stamps["coventry-active-adults"]
    assert "No limits supplied" not in stamps["wiltshire-four-hours"]


def test_the_gap_in_york_is_the_slope_index_of_its_tenths(loaded: None) -> None:
    men = newest_results([the_measure("york-gap-men").public_id]).popitem()[1]
    assert men["gap"]["sii"] == pytest.approx(7.872273331892856, abs=1e-6)
    assert men["gap"]["lower"] == pytest.approx(6.275452741234123, abs=1e-5)
    assert men["gap"]["upper"] == pytest.approx(9.46909392255159, abs=1e-5)
    assert "are 7.9 years apart" in sentences("york-gap-men")


def test_three_year_figures_get_no_run_rules(loaded: None) -> None:
    assert "Each figure puts several years together" in sentences("york-healthy-life-men")


def test_england_stands_beside_and_without_limits_nothing_is_said_of_the_difference(loaded: None) -> None:
    said = sentences("coventry-active-adults")
    assert "England in the same period" in said
    assert "Without limits we do not say" in said


def test_what_rose_everywhere_is_not_told_as_the_places_own(loaded: None) -> None:
    measure = the_measure("bristol-usual-place")
    assert "All of England rose in the same years" in measure.rival_causes.get().words


def test_every_indicator_names_its_source_its_licence_and_its_edition(loaded: None) -> None:
    for row in Indicator.objects.all():
        assert row.source, row.key
        assert row.definition, row.key
        assert row.licence == "Open Government Licence v3.0"
        assert "Open Government Licence v3.0" in row.attribution
        assert row.vintage


def test_it_says_that_the_places_had_no_part_in_the_choice(loaded: None) -> None:
    assert all("the place had no part in it" in row.signed for row in Measure.objects.all())
    page = Client().get(reverse("measures:measure", args=["local-vision", "york-gap-men"])).content.decode()
    assert "What was chosen before anybody looked" not in page


def test_what_is_shipped_is_small() -> None:
    assert sum(path.stat().st_size for path in MATERIAL.iterdir()) < 100_000


def test_loading_again_changes_nothing_and_works_nothing_out_again(loaded: None) -> None:
    before = (Event.objects.count(), Snapshot.objects.count())
    services.load(KEY)
    assert (Event.objects.count(), Snapshot.objects.count()) == before


def test_the_page_of_a_place_is_light(loaded: None) -> None:
    page = Client().get(reverse("measures:place", args=["local-vision", "york"])).content.decode()
    assert len(page) < 250_000
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
