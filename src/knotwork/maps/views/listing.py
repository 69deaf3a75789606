"""The list of maps, which says what this room is for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.pages.kept import kept_until_something_happens
from knotwork.maps.queries import maps_for, programmes_written_by


@require_safe
@kept_until_something_happens
def map_list(request: HttpRequest) -> HttpResponse:
    """Every map that the viewer may see."""
    viewer = viewer_of(request)
    listed = maps_for(viewer)
    context = {
        "page_title": _("Map"),
        "page_description": _("How knotty issues hang together, drawn by people who know them."),
        "here": [one for one in listed if not one.made_elsewhere],
        "elsewhere": [one for one in listed if one.made_elsewhere],
        "written": [] if viewer.is_stranger else programmes_written_by(viewer),
    }
    return render(request, "maps/list.html", context)
