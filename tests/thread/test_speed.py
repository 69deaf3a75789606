"""Pages ask the database a bounded number of questions, however many places there are, and draw a map once."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from knotwork.programmes.maps import england_drawn
from knotwork.programmes.models import Place
from tests.builders import a_conversation, a_person, a_place, signed_in
from tests.thread.build import a_mapped_programme
from tests.told import tell

pytestmark = pytest.mark.django_db

MOST_QUERIES = 25


def questions(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/programmes/",
        "/programmes/local-vision/",
        "/programmes/local-vision/places/wirral/",
        "/contact/",
    ],
)
def test_a_page_asks_few_questions(client: Client, address: str) -> None:
    tell("local-vision")
    questions(client, address)
    assert questions(client, address) <= MOST_QUERIES


@pytest.mark.parametrize(("place", "most"), [("york", 34), ("northvale", 43)])
def test_a_place_page_made_anew_for_somebody_signed_in_asks_few_questions(
    client: Client, place: str, most: int
) -> None:
    """It is never kept for her, so each question is paid for by every reader: about three for each room."""
    tell("local-vision" if place == "york" else "northvale")
    row = Place.objects.select_related("programme").get(slug=place)
    signed_in(client, a_person())
    address = f"/programmes/{row.programme.slug}/places/{place}/"
    questions(client, address)
    assert questions(client, address) <= most


@pytest.mark.parametrize("page", ["", "places/eastmere/"])
def test_more_places_and_conversations_do_not_mean_more_questions(client: Client, page: str) -> None:
    programme, _, _ = a_mapped_programme()
    a_conversation(programme)
    address = f"/programmes/{programme.slug}/{page}"
    questions(client, address)
    few = questions(client, address)
    for _ in range(5):
        a_conversation(programme, place=a_place(programme))
    assert questions(client, address) <= few


def test_the_second_reader_of_a_page_waits_for_no_drawing(client: Client) -> None:
    tell("local-vision")
    client.get("/programmes/local-vision/")
    drawn = england_drawn.cache_info().misses
    signed_in(client, a_person())
    assert client.get("/programmes/local-vision/").status_code == 200
    assert england_drawn.cache_info().misses == drawn
