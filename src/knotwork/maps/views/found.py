"""What the pages of a map have in common: finding it, what surrounds it, and how a form is answered."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from knotwork.core.accounts.viewer import Viewer, viewer_of
from knotwork.core.pages.answers import SeeOther
from knotwork.core.rules import Refused, require
from knotwork.maps import rules
from knotwork.maps.addresses import map_url
from knotwork.maps.merged import DrawnFactor, MergedMap, merged_map
from knotwork.maps.models import SystemMap
from knotwork.maps.queries import map_at
from knotwork.programmes.addresses import place_url
from knotwork.programmes.found import around, found_programme

View = Callable[..., HttpResponse]
Writing = Callable[[dict[str, Any]], str]


def found(request: HttpRequest, programme: str, slug: str) -> SystemMap:
    """The map at this address, or 'page not found' for whoever may not see it."""
    row = map_at(programme, slug, viewer_of(request))
    if row is None:
        found_programme(programme, viewer_of(request))  # tells where it moved to
        raise Http404
    return row


def found_factor(merged: MergedMap, public_id: UUID) -> DrawnFactor:
    """The factor, as it stands on the map."""
    factor = merged.factor(public_id)
    if factor is None:
        raise Http404
    return factor


@dataclass(frozen=True)
class Opened:
    """A map that somebody opened to write on it."""

    map: SystemMap
    viewer: Viewer
    merged: MergedMap


def for_writers(act: rules.Act) -> Callable[[View], View]:
    """Only for viewers who may do this with the map. A stranger is asked to sign in, others get the reason."""

    def guarded(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, programme: str, map: str, **words: Any) -> HttpResponse:
            viewer = viewer_of(request)
            if viewer.is_stranger:
                return redirect_to_login(request.get_full_path())
            row = found(request, programme, map)
            require(rules.can(viewer, act, row))
            return view(request, Opened(row, viewer, merged_map(row)), **words)

        return answer

    return guarded


def surroundings(system_map: SystemMap, viewer: Viewer, *way: tuple[str, str]) -> dict[str, Any]:
    """What every page of a map needs: its names, its addresses, what may be done, and the way back.

    ``way`` are the steps below the map; the last one is where the reader is.
    """
    programme = found_programme(system_map.programme.slug, viewer)
    place = system_map.place
    here = (system_map.title, map_url(system_map) if way else "")
    steps = [*way[:-1], (way[-1][0], "")] if way else []
    return around(programme) | {
        "map": system_map,
        "page_title": way[-1][0] if way else system_map.title,
        "where": place or programme.title,
        "where_url": place_url(programme.slug, place.slug) if place else programme.url,
        "map_url": map_url(system_map),
        "acts": rules.acts_of(viewer, system_map),
        "crumbs": [(_("Map"), reverse("maps:list")), here, *steps],
    }


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, even if every box was empty; nothing when the form is only looked at."""
    return request.POST if request.method == "POST" else None


@dataclass(frozen=True)
class FormPage:
    """One form on a page: its heading, a sentence above it, and its button."""

    title: str | Promise
    lede: str | Promise
    button: str | Promise
    back_url: str
    is_stop: bool = False


def answer_form(
    request: HttpRequest, page: FormPage, form: Form, context: dict[str, Any], write: Writing
) -> HttpResponse:
    """Show the form; once it is filled in well, ``write`` it and read the page that ``write`` names."""
    if request.method == "POST" and form.is_valid():
        try:
            leads_to = write(form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return SeeOther(leads_to)
    shown = context | {"form": form, "form_page": page, "page_title": page.title}
    return render(request, "maps/form.html", shown, status=422 if form.is_bound else 200)


def around_form(opened: Opened, page: FormPage, *way: tuple[str, str]) -> dict[str, Any]:
    """What surrounds a form that writes on a map."""
    return surroundings(opened.map, opened.viewer, *way, (str(page.title), ""))
