"""Every answer carries a number and the headers; a signed-in page is kept by nobody."""

from collections.abc import Callable

import pytest
from django.conf import settings as django_settings
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from knotwork.core.pages import request_id
from knotwork.core.pages.middleware import (
    HEADERS,
    RefusalMiddleware,
    RequestIdMiddleware,
    SecurityHeadersMiddleware,
)


@pytest.fixture
def visit() -> HttpRequest:
    return RequestFactory().get("/", HTTP_X_REQUEST_ID="chosen-by-a-stranger")


@pytest.fixture
def signed_in_visit(visit: HttpRequest) -> HttpRequest:
    visit.session = SessionStore()
    visit.session["_auth_user_id"] = "1"
    visit.COOKIES[django_settings.SESSION_COOKIE_NAME] = "x"
    return visit


def answer_with(**headers: str) -> Callable[[HttpRequest], HttpResponse]:
    return lambda _request: HttpResponse(
        "ok", headers={name.replace("_", "-"): value for name, value in headers.items()}
    )


def test_number_of_a_request_is_ours_and_not_the_strangers(visit: HttpRequest) -> None:
    seen = []

    def view(_request: HttpRequest) -> HttpResponse:
        seen.append(request_id.current())
        return HttpResponse()

    response = RequestIdMiddleware(view)(visit)
    assert response["X-Request-ID"] == seen[0]
    assert len(seen[0]) == 16
    assert "stranger" not in seen[0]


def test_number_is_forgotten_after_the_answer_and_after_a_fault(visit: HttpRequest) -> None:
    def fault(_request: HttpRequest) -> HttpResponse:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        RequestIdMiddleware(fault)(visit)
    assert request_id.current() == ""


def test_two_requests_have_two_numbers(visit: HttpRequest) -> None:
    middleware = RequestIdMiddleware(answer_with())
    assert middleware(visit)["X-Request-ID"] != middleware(visit)["X-Request-ID"]


@pytest.mark.parametrize("name", sorted(HEADERS))
def test_every_answer_has_the_header(visit: HttpRequest, name: str) -> None:
    assert SecurityHeadersMiddleware(answer_with())(visit)[name] == HEADERS[name]


def test_view_can_open_a_file_for_other_sites(visit: HttpRequest) -> None:
    response = SecurityHeadersMiddleware(answer_with(Cross_Origin_Resource_Policy="cross-origin"))(visit)
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_page_of_somebody_signed_in_is_kept_by_nobody(signed_in_visit: HttpRequest) -> None:
    assert SecurityHeadersMiddleware(answer_with())(signed_in_visit)["Cache-Control"] == "private, no-store"


def test_weak_words_of_a_view_do_not_make_a_signed_in_page_keepable(signed_in_visit: HttpRequest) -> None:
    response = SecurityHeadersMiddleware(answer_with(Cache_Control="max-age=60"))(signed_in_visit)
    assert response["Cache-Control"] == "private, no-store"


def test_file_that_is_the_same_for_all_may_be_kept(signed_in_visit: HttpRequest) -> None:
    response = SecurityHeadersMiddleware(answer_with(Cache_Control="public, max-age=60"))(signed_in_visit)
    assert response["Cache-Control"] == "public, max-age=60"


def test_page_on_which_somebody_just_signed_in_is_kept_by_nobody(visit: HttpRequest) -> None:
    visit.session = SessionStore()
    visit.session["_auth_user_id"] = "1"
    assert SecurityHeadersMiddleware(answer_with())(visit)["Cache-Control"] == "private, no-store"


def test_page_of_a_stranger_says_nothing_about_keeping(visit: HttpRequest) -> None:
    visit.session = SessionStore()
    assert "Cache-Control" not in SecurityHeadersMiddleware(answer_with())(visit).headers


def test_session_of_a_visitor_without_a_cookie_is_not_looked_up(visit: HttpRequest) -> None:
    visit.session = SessionStore()
    SecurityHeadersMiddleware(answer_with())(visit)
    assert not visit.session.accessed


def test_other_exceptions_are_left_to_the_house(visit: HttpRequest) -> None:
    assert RefusalMiddleware(answer_with()).process_exception(visit, ValueError()) is None
