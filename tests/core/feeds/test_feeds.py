"""Feeds: valid in both formats, as a stranger may read them, and not sent twice."""

import json
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client
from tests.core.feeds.atom_checker import ATOM, problems_in

from knotwork.core.accounts.viewer import STRANGER
from knotwork.core.feeds import atom, json_feed, registry
from knotwork.core.feeds.channel import Channel
from knotwork.core.feeds.registry import FeedEntry
from knotwork.core.identifiers import new_public_id

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def an_entry(**words: object) -> FeedEntry:
    given = {
        "kind": "story",
        "public_id": new_public_id(),
        "title": "I used to leave before the pudding",
        "url": "/programmes/p/learn/1/",
        "at": NOON,
    } | words
    return FeedEntry(**given)  # type: ignore[arg-type]


def a_channel(*entries: FeedEntry, **words: object) -> Channel:
    given = {
        "name": "all",
        "title": "Everything",
        "description": "What is new.",
        "page": "/feeds/",
        "own": "/feeds/all",
        "entries": entries,
        "origin": "https://knots.example",
    } | words
    return Channel(**given)  # type: ignore[arg-type]


@pytest.fixture
def entries(monkeypatch) -> list[FeedEntry]:
    """One room whose entries are those in the list."""
    found: list[FeedEntry] = []
    monkeypatch.setattr(registry, "_SOURCES", {})
    asked = lambda viewer, *, programme=None, place=None, most=50: found[:most]  # noqa: E731
    registry.register("learning", "Learn", asked)
    return found


# What is written


@pytest.mark.parametrize(
    "entry",
    [
        an_entry(),
        an_entry(summary="The bus & the <b>pudding</b>", signed="A rider", language="cy"),
        an_entry(title="\x00Control\x0b characters\ud800 go", summary="]]>", is_made_up=True),
        an_entry(title="Ünïcødé “quotes” 漢字 🚌"),
    ],
)
def test_an_atom_feed_is_valid_whatever_people_wrote(entry):
    assert problems_in(atom.written(a_channel(entry)).encode()) == []


def test_an_empty_feed_is_valid():
    assert problems_in(atom.written(a_channel()).encode()) == []


def test_text_stays_text_in_atom():
    document = atom.written(a_channel(an_entry(summary="<b>pudding</b>"))).encode()
    summary = ElementTree.fromstring(document).find(f"{ATOM}entry/{ATOM}summary")
    assert summary is not None
    assert summary.text == "<b>pudding</b>"
    assert summary.get("type", "text") == "text"


def test_the_checker_finds_what_is_wrong():
    broken = atom.written(a_channel(an_entry(), an_entry(url="//elsewhere"))).replace("<id>tag:", "<id>tog:")
    assert "entry: its id is no tag: URI" in problems_in(broken.encode())
    assert problems_in(b'<feed xmlns="http://www.w3.org/2005/Atom"/>')
    assert problems_in(b"<rss/>") == ["the root is rss"]


def test_an_identifier_never_holds_an_address_that_may_change():
    entry = an_entry()
    moved = FeedEntry(**{**entry.__dict__, "url": "/somewhere/else/"})
    assert a_channel().identifier_of(entry) == a_channel().identifier_of(moved)
    assert str(entry.public_id) in a_channel().identifier_of(entry)


def test_a_made_up_entry_says_so_in_its_title():
    assert "Made up: I used to" in atom.written(a_channel(an_entry(is_made_up=True)))


def test_a_json_feed_has_all_that_version_1_1_asks_for():
    entry = an_entry(summary="Now I stay and wash up.", signed="A rider")
    feed = json.loads(json_feed.written(a_channel(entry, an_entry())))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] == "Everything"
    assert feed["feed_url"] == "https://knots.example/feeds/all.json"
    assert feed["items"][0] == {
        "id": a_channel().identifier_of(entry),
        "url": "https://knots.example/programmes/p/learn/1/",
        "title": "I used to leave before the pudding",
        "content_text": "Now I stay and wash up.",
        "date_published": "2026-11-24T12:00:00Z",
        "language": "en",
        "authors": [{"name": "A rider"}],
    }
    assert all(item["content_text"] and isinstance(item["id"], str) for item in feed["items"])


# What is answered


def test_a_room_and_everything_have_a_feed_in_both_formats(client: Client, entries):
    entries.append(an_entry())
    for address in ("/feeds/all", "/feeds/learning"):
        answer = client.get(f"{address}.atom")
        assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
        assert problems_in(answer.content) == []
        answer = client.get(f"{address}.json")
        assert answer["Content-Type"] == "application/feed+json; charset=utf-8"
        assert len(json.loads(answer.content)["items"]) == 1


def test_an_unknown_room_has_no_feed(client: Client, entries):
    assert client.get("/feeds/nowhere.atom").status_code == 404
    assert client.get("/feeds/all.rss").status_code == 404


def test_what_has_not_changed_is_not_sent_again(client: Client, entries):
    entries.append(an_entry())
    first = client.get("/feeds/all.atom")
    again = client.get("/feeds/all.atom", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    since = client.get("/feeds/all.atom", headers={"if-modified-since": first["Last-Modified"]})
    assert since.status_code == 304


def test_something_new_and_something_taken_back_are_sent(client: Client, entries):
    entries.append(an_entry())
    tag = client.get("/feeds/all.atom")["ETag"]
    entries.append(an_entry(at=NOON + timedelta(hours=1)))
    newer = client.get("/feeds/all.atom", headers={"if-none-match": tag})
    assert newer.status_code == 200
    entries.clear()
    assert client.get("/feeds/all.atom", headers={"if-none-match": newer["ETag"]}).status_code == 200


def test_the_newest_of_all_rooms_come_first(entries):
    registry.register(
        "maps", "Map", lambda viewer, **where: [an_entry(title="later", at=NOON + timedelta(1))]
    )
    entries.append(an_entry())
    assert [entry.title for entry in registry.newest(STRANGER, most=1)] == ["later"]


def test_the_page_says_how_to_follow_and_has_every_address(client: Client, entries):
    page = client.get("/feeds/").content.decode()
    assert "Choose a feed reader" in page
    assert '/feeds/all.atom"' in page
    assert '/feeds/learning.json"' in page


def test_every_page_names_a_feed_in_its_head(client: Client, entries):
    page = client.get("/feeds/").content.decode()
    assert '<link rel="alternate" type="application/atom+xml"' in page
    assert 'href="/feeds/all.json"' in page
