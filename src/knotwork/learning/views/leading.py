"""Leading differently in a place: sessions, rounds, reflections, and what stood beside what in time."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from knotwork.core.accounts.viewer import viewer_of
from knotwork.learning.figures import development_figure, development_picture
from knotwork.learning.guides import GUIDES, guide_of
from knotwork.learning.models import SessionMethod
from knotwork.learning.queries import (
    development_of,
    may_reflect,
    may_write,
    reflection_rounds_of,
    rounds_for,
    sessions_for,
)
from knotwork.learning.views.files import picture_file
from knotwork.learning.views.found import way_to
from knotwork.programmes.found import around, open_place

_DONE = {
    "reflected": gettext_lazy("It is kept. Nobody else is shown it."),
    "withdrawn": gettext_lazy("It is taken out of sight. The reason stays in the record."),
    "closed": gettext_lazy("The round is closed."),
    "asked": gettext_lazy("The people of the team can answer now."),
}


@require_safe
def of_place(request: HttpRequest, programme: str, place: str) -> HttpResponse:
    """What people of the place do to lead differently, and what others gave."""
    viewer = viewer_of(request)
    where = open_place(programme, place, viewer)
    happenings = development_of(where.public_id, where.programme.time_zone, viewer)
    is_made_up = where.programme.example_mark == "made-up"
    context = around(where.programme) | {
        "place": where,
        "page_title": _("Leading differently in %(place)s") % {"place": where.name},
        "page_description": _(
            "Sessions on the real issue, how others see it, and what people of the place report."
        ),
        "crumbs": way_to(where.programme, where, _("Leading differently")),
        "sessions": sessions_for(viewer, place=where.public_id),
        "rounds": rounds_for(viewer, place=where.public_id),
        "reflection_rounds": reflection_rounds_of(where.id),
        "open_reflection": None if viewer.is_stranger else may_reflect(where.id, viewer),
        "figure": development_figure(happenings, programme, place, is_made_up=is_made_up)
        if happenings
        else None,
        "may_write": may_write(where.id, viewer),
        "guides": GUIDES,
        "done": _DONE.get(request.GET.get("done", "")),
    }
    return render(request, "learning/leading/of_place.html", context)


@require_safe
def file(request: HttpRequest, programme: str, place: str, kind: str) -> HttpResponse:
    """The time line as a file to take away."""
    viewer = viewer_of(request)
    where = open_place(programme, place, viewer)
    happenings = development_of(where.public_id, where.programme.time_zone, viewer)
    if not happenings:
        raise Http404
    return picture_file(development_picture(happenings), kind, name=f"{where.slug}-development")


@require_safe
def guide(request: HttpRequest, method: str) -> HttpResponse:
    """How to run one method in an hour."""
    if method not in {each.slug for each in GUIDES}:
        raise Http404
    found = guide_of(method)
    context = {
        "guide": found,
        "guides": [each for each in GUIDES if each is not found],
        "page_title": found.name,
        "page_description": str(SessionMethod(found.method).label),
        "crumbs": [(_("Learn"), reverse("learning:list")), (found.name, "")],
    }
    return render(request, "learning/leading/guide.html", context)
