"""Pages for when something is wrong: they explain, and they need nothing."""

from http import HTTPStatus
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.test import Client, RequestFactory
from django.urls import path

from knotwork.core.pages import errors
from knotwork.core.rules import Decision, require


def _refuse(request: HttpRequest) -> HttpResponse:
    require(Decision(False, "Only the two leads can <close> it."))
    return HttpResponse()


def _hurry(request: HttpRequest) -> HttpResponse:
    raise errors.SlowDown(90)


def _break(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("secret@example.org")


def _deny(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Only for administrators.")


urlpatterns = [path("refuse/", _refuse), path("hurry/", _hurry), path("break/", _break), path("deny/", _deny)]
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error


@pytest.fixture
def client(settings: Any) -> Client:
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.fixture
def request_of_a_stranger() -> HttpRequest:
    return RequestFactory().get("/somewhere/")


def test_refusal_of_a_rule_shows_its_reason_escaped(client: Client) -> None:
    response = client.get("/refuse/")
    assert response.status_code == HTTPStatus.FORBIDDEN
    assert b"Only the two leads can &lt;close&gt; it." in response.content


def test_denied_permission_shows_its_reason(client: Client) -> None:
    assert b"Only for administrators." in client.get("/deny/").content


def test_too_much_haste_is_told_how_long_to_wait(client: Client) -> None:
    response = client.get("/hurry/")
    assert response.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert response["Retry-After"] == "90"
    assert b"2 minutes" in response.content


def test_error_of_ours_gives_a_number_and_nothing_else(client: Client) -> None:
    response = client.get("/break/")
    assert response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert b"secret@example.org" not in response.content
    assert response["X-Request-ID"].encode() in response.content


def test_missing_page_does_not_repeat_a_path_that_may_be_secret(client: Client) -> None:
    response = client.get("/return/ABCDE12345/")
    assert response.status_code == HTTPStatus.NOT_FOUND
    assert b"ABCDE12345" not in response.content


@pytest.mark.parametrize(
    ("exception", "status"), [(SuspiciousOperation(), 400), (RequestDataTooBig(), 413), (None, 400)]
)
def test_bad_request_knows_what_is_too_large(
    request_of_a_stranger: HttpRequest, exception: Exception | None, status: int
) -> None:
    assert errors.bad_request(request_of_a_stranger, exception).status_code == status


def test_limit_of_a_file_is_said(request_of_a_stranger: HttpRequest) -> None:
    assert b"We take up to 10 MB at once." in errors.too_large(request_of_a_stranger, "10 MB").content


def test_form_without_a_cookie_is_told_about_the_cookie(request_of_a_stranger: HttpRequest) -> None:
    response = errors.csrf_failure(request_of_a_stranger, REASON_NO_CSRF_COOKIE)
    assert response.status_code == HTTPStatus.FORBIDDEN
    assert b"single one" in response.content
    assert b"single one" not in errors.csrf_failure(request_of_a_stranger, "other").content


def test_page_before_readiness_asks_to_come_back(request_of_a_stranger: HttpRequest) -> None:
    response = errors.not_ready(request_of_a_stranger)
    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert response["Retry-After"] == "30"


def test_short_wait_is_said_in_seconds(request_of_a_stranger: HttpRequest) -> None:
    assert b"20 seconds" in errors.slow_down(request_of_a_stranger, 20).content
    assert b"Because." in errors.slow_down(request_of_a_stranger, 20, "Because.").content


def test_error_page_comes_even_when_the_static_files_are_broken(
    request_of_a_stranger: HttpRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> str:
        raise ValueError("Missing staticfiles manifest entry")

    monkeypatch.setattr("knotwork.core.pages.errors.loader.render_to_string", broken)
    response = errors.server_error(request_of_a_stranger)
    assert response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert b"Sorry" in response.content


def test_no_error_page_is_kept_by_a_browser(request_of_a_stranger: HttpRequest) -> None:
    assert errors.page_not_found(request_of_a_stranger)["Cache-Control"] == "no-store"
