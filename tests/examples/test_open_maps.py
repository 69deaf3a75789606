"""The built-in example *Open maps*: the obesity map of 2007, drawn readably and looked at from Gloucestershire."""

import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client

from knotwork.core.accounts.viewer import STRANGER
from knotwork.core.analyses import queries as snapshots
from knotwork.core.analyses.services import ask_for_due
from knotwork.drawing.factor_map import box_size
from knotwork.examples import open_maps
from knotwork.examples.open_maps import KEY, REFERENCE
from knotwork.examples.registry import in_silence
from knotwork.maps import queries
from knotwork.maps.analyses import KIND
from knotwork.maps.models import SystemMap
from knotwork.maps.panels import place_panel
from knotwork.maps.querysets import factors_on, references
from knotwork.programmes.models import Programme, Provenance
from tests.builders import a_place, a_programme
from tests.maps.build import html

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def _loaded_once(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """Loaded once for all tests of this file, each of which undoes its own changes."""
    with django_db_blocker.unblock(), transaction.atomic():
        a_place(a_programme(slug="local-vision"), name="Gloucestershire", slug="gloucestershire")
        open_maps.load(in_silence)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def obesity(_loaded_once: None, db: None) -> SystemMap:
    return SystemMap.objects.select_related("programme", "place").get(programme__slug=KEY)


def test_it_is_open_data_with_its_attribution(obesity: SystemMap) -> None:
    assert obesity.programme.provenance == Provenance.OPEN_DATA
    assert (obesity.year, obesity.made_elsewhere) == (2007, True)
    assert "Crown copyright" in obesity.attribution
    assert "Demand for Health" in obesity.introduction


def test_factors_and_links_are_those_of_the_source(obesity: SystemMap) -> None:
    listed = queries.maps_for(STRANGER, programme=obesity.programme.public_id)
    assert [(one.factors, one.links) for one in listed] == [(108, 296)]
    signs = list(obesity.links.values_list("sign", flat=True))
    assert (signs.count(1), signs.count(-1)) == (198, 98)


def test_it_is_worked_out_when_it_is_loaded(obesity: SystemMap) -> None:
    newest = snapshots.newest_good(KIND, obesity.public_id)
    assert newest is not None
    assert newest.result["loops"] > 0
    assert not newest.result["hit_cap"]
    assert ask_for_due() == 0


def test_no_two_labels_overlap(obesity: SystemMap) -> None:
    placed = [(row.x, row.y, *box_size(row.label)) for row in factors_on(obesity)]
    for number, (x, y, wide, high) in enumerate(placed):
        for other_x, other_y, other_wide, other_high in placed[:number]:
            apart_across = abs(x - other_x) >= (wide + other_wide) / 2
            apart_down = abs(y - other_y) >= (high + other_high) / 2
            assert apart_across or apart_down


def test_its_page_opens_on_a_story_and_the_whole_map_is_one_click_away(
    client: Client, obesity: SystemMap
) -> None:
    page = html(client, obesity)
    assert "figure-story" in page
    drawing = re.search(r"<svg xmlns.*?</svg>", page, re.S)
    assert drawing is not None
    assert 2 <= drawing[0].count("<a ") <= 10
    whole = re.search(r"<svg xmlns.*?</svg>", html(client, obesity, "whole"), re.S)
    assert whole is not None
    assert whole[0].count("<a ") == 108


def test_every_factor_can_be_opened_and_shows_nine_at_most(client: Client, obesity: SystemMap) -> None:
    for factor in list(factors_on(obesity))[::9]:
        page = html(client, obesity, "factor", factor.public_id)
        drawing = re.search(r"<svg xmlns.*?</svg>", page, re.S)
        assert drawing is not None
        assert drawing[0].count("<a ") <= 8


def test_gloucestershire_looks_at_it(obesity: SystemMap) -> None:
    one = references().get(map=obesity)
    assert (one.place.name, one.words) == ("Gloucestershire", REFERENCE)
    panel = place_panel(one.place.public_id, STRANGER)
    assert panel is not None
    assert REFERENCE in str(panel.sentences[0])


def test_loading_again_changes_nothing(obesity: SystemMap) -> None:
    edition = obesity.edition
    open_maps.load(in_silence)
    assert SystemMap.objects.get(programme__slug=KEY).edition == edition
    assert references().count() == 1


def test_it_can_be_taken_away_and_brought_back(obesity: SystemMap) -> None:
    open_maps.withdraw()
    assert not open_maps.is_there()
    open_maps.load(in_silence)
    assert open_maps.is_there()
    assert Programme.objects.filter(slug=KEY).count() == 1


def test_without_local_vision_there_is_only_the_map(db: None) -> None:
    open_maps.load(in_silence)
    assert references().count() in (0, 1)
    assert open_maps.is_there()
