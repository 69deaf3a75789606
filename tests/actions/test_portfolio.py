"""All try-outs together: by key, by place, for whoever may see them."""

from typing import Any

import pytest
from django.test import Client

from knotwork.actions import services
from knotwork.actions.queries.portfolio import KEYS, portfolio_for
from knotwork.core.accounts.viewer import STRANGER
from tests.actions.build import READY, going, planned
from tests.builders import a_place, a_programme, a_try_out, whole_body_of
from tests.programmes.build import ADMINISTRATOR
from tests.thread.build import a_mapped_programme

pytestmark = pytest.mark.django_db


def a_portfolio() -> Any:
    """A programme with two places: one try-out with two keys, one that ended, one of the whole programme."""
    programme = a_programme(name="Later life")
    north, south = a_place(programme, name="Northvale"), a_place(programme, name="Southfold")
    bus = going(north)
    for key in ("power", "money"):
        services.say_what_must_change(bus, key, "Something", by=ADMINISTRATOR)
    services.say_how_it_turns(bus, "money", "changed", by=ADMINISTRATOR)
    services.end(going(south), "adapted", "Smaller", by=ADMINISTRATOR)
    a_try_out(programme, title="For all")
    return programme


def test_the_four_keys_that_turn_a_system_come_first() -> None:
    assert [key.value for key in KEYS[:4]] == ["purpose", "power", "relationships", "resources"]
    assert [key.value for key in KEYS[4:]] == ["money", "rules", "data", "habits"]


def test_each_row_says_how_far_each_key_is() -> None:
    found = portfolio_for(STRANGER, programme=a_portfolio().public_id)
    bus = found.rows[0]
    assert bus.states == ("", "not_yet", "", "", "changed", "", "", "")
    assert (found.said, found.changed) == (2, 1)


def test_each_place_is_counted_and_what_is_for_all_stands_with_the_programme() -> None:
    found = portfolio_for(STRANGER, programme=a_portfolio().public_id)
    assert [(each.place, each.counts) for each in found.places] == [
        ("Northvale", (0, 1, 0, 0, 0, 0)),
        ("Southfold", (0, 0, 0, 0, 1, 0)),
        ("Later life", (0, 1, 0, 0, 0, 0)),
    ]


def test_what_the_viewer_may_not_see_is_not_in_it() -> None:
    place = a_place()
    planned(place, READY.__class__("Hidden", visibility="place"))
    assert portfolio_for(STRANGER).rows == ()
    assert len(portfolio_for(ADMINISTRATOR).rows) == 1


def test_the_pages_show_the_picture_the_table_and_a_file(client: Client) -> None:
    programme = a_portfolio()
    address = f"/programmes/{programme.slug}/try/portfolio"
    page = client.get(f"{address}/").content.decode()
    assert "picture--keys" in page
    assert "Around these try-outs 2 things must change; 1 have." in page
    assert "picture--england" not in page
    assert client.get("/try/portfolio/").status_code == 200
    table = whole_body_of(client.get(f"{address}.csv")).decode()
    assert table.startswith("Try-out,Place,Where it stands,Purpose,Power")
    assert "The 4.40 home,Northvale,Going on,nobody said,not yet" in table


def test_where_places_have_outlines_a_map_shows_which_of_them_try_something(client: Client) -> None:
    programme, eastmere, _westbrook = a_mapped_programme()
    address = f"/programmes/{programme.slug}/try/portfolio/"
    assert "picture--england" not in client.get(address).content.decode()
    going(eastmere)
    page = client.get(address).content.decode()
    assert "picture--england" in page
    assert "1 place tries something out. The others are drawn hollow." in page
    assert f'href="/programmes/{programme.slug}/places/eastmere/try/"' in page


def test_a_programme_without_any_says_what_will_stand_here(client: Client) -> None:
    page = client.get(f"/programmes/{a_programme().slug}/try/portfolio/").content.decode()
    assert "No try-out here yet" in page


def test_many_cost_as_many_questions_as_few(django_assert_num_queries: Any) -> None:
    programme = a_portfolio()
    with django_assert_num_queries(3):
        portfolio_for(ADMINISTRATOR, programme=programme.public_id)
    a_portfolio()
    for place in programme.places.all():
        services.say_what_must_change(going(place), "data", "Something", by=ADMINISTRATOR)
    with django_assert_num_queries(3):
        portfolio_for(ADMINISTRATOR)


def test_a_try_out_is_never_called_portfolio_in_its_address() -> None:
    made = services.plan(a_place().programme.pk, READY.__class__("Portfolio"), by=ADMINISTRATOR)
    assert made.slug == "portfolio-2"
