"""Programmes and places that have another address now: whoever comes to a former one is led on, for ever."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase

_PROGRAMME = re.compile(r"^/programmes/[^/]+/")
_PLACE = re.compile(r"/places/[^/]+/")


class Moved(Exception):  # noqa: N818 - not an error: the page has another address now
    """Raised by whoever looks for a programme or a place at its former address."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


class FollowMovesMiddleware:
    """In whatever room a former address is asked for, it leads to the same page at the new one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """The way to the new address; anything else that went wrong is not ours."""
        if not isinstance(problem, Moved):
            return None
        return HttpResponsePermanentRedirect(_same_page(request.get_full_path(), problem.url))


def _same_page(path: str, url: str) -> str:
    """The path with the names of the programme, and of the place where one moved, as they stand in ``url``."""
    for part in (_PROGRAMME, _PLACE):
        if new := part.search(url):
            path = part.sub(new.group(), path, count=1)
    return path
