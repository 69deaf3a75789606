"""Who took up what from whom, as a network: of every programme, and of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knotwork.core.accounts.viewer import Viewer, viewer_of
from knotwork.core.pages.figure import FigureView
from knotwork.core.pages.kept import kept_until_something_happens
from knotwork.learning.figures import spread_figure, spread_picture
from knotwork.learning.queries import UptakeView, uptakes_for
from knotwork.learning.views.files import picture_file
from knotwork.learning.views.found import way_to
from knotwork.programmes.found import around, found_programme
from knotwork.programmes.queries import ProgrammeView


@require_safe
@kept_until_something_happens
def everywhere(request: HttpRequest) -> HttpResponse:
    """One network for the lessons of each programme, so that what is invented never stands among what is real."""
    viewer = viewer_of(request)
    by_programme: dict[tuple[str, str], list[UptakeView]] = {}
    for uptake in uptakes_for(viewer):
        if uptake.lesson is not None:
            key = (uptake.lesson.programme_slug, uptake.lesson.programme)
            by_programme.setdefault(key, []).append(uptake)
    figures: list[tuple[str, FigureView]] = [
        (name, spread_figure(some, slug, name=f"spread-{number}"))
        for number, ((slug, name), some) in enumerate(sorted(by_programme.items()), start=1)
    ]
    context = {
        "page_title": _("Spread"),
        "page_description": _description(),
        "figures": figures,
        "crumbs": _crumbs(None),
    }
    return render(request, "learning/spread.html", context)


@require_safe
@kept_until_something_happens
def of_programme(request: HttpRequest, programme: str) -> HttpResponse:
    """The network of the lessons of one programme."""
    viewer = viewer_of(request)
    where = found_programme(programme, viewer)
    uptakes = _of(where, viewer)
    context = around(where) | {
        "page_title": _("Spread"),
        "page_description": _description(),
        "figures": [("", spread_figure(uptakes, where.slug))] if uptakes else [],
        "crumbs": _crumbs(where),
    }
    return render(request, "learning/spread.html", context)


@require_safe
def file(request: HttpRequest, programme: str, kind: str) -> HttpResponse:
    """The network of one programme as a file to take away."""
    viewer = viewer_of(request)
    where = found_programme(programme, viewer)
    return picture_file(spread_picture(_of(where, viewer)), kind, name=f"{where.slug}-spread")


def _of(programme: ProgrammeView, viewer: Viewer) -> list[UptakeView]:
    return [
        each for each in uptakes_for(viewer, origin_programme=programme.public_id) if each.lesson is not None
    ]


def _description() -> str:
    return _("Which place took up which lesson from whom, how it went, and what flowed back.")


def _crumbs(programme: ProgrammeView | None) -> list[tuple[str, str]]:
    if programme is not None:
        return way_to(programme, None, _("Spread"))
    return [(_("Learn"), reverse("learning:list")), (_("Spread"), "")]
