from collections import Counter

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knotwork.conversations.queries import conversations_for
from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.pages.kept import kept_until_something_happens
from knotwork.programmes.found import around, crumbs_to, found_programme, looks_after
from knotwork.programmes.queries import (
    PlaceSummary,
    ThemeView,
    can_read_steering,
    facts_of,
    ledger_of,
    partners_of,
    places_of,
)
from knotwork.thread.downloads import picture_file
from knotwork.thread.latest import news_of_programme
from knotwork.thread.maps import figure_of_places, map_of_places
from knotwork.thread.rooms import new_in_rooms
from knotwork.thread.views.following import programme_feed_links


@require_safe
@kept_until_something_happens
def programme(request: HttpRequest, programme: str) -> HttpResponse:
    """A programme: its places on a map and in a list, its aims, partners, ledger, facts, and what is new."""
    viewer = viewer_of(request)
    view = found_programme(programme, viewer)
    places = places_of(view.id, viewer)
    themes = _themes(places)
    theme = next((each for each, _count in themes if each.slug == request.GET.get("theme")), None)
    drawn = map_of_places(places, name="places-map", theme=theme.slug if theme else "")
    context = around(view) | {
        "page_title": view.title,
        "page_description": view.summary
        or _("The places of this programme, and the knotty issue that each works on."),
        "crumbs": crumbs_to(view),
        "places": [place for place in places if theme is None or place.has_theme(theme.slug)],
        "place_count": len(places),
        "many_areas": [
            place for place in places if len([a for a in place.areas if a.until_date is None]) > 1
        ],
        "shared_themes": [pair for pair in themes if pair[1] > 1],
        "own_themes": [pair for pair in themes if pair[1] == 1],
        "theme": theme,
        "theme_is_own": any(each == theme and count == 1 for each, count in themes),
        "figure": figure_of_places(drawn, view, places, theme) if drawn else None,
        "partners": partners_of(view.id),
        "facts": facts_of(view.id),
        "ledger": ledger_of(view.id, viewer),
        "conversations": conversations_for(viewer, programme=view.public_id),
        "new_in_rooms": new_in_rooms(view.public_id, viewer),
        "news": news_of_programme(view.public_id, viewer),
        "looks_after": looks_after(viewer, view),
        "steers": can_read_steering(viewer, view),
        "feed_links": programme_feed_links(view),
    }
    return render(request, "thread/programme.html", context)


@require_safe
def programme_map(request: HttpRequest, programme: str, kind: str) -> HttpResponse:
    """The map of a programme's places as a file."""
    viewer = viewer_of(request)
    view = found_programme(programme, viewer)
    drawn = map_of_places(places_of(view.id, viewer), name="places-map")
    if drawn is None:
        raise Http404
    return picture_file(drawn.picture, kind, name=f"{view.slug}-map")


def _themes(places: tuple[PlaceSummary, ...]) -> list[tuple[ThemeView, int]]:
    """The themes of these places with the number of places under each, by name."""
    counted = Counter(theme for place in places for theme in place.themes)
    return sorted(counted.items(), key=lambda pair: pair[0].name)
