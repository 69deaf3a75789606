"""The log: one object per line, and nobody in it."""

import json
import logging
import sys
from types import SimpleNamespace

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from knotwork.core.pages import logs, request_id
from knotwork.core.pages.middleware import RequestIdMiddleware


def line(message: str, **more: object) -> dict[str, object]:
    record = logging.LogRecord("knotwork.test", logging.INFO, __file__, 1, message, None, None)
    for name, value in more.items():
        setattr(record, name, value)
    return json.loads(logs.JsonFormatter().format(record))


def request_to(path: str, **kwargs: str) -> HttpRequest:
    request = RequestFactory().get(path)
    request.resolver_match = SimpleNamespace(kwargs=kwargs)  # type: ignore[assignment]
    return request


def test_line_says_when_how_grave_who_and_what() -> None:
    found = line("started")
    assert found["message"] == "started"
    assert found["level"] == "INFO"
    assert found["logger"] == "knotwork.test"
    assert str(found["at"]).endswith("+00:00")
    assert "request_id" not in found


def test_line_carries_the_number_of_its_request() -> None:
    number = request_id.begin()
    try:
        assert line("x")["request_id"] == number
    finally:
        request_id.end()


def test_addresses_and_queries_are_taken_out_of_a_message() -> None:
    assert (
        line("Not found: /a/?code=123 for ann@example.org now")["message"]
        == "Not found: /a/ for [address] now"
    )


def test_exception_is_named_and_located_but_not_quoted() -> None:
    try:
        raise ValueError("Key (email)=(ann@example.org) exists")
    except ValueError:
        found = line("broke", exc_info=sys.exc_info())
    assert found["exception"] == "ValueError"
    assert "test_logs.py" in str(found["where"])
    assert "ann" not in json.dumps(found)


def test_line_stays_one_line() -> None:
    record = logging.LogRecord("x", logging.INFO, __file__, 1, "a\nb", None, None)
    assert "\n" not in logs.JsonFormatter().format(record)


def test_query_is_left_out_of_the_path() -> None:
    assert logs.plain_path(request_to("/places/?q=ann")) == "/places/"


def test_parts_of_a_path_that_open_a_door_are_left_out() -> None:
    request = request_to("/c/lonely/return/ABCDE12345/", slug="lonely", code="ABCDE12345")
    assert logs.plain_path(request) == "/c/lonely/return/…/"


@pytest.mark.parametrize(
    ("path", "words"), [("/", "/"), ("/start/abc123/", "/start/…"), ("/wp-login", "/wp-login")]
)
def test_path_that_leads_nowhere_is_cut_short(path: str, words: str) -> None:
    assert logs.plain_path(RequestFactory().get(path)) == words


def test_answered_request_is_one_line(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "knotwork.request"):
        RequestIdMiddleware(lambda _request: HttpResponse())(RequestFactory().get("/places/?q=ann"))
    (record,) = caplog.records
    found = json.loads(logs.JsonFormatter().format(record))
    assert found["status"] == 200
    assert found["method"] == "GET"
    assert found["ms"] >= 0
    assert "ann" not in json.dumps(found)
