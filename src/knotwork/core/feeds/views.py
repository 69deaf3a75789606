"""Feeds of everything and of each room, and a page that says in plain words how to follow."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knotwork.core.accounts.viewer import STRANGER
from knotwork.core.feeds.answers import feed_answer, origin_of
from knotwork.core.feeds.channel import Channel
from knotwork.core.feeds.links import EVERYTHING, address_of, all_links, everything_title
from knotwork.core.feeds.registry import newest, source_of
from knotwork.core.pages.kept import kept_until_something_happens


@require_safe
def feed(request: HttpRequest, room: str, ending: str) -> HttpResponseBase:
    """What is new in one room, or everywhere, as a stranger may read it: a feed is fetched without signing in."""
    source = source_of(room)
    if room != EVERYTHING and source is None:
        raise Http404
    if source is not None:
        title, entries = str(source.label), source.entries(STRANGER, programme=None, place=None, most=50)
    else:
        title, entries = everything_title(), newest(STRANGER)
    channel = Channel(
        name=room,
        title=f"{title} – Knotwork" if source is not None else title,
        description=_("What is new, for everybody to read."),
        page=reverse("feeds:list"),
        own=address_of(room),
        entries=tuple(entries),
        origin=origin_of(request),
        language=settings.LANGUAGE_CODE,
    )
    return feed_answer(request, channel, ending)


@require_safe
@kept_until_something_happens
def feed_list(request: HttpRequest) -> HttpResponse:
    """How to follow, and every feed of this installation."""
    context = {
        "page_title": _("Follow"),
        "page_description": _("How to hear what is new here without giving an address to anybody."),
        "feeds": [(title, _addresses(request, links)) for title, links in all_links()],
    }
    return render(request, "feeds/list.html", context)


def _addresses(request: HttpRequest, links: tuple[object, ...]) -> list[tuple[str, str]]:
    origin = origin_of(request)
    return [
        (word, f"{origin}{link.url}")  # type: ignore[attr-defined]
        for word, link in zip(("Atom", "JSON Feed"), links, strict=True)
    ]
