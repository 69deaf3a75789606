from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knotwork.conversations.queries import ListedConversation, conversations_for
from knotwork.conversations.rules import Phase
from knotwork.core.accounts.viewer import Viewer, viewer_of
from knotwork.core.pages.kept import kept_until_something_happens
from knotwork.core.pages.walk import start_url
from knotwork.programmes.queries import ProgrammeSummary, places_of, programmes_for
from knotwork.programmes.rules import can_create_programme
from knotwork.thread.golden_thread import HALVES
from knotwork.thread.latest import News, news_of_programme
from knotwork.thread.maps import map_of_places

_PROGRAMMES_WITH_NEWS = 3
_NEWS_SHOWN = 6


@require_safe
@kept_until_something_happens
def home(request: HttpRequest) -> HttpResponse:
    """What Knotwork is in one breath, and the ways in."""
    viewer = viewer_of(request)
    listed = programmes_for(viewer)
    context = {
        "page_title": _("Where a place works on a knotty issue together"),
        "page_description": _(
            "Say what you think, see how things hang together, what is tried, and what came of it."
        ),
        "golden_thread": HALVES,
        "programmes": listed,
        "conversation": _one_to_look_at(conversations_for(viewer)),
        "news": _news(listed, viewer),
        "walk_url": start_url(),
        **_map(listed, viewer),
    }
    return render(request, "thread/home.html", context)


@require_safe
@kept_until_something_happens
def programme_list(request: HttpRequest) -> HttpResponse:
    """All programmes that the viewer may see."""
    viewer = viewer_of(request)
    context = {
        "page_title": _("Programmes"),
        "page_description": _(
            "Programmes that bring places together, each of which takes on a knotty issue."
        ),
        "programmes": programmes_for(viewer),
        "can_create": not viewer.is_stranger and bool(can_create_programme(viewer)),
    }
    return render(request, "thread/programmes.html", context)


def _map(listed: tuple[ProgrammeSummary, ...], viewer: Viewer) -> dict[str, object]:
    """The map of the first programme that has places on it."""
    for programme in listed:
        places = places_of(programme.id, viewer) if programme.places else ()
        drawn = map_of_places(places, name="home-map") if places else None
        if drawn:
            # The drawing floor writes this SVG itself and escapes every word in it.
            svg = mark_safe(drawn.picture.svg)  # noqa: S308
            return {"map_svg": svg, "map_programme": programme, "map_count": len(places)}
    return {}


def _one_to_look_at(conversations: list[ListedConversation]) -> ListedConversation | None:
    """A conversation whose results can be read: one held elsewhere is complete, so it comes first."""
    ready = [row for row in conversations if row.phase in (Phase.OPEN, Phase.CLOSED)]
    return min(ready, key=lambda row: not row.held_elsewhere, default=None)


def _news(listed: tuple[ProgrammeSummary, ...], viewer: Viewer) -> list[News]:
    lines = [
        replace(line, programme=programme.title, url=line.url or programme.url)
        for programme in listed[:_PROGRAMMES_WITH_NEWS]
        for line in news_of_programme(programme.public_id, viewer)
    ]
    return sorted(lines, key=lambda line: line.at, reverse=True)[:_NEWS_SHOWN]
