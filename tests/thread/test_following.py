"""Following a programme and a place."""

import json

import pytest
from django.test import Client

from knotwork.conversations.models import ConversationStage
from knotwork.conversations.services import close_conversation
from knotwork.core.accounts.viewer import viewer_for
from knotwork.programmes.models import Place, Role, Stage
from knotwork.programmes.services import change_place, place_words_of
from tests.builders import a_conversation, a_person, a_place, a_programme, signed_in
from tests.core.feeds.atom_checker import problems_in
from tests.programmes.build import ADMINISTRATOR

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    place = a_place(name="Eastmere")
    a_conversation(place.programme, place=place, question="Is there a bus after four?")
    return place


def url(place: Place, page: str = "") -> str:
    return f"/programmes/{place.programme.slug}/places/{place.slug}/{page}"


def titles(client: Client, address: str) -> list[str]:
    return [item["title"] for item in json.loads(client.get(address).content)["items"]]


def test_a_place_and_its_programme_have_valid_feeds(client: Client, place):
    for address in (url(place), f"/programmes/{place.programme.slug}/"):
        assert problems_in(client.get(f"{address}feed.atom").content) == []
        assert titles(client, f"{address}feed.json") == ["Say what you think: Is there a bus after four?"]


def test_a_closed_conversation_is_a_second_entry(client: Client, place):
    conversation = place.conversations.get()
    close_conversation(conversation, by=viewer_for(a_person(Role.FACILITATOR, place.programme)))
    assert titles(client, f"{url(place)}feed.json") == [
        "Read what people said: Is there a bus after four?",
        "Say what you think: Is there a bus after four?",
    ]
    assert problems_in(client.get(f"{url(place)}feed.atom").content) == []


def test_the_feed_of_a_place_holds_nothing_of_its_neighbours(client: Client, place):
    other = a_place(place.programme)
    assert titles(client, f"{url(other)}feed.json") == []
    assert problems_in(client.get(f"{url(other)}feed.atom").content) == []


def test_a_feed_is_what_a_stranger_reads_whoever_fetches_it(client: Client, place):
    a_conversation(place.programme, place=place, question="A draft?", stage=ConversationStage.DRAFT)
    signed_in(client, a_person(is_administrator=True))
    assert len(titles(client, f"{url(place)}feed.json")) == 1


def test_a_sensitive_place_has_no_feed_and_no_page_to_follow(client: Client, place):
    Place.objects.filter(pk=place.pk).update(is_sensitive=True)
    assert client.get(f"{url(place)}feed.atom").status_code == 404
    assert client.get(f"{url(place)}follow/").status_code == 404
    assert "feed.atom" not in client.get(url(place)).content.decode()
    assert titles(client, f"/programmes/{place.programme.slug}/feed.json") == []
    assert titles(client, "/feeds/conversations.json") == []


def test_a_place_that_is_not_public_has_no_feed(client: Client):
    programme = a_programme(visibility=Stage.PROGRAMME)
    place = a_place(programme)
    assert client.get(f"{url(place)}feed.atom").status_code == 404
    signed_in(client, a_person(Role.PROGRAMME_TEAM, programme))
    page = client.get(f"{url(place)}follow/").content.decode()
    assert "there is no feed of it" in page
    assert "feed.atom" not in client.get(url(place)).content.decode()


def test_a_former_address_leads_to_the_feed_at_the_new_one(client: Client, place):
    former = url(place)
    from knotwork.programmes.services import move_place

    move_place(place.pk, "eastmere-now", by=ADMINISTRATOR)
    place.refresh_from_db()
    answer = client.get(f"{former}feed.atom")
    assert (answer.status_code, answer.url) == (301, f"{url(place)}feed.atom")
    assert client.get(f"{former}follow/").status_code == 301


def test_the_page_says_how_to_follow_and_what_arrives(client: Client, place):
    page = client.get(f"{url(place)}follow/").content.decode()
    for words in ("Follow Eastmere", "Choose a feed reader", "What arrives", f'{url(place)}feed.atom"'):
        assert words in page
    page = client.get(f"/programmes/{place.programme.slug}/follow/").content.decode()
    assert "feed.json" in page


def test_following_is_visible_on_both_pages_and_named_in_their_heads(client: Client, place):
    page = client.get(url(place)).content.decode()
    assert "Follow this place" in page
    assert f'href="{url(place)}feed.atom"' in page
    page = client.get(f"/programmes/{place.programme.slug}/").content.decode()
    assert f"/programmes/{place.programme.slug}/follow/" in page
    assert f'href="/programmes/{place.programme.slug}/feed.json"' in page


def test_a_made_up_programme_says_so_in_the_title_of_its_feed(client: Client):
    place = a_place(a_programme(provenance="made_up"))
    change_place(place.pk, place_words_of(place.pk), by=ADMINISTRATOR)
    assert json.loads(client.get(f"{url(place)}feed.json").content)["title"].startswith("Made up: ")
