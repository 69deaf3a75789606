"""Pages for when something is not as it should be: each says what happened, and what to do next."""

from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.template import TemplateDoesNotExist, loader
from django.utils.translation import ngettext

from knotwork.core.pages import request_id
from knotwork.core.rules import Refused

_WITHOUT_TEMPLATES = (
    b"<!doctype html><html lang='en'><title>Sorry</title><h1>Sorry, something went wrong.</h1></html>"
)


class SlowDown(Exception):  # noqa: N818 - not an error of ours; it reads as a sentence where it is raised
    """Raised where somebody goes faster than a person can; becomes the 'slow down' page."""

    def __init__(self, seconds: int = 60, reason: str = "") -> None:
        super().__init__(reason)
        self.seconds = seconds
        self.reason = reason


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 where what was sent is too large."""
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent):
        return too_large(request)
    return _page("400", HTTPStatus.BAD_REQUEST)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, with the reason that was given with ``PermissionDenied(reason)``."""
    return _page("403", HTTPStatus.FORBIDDEN, reason=str(exception or ""))


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """403, with the reason that the rules gave."""
    return permission_denied(request, refusal)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that did not come from our page, or that lay open for too long."""
    return _page("403_csrf", HTTPStatus.FORBIDDEN, no_cookie=reason == REASON_NO_CSRF_COOKIE)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404. The path is not repeated: it may be somebody's secret link."""
    return _page("404", HTTPStatus.NOT_FOUND)


def too_large(request: HttpRequest, limit: str = "") -> HttpResponse:
    """413. ``limit`` is in words, such as '10 MB'."""
    return _page("413", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, limit=limit)


def slow_down(request: HttpRequest, seconds: int = 60, reason: str = "") -> HttpResponse:
    """429, with the time to wait in words and as ``Retry-After``."""
    response = _page("429", HTTPStatus.TOO_MANY_REQUESTS, wait=_wait_in_words(seconds), reason=reason)
    response["Retry-After"] = str(seconds)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500. Needs no database, no context and no request."""
    try:
        return _page("500", HTTPStatus.INTERNAL_SERVER_ERROR, number=request_id.current())
    except (TemplateDoesNotExist, ValueError):
        # The static files' list may be what is broken.
        return HttpResponse(_WITHOUT_TEMPLATES, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def not_ready(request: HttpRequest, seconds: int = 30) -> HttpResponse:
    """503, while the tables are being made or the examples loaded."""
    response = _page("503", HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = str(seconds)
    return response


def _page(name: str, status: HTTPStatus, **context: object) -> HttpResponse:
    # Rendered without the request: an error page must not ask the session, the database or the rooms.
    body = loader.render_to_string(f"pages/errors/{name}.html", context)
    response = HttpResponse(body, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _wait_in_words(seconds: int) -> str:
    if seconds < 60:
        return ngettext("%(count)d second", "%(count)d seconds", seconds) % {"count": seconds}
    minutes = -(-seconds // 60)
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
