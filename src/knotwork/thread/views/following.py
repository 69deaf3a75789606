"""Follow a programme or a place: its feed, and a page that says in plain words how."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knotwork.core.accounts.viewer import STRANGER, viewer_of
from knotwork.core.feeds.answers import feed_answer, origin_of
from knotwork.core.feeds.channel import Channel
from knotwork.core.feeds.links import FeedLink, pair
from knotwork.core.feeds.registry import newest
from knotwork.core.pages.kept import kept_until_something_happens
from knotwork.programmes.found import around, crumbs_to, found_place, found_programme
from knotwork.programmes.queries import PlaceView, ProgrammeView

Followed = ProgrammeView | PlaceView


def programme_feed_links(view: ProgrammeView) -> tuple[FeedLink, ...]:
    """What the pages of a programme name in their head; nothing where strangers may not read it."""
    return pair(f"{view.url}feed", view.title) if view.is_public else ()


def place_feed_links(view: PlaceView) -> tuple[FeedLink, ...]:
    """The same for a place. A place with a sensitive issue has no feed."""
    is_open = view.programme.is_public and view.visibility == "public" and not view.is_sensitive
    return pair(f"{view.url}feed", view.name) if is_open else ()


@require_safe
def programme_feed(request: HttpRequest, programme: str, ending: str) -> HttpResponseBase:
    """What is new in all rooms of a programme, as a stranger may read it."""
    return _feed(request, found_programme(programme, STRANGER), ending)


@require_safe
def place_feed(request: HttpRequest, programme: str, place: str, ending: str) -> HttpResponseBase:
    """What is new of a place, as a stranger may read it; nothing of one with a sensitive issue."""
    return _feed(request, found_place(programme, place, STRANGER), ending)


def _feed(request: HttpRequest, view: Followed, ending: str) -> HttpResponseBase:
    if isinstance(view, PlaceView) and view.is_sensitive:
        raise Http404
    return feed_answer(request, _channel(request, view), ending)


def _channel(request: HttpRequest, view: Followed) -> Channel:
    if isinstance(view, PlaceView):
        name, title, description = f"place/{view.public_id}", view.name, view.issue
        entries = newest(STRANGER, programme=view.programme.public_id, place=view.public_id)
        language, made_up = view.programme.language, view.programme.example_mark == "made-up"
    else:
        name, title, description = f"programme/{view.public_id}", view.title, view.summary
        entries = newest(STRANGER, programme=view.public_id)
        language, made_up = view.language, view.example_mark == "made-up"
    return Channel(
        name=name,
        title=_("Made up: %(title)s") % {"title": title} if made_up else title,
        description=description,
        page=view.url,
        own=f"{view.url}feed",
        entries=tuple(entries),
        origin=origin_of(request),
        language=language,
    )


@require_safe
@kept_until_something_happens
def follow_programme(request: HttpRequest, programme: str) -> HttpResponse:
    """How to follow all places of a programme."""
    view = found_programme(programme, viewer_of(request))
    links = programme_feed_links(view)
    return _page(request, view, view, links, view.title)


@require_safe
@kept_until_something_happens
def follow_place(request: HttpRequest, programme: str, place: str) -> HttpResponse:
    """How to follow one place; there is nothing to follow of one with a sensitive issue."""
    view = found_place(programme, place, viewer_of(request))
    if view.is_sensitive:
        raise Http404
    return _page(request, view.programme, view, place_feed_links(view), view.name)


def _page(
    request: HttpRequest, programme: ProgrammeView, view: Followed, links: tuple[FeedLink, ...], name: str
) -> HttpResponse:
    origin = origin_of(request)
    crumbs = crumbs_to(programme, _("Follow"))
    if isinstance(view, PlaceView):
        crumbs.insert(-1, (view.name, view.url))
    context = around(programme) | {
        "page_title": _("Follow %(name)s") % {"name": name},
        "page_description": _("How to hear what is new in %(name)s without giving an address to anybody.")
        % {"name": name},
        "crumbs": crumbs,
        "name": name,
        "back_url": view.url,
        "is_place": isinstance(view, PlaceView),
        "feed_links": links,
        "addresses": [
            (word, f"{origin}{link.url}") for word, link in zip(("Atom", "JSON Feed"), links, strict=False)
        ],
    }
    return render(request, "thread/follow.html", context)
