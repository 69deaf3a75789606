"""One page for each thing: a note, a story, a leadership note, a lesson, and what was taken up."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.pages.kept import kept_until_something_happens
from knotwork.learning.kinds import PIECES, UPTAKE, address_of
from knotwork.learning.queries import helpers_of, may_change, may_write, ties_of, uptakes_of
from knotwork.learning.views.found import piece_or_404, uptake_or_404, way_to
from knotwork.programmes.found import around, found_programme
from knotwork.programmes.models import Stage

_DONE = {
    "written": gettext_lazy("It is kept. You do not have to write it anywhere else."),
    "changed": gettext_lazy("It is changed."),
    "taken-up": gettext_lazy("It is kept. The place that learned this sees it, if it may read it."),
    "result": gettext_lazy("It is kept, and stands with the lesson too."),
}


@require_safe
@kept_until_something_happens
def piece(request: HttpRequest, programme: str, kind: str, **which: UUID) -> HttpResponse:
    """What was written, what it speaks of, and of a lesson who took it up and what came back."""
    viewer = viewer_of(request)
    where = found_programme(programme, viewer)
    view = piece_or_404(kind, where, which[kind], viewer)
    context: dict[str, Any] = around(where) | {
        "piece": view,
        "page_title": view.title,
        "page_description": view.teaser or view.title,
        "crumbs": way_to(where, view.place, str(PIECES[kind].label)),
        "ties": ties_of(view, viewer),
        "helpers": helpers_of(view, viewer),
        "done": _DONE.get(request.GET.get("done", "")),
        "is_public": view.stage == Stage.PUBLIC,
    }
    if kind == "lesson":
        uptakes = uptakes_of(view.public_id, viewer)
        context |= {"uptakes": uptakes, "sent_back": [each for each in uptakes if each.sent_back]}
    if not viewer.is_stranger and may_change(PIECES[kind], view.public_id, viewer):
        context |= {
            "change_url": address_of(kind, programme, view.public_id, "change"),
            "withdraw_url": address_of(kind, programme, view.public_id, "withdraw"),
        }
    return render(request, "learning/piece.html", context)


@require_safe
@kept_until_something_happens
def uptake(request: HttpRequest, programme: str, uptake: UUID) -> HttpResponse:
    """Who takes up what, for which issue, and how it went."""
    viewer = viewer_of(request)
    where = found_programme(programme, viewer)
    view = uptake_or_404(where, uptake, viewer)
    context = around(where) | {
        "uptake": view,
        "page_title": view.title,
        "page_description": view.plan or view.issue,
        "crumbs": way_to(where, view.place, _("Taken up")),
        "done": _DONE.get(request.GET.get("done", "")),
        "is_public": view.stage == Stage.PUBLIC,
        "may_say_result": may_write(view.place.id, viewer),
    }
    if not viewer.is_stranger and may_change(UPTAKE, view.public_id, viewer):
        context |= {
            "change_url": address_of("uptake", programme, view.public_id, "change"),
            "withdraw_url": address_of("uptake", programme, view.public_id, "withdraw"),
        }
    return render(request, "learning/uptake.html", context)
