import pytest
from django.test import RequestFactory

from knotwork.core.pages import walk
from knotwork.core.pages.walk import Walk, WalkStep, at_step, start_url, still_on_the_walk, strip_of


@pytest.fixture
def three_steps(monkeypatch):
    """A walk whose second page is gone."""
    steps = (
        WalkStep("Home", "Begin here.", lambda: "/"),
        WalkStep("Gone", "Was here.", lambda: ""),
        WalkStep("Programmes", "End here.", lambda: "/programmes/?theme=water#places"),
    )
    there = Walk("A walk", "home", steps, lambda: True)
    monkeypatch.setattr(walk, "_walks", [there])
    return there


def page_at(address):
    return RequestFactory().get(address)


def test_the_strip_says_where_the_reader_is_and_where_the_walk_goes_on(three_steps):
    strip = strip_of(page_at("/?walk=1"))
    assert (strip.title, strip.number, strip.of) == ("Home", 1, 3)
    assert (strip.back_url, strip.next_title) == ("", "Gone")


def test_a_step_whose_page_is_gone_is_not_linked(three_steps):
    assert strip_of(page_at("/?walk=1")).next_url == ""
    assert strip_of(page_at("/?walk=3")).back_url == ""


def test_the_step_joins_what_the_address_says_already(three_steps):
    assert strip_of(page_at("/?walk=2")).next_url == "/programmes/?theme=water&walk=3#places"
    assert at_step("/a/", 4) == "/a/?walk=4"


def test_the_last_step_has_no_next_one(three_steps):
    strip = strip_of(page_at("/programmes/?walk=3"))
    assert (strip.next_url, strip.next_title) == ("", "")


@pytest.mark.parametrize("typed", ["", "0", "4", "999", "one", "-1", "²"])
def test_what_is_no_step_shows_no_strip(three_steps, typed):
    assert strip_of(page_at(f"/?walk={typed}")) is None


def test_without_its_example_there_is_no_walk(monkeypatch):
    monkeypatch.setattr(walk, "_walks", [Walk("A walk", "home", (), lambda: False)])
    assert strip_of(page_at("/?walk=1")) is None
    assert start_url() == ""


def test_an_address_without_a_page_starts_no_walk(three_steps, monkeypatch):
    monkeypatch.setattr(walk, "_walks", [Walk("A walk", "nowhere", (), lambda: True)])
    assert start_url() == ""


def test_a_form_leads_on_along_the_walk(three_steps):
    assert still_on_the_walk(page_at("/come-back/?walk=2"), "/yours/?just=back") == "/yours/?just=back&walk=2"
    assert still_on_the_walk(page_at("/come-back/"), "/yours/") == "/yours/"
    assert still_on_the_walk(page_at("/come-back/?walk=x"), "/yours/") == "/yours/"
