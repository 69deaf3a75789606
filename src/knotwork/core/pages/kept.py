"""Pages that are the same for every stranger are kept until something happens.

Every write of this house is one event, and every computed result one snapshot. So the newest of each says whether a
public page could look different from a moment ago. Votes and the passing of time are no events: for them a page is kept
for half a minute at the longest.
"""

import gzip
import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from knotwork.core.analyses.models import Snapshot
from knotwork.core.events.models import Event

LONGEST = 30
_NEWEST = (
    f"SELECT (SELECT max(id) FROM {Event._meta.db_table}), (SELECT max(id) FROM {Snapshot._meta.db_table}), "  # noqa: S608
    f"(SELECT max(finished_at) FROM {Snapshot._meta.db_table}), "
    # PostgreSQL numbers an event when it is written, not when it is kept: a late one changes this count.
    f"(SELECT count(*) FROM {Event._meta.db_table} "
    f"WHERE id > (SELECT coalesce(max(id), 0) FROM {Event._meta.db_table}) - 200)"
)

View = Callable[..., HttpResponse]


def kept_until_something_happens(view: View) -> View:
    """Answer a stranger from what another stranger was answered, as long as nothing happened since.

    For views whose answer to a stranger depends on nothing but the address, the language and the database. Whoever
    brings a cookie, because she is signed in or takes part in a conversation, is always answered anew.
    """

    @wraps(view)
    def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        if request.method != "GET" or set(request.COOKIES) - {settings.CSRF_COOKIE_NAME}:
            return view(request, *arguments, **named)
        pages = caches["pages"]
        key = _key(request)
        kept = pages.get(key)
        if kept is None:
            response = view(request, *arguments, **named)
            if (
                response.status_code != 200
                or response.cookies
                or request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
            ):
                return response
            kept = (response.content, gzip.compress(response.content, 6, mtime=0), response["Content-Type"])
            pages.set(key, kept, LONGEST)
        return _response(request, *kept)

    return answer


def _key(request: HttpRequest) -> str:
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST)
        newest = cursor.fetchone()
    parts = (request.get_full_path(), get_language(), request.get_host(), request.is_secure(), *newest)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _response(request: HttpRequest, plain: bytes, packed: bytes, content_type: str) -> HttpResponse:
    takes_gzip = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(packed if takes_gzip else plain, content_type=content_type)
    if takes_gzip:
        response["Content-Encoding"] = "gzip"
    response["Content-Length"] = str(len(response.content))
    patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
    return response
