"""The first page: what Knotwork is, and the ways in."""

import pytest
from django.test import Client

from knotwork.programmes.models import Role
from knotwork.thread.golden_thread import GOLDEN_THREAD
from tests.builders import a_conversation, a_person, a_programme, signed_in
from tests.thread.build import a_mapped_programme

pytestmark = pytest.mark.django_db


def test_an_empty_house_has_a_home_that_says_what_it_is_for(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "knotty issue" in page
    assert "There is no programme yet." in page


def test_home_tells_the_whole_golden_thread_and_leads_into_each_room(client: Client) -> None:
    page = client.get("/").content.decode()
    for knot in GOLDEN_THREAD:
        assert str(knot.title) in page
    for address in ("/listen/", "/map/", "/try/", "/measure/", "/learn/"):
        assert f'<a href="{address}"><strong>' in page


def test_home_leads_to_programmes_their_places_and_a_conversation(client: Client) -> None:
    programme, place, _ = a_mapped_programme()
    conversation = a_conversation(programme, question="Is there a bus after four?")
    page = client.get("/").content.decode()
    for address in (
        f"/programmes/{programme.slug}/",
        f"/places/{place.slug}/",
        f"/listen/{conversation.slug}/results/",
    ):
        assert address in page
    assert "Is there a bus after four?" in page


def test_a_conversation_held_elsewhere_is_shown_first_because_it_is_complete(client: Client) -> None:
    programme = a_programme()
    a_conversation(programme, question="Held elsewhere?", held_elsewhere=True, stage="closed")
    a_conversation(programme, question="Open here?")
    page = client.get("/").content.decode()
    assert "Held elsewhere?" in page
    assert "A real conversation, from open data" in page


def test_home_shows_a_stranger_nothing_of_a_hidden_programme(client: Client) -> None:
    programme, place, _ = a_mapped_programme(visibility="programme", name="Hidden")
    a_conversation(programme, question="Hidden question?")
    for address in ("/", "/programmes/"):
        page = client.get(address).content.decode()
        assert "Hidden" not in page
        assert place.name not in page


def test_the_list_offers_to_begin_a_programme_to_those_who_can(client: Client) -> None:
    programme = a_programme()
    assert "/programmes/new/" not in client.get("/programmes/").content.decode()
    signed_in(client, a_person(Role.PROGRAMME_TEAM, programme))
    assert "/programmes/new/" in client.get("/programmes/").content.decode()
