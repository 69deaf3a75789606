"""The shell of a page: navigation, account corner, preview card, skip link."""

from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory

from knotwork.core.accounts.models import Person
from knotwork.core.pages import navigation


@pytest.fixture(autouse=True)
def _only_the_doors_of_the_test(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr(navigation, "_header", {})
    monkeypatch.setattr(navigation, "_footer", {})
    settings.KNOTWORK_ORIGIN = "https://knotwork.example.org"
    navigation.register(20, "map", "Map", "robots")
    navigation.register(10, "listen", "Listen", "gallery")
    navigation.register(30, "library", "Library", "a-room-that-is-not-here")


def show(template: str, path: str = "/robots.txt", user: Any = None, **context: Any) -> BeautifulSoup:
    request = RequestFactory().get(path)
    request.user = user or AnonymousUser()
    page = engines["django"].from_string(template).render(context, request)
    return BeautifulSoup(page, "html.parser")


def part(page: BeautifulSoup, selector: str) -> Tag:
    found = page.select_one(selector)
    assert found is not None, selector
    return found


BASE = (
    "{% extends 'pages/base.html' %}{% block title %}Places{% endblock %}"
    "{% block main %}<h1>Hi</h1>{% endblock %}"
)
PARTICIPANT = "{% extends 'pages/participant.html' %}{% block main %}<h1>Hi</h1>{% endblock %}"


def test_rooms_stand_in_their_order_and_missing_ones_are_left_out() -> None:
    assert [link.string for link in show(BASE).select(".site-header__wide nav a")] == ["Listen", "Map"]


def test_the_room_that_you_are_in_is_marked() -> None:
    assert part(show(BASE), ".site-header__wide [aria-current]").string == "Map"


def test_page_deep_inside_a_room_marks_its_room() -> None:
    request = RequestFactory().get("/deep/inside/")
    request.resolver_match = SimpleNamespace(namespaces=["listen"])  # type: ignore[assignment]
    assert [entry.is_current for entry in navigation.header_entries(request)] == [True, False, False]


def test_unfinished_room_is_known_but_has_no_address() -> None:
    entries = navigation.header_entries(RequestFactory().get("/"))
    assert [entry.url for entry in entries][-1] is None


def test_first_thing_on_the_page_skips_to_the_main_part() -> None:
    page = show(BASE)
    first = page.body.find("a") if page.body else None
    assert isinstance(first, Tag)
    assert first["href"] == "#main"
    assert part(page, "main")["id"] == "main"


def test_stranger_can_sign_in_and_gets_no_form_token() -> None:
    page = show(BASE)
    assert "Sign in" in part(page, ".account").get_text()
    assert not page.select("input[name=csrfmiddlewaretoken]")


def test_person_sees_her_address_and_signs_out_by_a_button() -> None:
    page = show(BASE, user=Person(email="ann@example.org"))
    assert "ann@example.org" in part(page, ".account").get_text()
    assert part(page, ".account form[method=post] button").get_text(strip=True) == "Sign out"
    assert part(page, ".account input[name=csrfmiddlewaretoken]")


def test_page_has_a_title_a_canonical_address_and_a_card() -> None:
    page = show(BASE, path="/robots.txt?token=secret")
    assert part(page, "title").string == "Places · Knotwork"
    assert part(page, "link[rel=canonical]")["href"] == "https://knotwork.example.org/robots.txt"
    assert part(page, "meta[property='og:image']")["content"].startswith(
        "https://knotwork.example.org/static/"
    )
    assert part(page, "meta[name=description]")["content"]


def test_title_and_description_of_the_view_stand_in_the_card() -> None:
    page = show("{% extends 'pages/base.html' %}", page_title='Say "hi"', page_description="One minute.")
    assert part(page, "title").string == 'Say "hi" · Knotwork'
    assert part(page, "meta[property='og:title']")["content"] == 'Say "hi"'
    assert part(page, "meta[name=description]")["content"] == "One minute."
    assert part(page, "meta[property='og:description']")["content"] == "One minute."


def test_language_of_the_page_is_said() -> None:
    assert part(show(BASE), "html")["lang"].startswith("en")


def test_page_about_an_example_is_marked() -> None:
    assert "Northvale is not a real place" in show(BASE, example_mark="made-up").get_text()


def test_footer_says_what_knotwork_is_and_under_which_licences() -> None:
    navigation.register_in_footer(1, "privacy", "Privacy", "robots")
    words = part(show(BASE), "footer").get_text(" ", strip=True)
    for phrase in (
        "What is Knotwork?",
        "MIT licence",
        "Open Government Licence",
        "Ordnance Survey",
        "Privacy",
        "Language:",
    ):
        assert phrase in words


def test_participant_has_no_navigation_and_no_account() -> None:
    page = show(PARTICIPANT)
    assert not page.select("header nav, .menu, .account, .crumbs")
    assert part(page, ".wordmark")
    assert part(page, ".skip-link")


def test_quick_exit_is_there_only_for_a_sensitive_issue() -> None:
    assert not show(PARTICIPANT).select(".quick-exit")
    assert part(show(PARTICIPANT, quick_exit_url="https://weather.example/"), ".quick-exit a")


def is_feed(tag: Any) -> bool:
    """Feeds are named in the head, and not loaded."""
    return tag.get("rel") in ("alternate", ["alternate"])


def test_page_loads_nothing_from_elsewhere() -> None:
    for tag in show(BASE).select("[src], link[href]:not([rel=canonical])"):
        assert (tag.get("src") or tag["href"]).startswith("/feeds/" if is_feed(tag) else "/static/")


def test_context_gives_way_to_the_view() -> None:
    assert (
        part(show(BASE, canonical_url="https://k.example/short"), "link[rel=canonical]")["href"]
        == "https://k.example/short"
    )


def test_no_request_is_needed_for_a_plain_page() -> None:
    page = engines["django"].from_string("{% extends 'pages/plain.html' %}").render({})
    assert "Knotwork" in page


def test_shell_asks_the_database_nothing() -> None:
    # Without the ``db`` mark any query here would be refused.
    assert isinstance(RequestFactory().get("/"), HttpRequest)
    assert show(BASE)
