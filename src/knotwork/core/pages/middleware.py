"""A number for each request, headers on each answer, and refusals that become pages."""

import logging
import time
from collections.abc import Callable

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from knotwork.core.pages import errors, logs, request_id
from knotwork.core.rules import Refused

Answer = Callable[[HttpRequest], HttpResponseBase]

_log = logging.getLogger("knotwork.request")

_UNUSED_POWERS = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "geolocation",
    "gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment",
    "picture-in-picture", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip

HEADERS = {
    "Permissions-Policy": ", ".join(f"{power}=()" for power in _UNUSED_POWERS),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


class RequestIdMiddleware:
    """Stands first: numbers the request, and writes one line about it when it is answered."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        number = request_id.begin()
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = number
            milliseconds = round((time.perf_counter() - started) * 1000)
            _log.info("answered", extra=logs.about(request, response.status_code, milliseconds))
            return response
        finally:
            request_id.end()


class SecurityHeadersMiddleware:
    """The headers of every answer, static files and refusals included. What a view set itself stays."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if _is_signed_in(request) and not _says_who_may_keep_it(response):
            response["Cache-Control"] = "private, no-store"
        return response


class PolicyMiddleware(CSPMiddleware):
    """The content policy, put together once for all answers but those that bring one of their own."""

    def __init__(self, get_response: Answer) -> None:
        super().__init__(get_response)
        self.usual = build_policy()

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if HEADER in response or any(name.startswith("_csp") for name in vars(response)):
            return super().process_response(request, response)
        response[HEADER] = self.usual
        return response


class RefusalMiddleware:
    """Turns a service's ``Refused`` and ``SlowDown`` into a page that gives the reason."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return errors.refused(request, exception)
        if isinstance(exception, errors.SlowDown):
            return errors.slow_down(request, exception.seconds, exception.reason)
        return None


def _is_signed_in(request: HttpRequest) -> bool:
    """Without a session cookie nothing is looked up, so that a stranger's page costs no query."""
    session = getattr(request, "session", None)
    if session is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return session is not None and session.modified and "_auth_user_id" in session
    return "_auth_user_id" in session


def _says_who_may_keep_it(response: HttpResponseBase) -> bool:
    said = response.headers.get("Cache-Control", "")
    return "no-store" in said or "public" in said
