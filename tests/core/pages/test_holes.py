"""Pages that are made once and filled for each reader."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import translation

from knotwork.core.pages.holes import KeptPages

TEMPLATE = "conversations/parts/answer_form.html"


class Count:
    """Makes the context of the page, and counts how often."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self, words: Any) -> dict[str, Any]:
        self.made += 1
        return {"take_part_url": "/here/", "statement": words, "named_part": words["text"]}


def _request(address: str = "/here/", **cookies: str) -> HttpRequest:
    request = RequestFactory().get(address)
    request.COOKIES.update(cookies)
    return request


def _page(
    pages: KeptPages, context: Count, text: str, request: HttpRequest | None = None, alike: Any = 1
) -> str:
    words = {"public_id": "0198", "text": text}
    return pages.answer(request or _request(), TEMPLATE, alike, words, context).content.decode()


def test_a_second_reader_gets_her_own_words_on_the_page_that_was_made_for_the_first() -> None:
    pages, context = KeptPages(), Count()
    first, second = _page(pages, context, "buses"), _page(pages, context, "benches")
    assert context.made == 1
    assert 'value="buses"' in first
    assert 'value="benches"' in second
    assert "buses" not in second


def test_words_with_marks_in_them_are_written_as_harmlessly_as_by_a_template() -> None:
    pages, context = KeptPages(), Count()
    kept = [_page(pages, context, 'a "<b>" & c') for _ in range(2)][1]
    assert 'value="a &quot;&lt;b&gt;&quot; &amp; c"' in kept


def test_each_reader_gets_a_key_of_her_own_against_forged_forms() -> None:
    pages, context = KeptPages(), Count()
    keys = {
        _page(pages, context, "buses").partition('csrfmiddlewaretoken" value="')[2][:64] for _ in range(3)
    }
    assert len(keys) == 3
    assert all(len(key) == 64 and key.isalnum() for key in keys)


def test_readers_who_are_not_alike_get_pages_of_their_own() -> None:
    pages, context = KeptPages(), Count()
    for alike in (1, 2):
        _page(pages, context, "buses", alike=alike)
    with translation.override("cy"):
        _page(pages, context, "buses")
    assert context.made == 3


def test_whoever_is_signed_in_or_comes_with_a_query_is_answered_anew() -> None:
    pages, context = KeptPages(), Count()
    for request in (_request(**{settings.SESSION_COOKIE_NAME: "x"}), _request("/here/?part=2")):
        for _ in range(2):
            assert 'value="buses"' in _page(pages, context, "buses", request)
    assert context.made == 4
    assert not pages.pieces


def test_no_more_than_so_many_pages_are_kept(monkeypatch: Any) -> None:
    monkeypatch.setattr("knotwork.core.pages.holes.MOST_KEPT", 3)
    pages, context = KeptPages(), Count()
    for alike in range(10):
        _page(pages, context, "buses", alike=alike)
    assert len(pages.pieces) <= 3
