from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.pages.kept import kept_until_something_happens
from knotwork.programmes import rules
from knotwork.programmes.addresses import QUICK_EXIT_URL
from knotwork.programmes.found import around, crumbs_to, found_place
from knotwork.programmes.queries import (
    facts_of,
    ledger_of,
    partners_of,
    people_of_place,
    places_with_themes_of,
)
from knotwork.thread.downloads import picture_file
from knotwork.thread.latest import news_of_place
from knotwork.thread.maps import figure_of_one_place, map_of_one_place
from knotwork.thread.rooms import panels_of
from knotwork.thread.views.following import place_feed_links


@require_safe
@kept_until_something_happens
def place(request: HttpRequest, programme: str, place: str) -> HttpResponse:
    """A place: its knotty issue, where it is, who is in it, and what each room shows of it."""
    viewer = viewer_of(request)
    view = found_place(programme, place, viewer)
    context = around(view.programme) | {
        "place": view,
        "page_title": view.name,
        "page_description": view.issue,
        "crumbs": crumbs_to(view.programme, view.name),
        "can_change": not viewer.is_stranger
        and bool(rules.can(viewer, rules.Act.CHANGE_PLACE, view.programme, view.id)),
    }
    context["sees_its_tile"] = not viewer.is_stranger and bool(
        rules.can(viewer, rules.Act.SEE_OWN_TILE, view.programme, view.id)
    )
    context["feed_links"] = place_feed_links(view)
    context["is_invited"] = context["can_change"] and request.GET.get("done") == "invited"
    if view.is_sensitive:
        context |= {"quick_exit_url": QUICK_EXIT_URL, "search_url": ""}  # no box at all on this page
        return render(request, "thread/sensitive_place.html", context)
    drawn = map_of_one_place(view)
    alike = places_with_themes_of(view, viewer)
    context |= {
        "figure": figure_of_one_place(drawn, view) if drawn else None,
        "people": people_of_place(view.id),
        "partners": partners_of(view.programme.id, view.id),
        "facts": facts_of(view.programme.id, view.id),
        "ledger": ledger_of(view.programme.id, viewer, place_id=view.id),
        "alike": [(theme, [each for each in alike if each.has_theme(theme.slug)]) for theme in view.themes],
        "panels": panels_of(view, viewer),
        "news": news_of_place(view.public_id, viewer),
    }
    return render(request, "thread/place.html", context)


@require_safe
def place_map(request: HttpRequest, programme: str, place: str, kind: str) -> HttpResponse:
    """The small map of a place as a file; not for a place with a sensitive issue."""
    view = found_place(programme, place, viewer_of(request))
    drawn = None if view.is_sensitive else map_of_one_place(view)
    if drawn is None:
        raise Http404
    return picture_file(drawn.picture, kind, name=f"{view.slug}-map")
