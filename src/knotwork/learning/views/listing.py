"""Lists: everything, what one programme learned, what one place learned."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from knotwork.core.accounts.viewer import Viewer, viewer_of
from knotwork.core.feeds import links
from knotwork.core.pages.kept import kept_until_something_happens
from knotwork.learning.feeds import ROOM
from knotwork.learning.kinds import PIECES
from knotwork.learning.queries import may_write, pieces_for, places_to_write_for, uptakes_for
from knotwork.learning.rules import can_give_words
from knotwork.learning.views.found import way_to
from knotwork.programmes.found import around, found_programme, open_place
from knotwork.programmes.queries import ProgrammeView

ON_A_PAGE = 24


@require_safe
@kept_until_something_happens
def everything(request: HttpRequest) -> HttpResponse:
    """The room: what it is for, and all that the reader may see, newest first."""
    viewer = viewer_of(request)
    mine = [] if viewer.is_stranger else places_to_write_for(viewer)
    context = _listed(request, viewer, None) | {
        "page_title": _("Learn"),
        "page_description": _("What places learned, also from what did not work, and who took it up."),
        "feed_url": f"{links.address_of(ROOM)}.atom",
        "places": mine if len(mine) <= 6 else [],
    }
    return render(request, "learning/list.html", context)


@require_safe
@kept_until_something_happens
def of_programme(request: HttpRequest, programme: str) -> HttpResponse:
    """What the places of one programme learned."""
    viewer = viewer_of(request)
    view = found_programme(programme, viewer)
    context = around(view) | _listed(request, viewer, view)
    context |= {
        "page_title": _("What %(programme)s learned") % {"programme": view.title},
        "page_description": _description(view.title),
        "crumbs": way_to(view, None, ""),
    }
    return render(request, "learning/list.html", context)


@require_safe
@kept_until_something_happens
def of_place(request: HttpRequest, programme: str, place: str) -> HttpResponse:
    """What one place learned and took up; the doors to write are here."""
    viewer = viewer_of(request)
    view = open_place(programme, place, viewer)
    taken_up_here = uptakes_for(viewer, place=view.public_id)
    from_here = [each for each in uptakes_for(viewer, origin=view.public_id) if each.place.id != view.id]
    context = around(view.programme) | {
        "place": view,
        "page_title": _("What %(place)s learned") % {"place": view.name},
        "page_description": _description(view.name),
        "crumbs": way_to(view.programme, view, ""),
        "groups": _by_kind(pieces_for(viewer, place=view.public_id)),
        "taken_up_here": taken_up_here,
        "from_here": from_here,
        "may_write": may_write(view.id, viewer),
        "may_give_words": not viewer.is_stranger and bool(can_give_words(viewer, view.programme.id, view.id)),
        "kinds": PIECES.values(),
        "done": _DONE.get(request.GET.get("done", "")),
    }
    return render(request, "learning/of_place.html", context)


def _by_kind(pieces: list[Any]) -> list[tuple[Any, list[Any]]]:
    groups = [(kind, [piece for piece in pieces if piece.kind == kind.code]) for kind in PIECES.values()]
    return [(kind, some) for kind, some in groups if some]


def _listed(request: HttpRequest, viewer: Viewer, programme: ProgrammeView | None) -> dict[str, Any]:
    kind = request.GET.get("kind", "")
    kind = kind if kind in PIECES else ""
    pieces = pieces_for(viewer, programme=programme.public_id if programme else None, kind=kind)
    return {
        "page": Paginator(pieces, ON_A_PAGE).get_page(request.GET.get("page")),
        "kind": kind,
        "kinds": PIECES.values(),
    }


_DONE = {
    "withdrawn": gettext_lazy("It is taken out of sight. The reason stays in the record."),
    "words": gettext_lazy("Thank you. Your words are kept without your name."),
}


def _description(name: str) -> str:
    words = _("Notes, stories and lessons of %(name)s, also of what did not work, and who took them up.")
    return words % {"name": name}
