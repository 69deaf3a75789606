"""A feed as an answer to a reader that comes back by itself: nothing is sent twice that has not changed."""

import hashlib
from calendar import timegm

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag

from knotwork.core.events.queries import newest_moment
from knotwork.core.feeds import atom, json_feed
from knotwork.core.feeds.channel import Channel

FORMATS = {"atom": atom, "json": json_feed}
KEPT_FOR = 300


def origin_of(request: HttpRequest) -> str:
    """Where this installation is reached, without a slash at its end."""
    return getattr(settings, "KNOTWORK_ORIGIN", "") or f"{request.scheme}://{request.get_host()}"


def feed_answer(request: HttpRequest, channel: Channel, ending: str) -> HttpResponseBase:
    """The channel in the format of this ending (``atom`` or ``json``), or that nothing changed.

    The tag is made of the document itself. The date is that of the newest act of the whole installation: what was
    taken back changes a feed too, though none of its entries is newer.
    """
    body = FORMATS[ending].written(channel).encode()
    etag = quote_etag(hashlib.blake2b(body, digest_size=16).hexdigest())
    changed = max(channel.updated, newest_moment() or channel.updated)
    last_modified = timegm(changed.utctimetuple())
    response = HttpResponse(body, content_type=f"{FORMATS[ending].MEDIA_TYPE}; charset=utf-8")
    response["Last-Modified"] = http_date(last_modified)
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=KEPT_FOR)
    answer = get_conditional_response(request, etag=etag, last_modified=last_modified, response=response)
    assert answer is not None  # a response went in
    return answer
