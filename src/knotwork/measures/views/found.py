"""What the pages of this room have in common: find a measure, who may open a page that writes, what surrounds it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from knotwork.core.accounts.viewer import Viewer, viewer_of
from knotwork.core.pages.answers import SeeOther
from knotwork.core.rules import Refused
from knotwork.measures.models import Measure
from knotwork.measures.queries import measure_address, place_address
from knotwork.measures.querysets import measures
from knotwork.programmes.found import around, found_place, found_programme
from knotwork.programmes.models import Place
from knotwork.programmes.queries import PlaceView, ProgrammeView

View = Callable[..., HttpResponse]
Crumbs = list[tuple[str, str]]


def for_writers(view: View) -> View:
    """A page that writes: a stranger is asked to sign in; nothing of it is kept anywhere."""

    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, **words: Any) -> HttpResponse:
        if viewer_of(request).is_stranger:
            return redirect_to_login(request.get_full_path())
        return view(request, **words)

    return answer


def found_measure(programme: str, slug: str, viewer: Viewer) -> tuple[ProgrammeView, Measure]:
    """The programme and the measure, or 'page not found' for whoever may not see them."""
    where = found_programme(programme, viewer)
    row = measures().visible_to(viewer).with_all().filter(programme_id=where.id, slug=slug).first()
    if row is None:
        raise Http404
    return where, row


def written_place(programme: str, slug: str, viewer: Viewer) -> tuple[PlaceView, Place]:
    """The place as it is read, and its row for the rules."""
    view = found_place(programme, slug, viewer)
    return view, Place.objects.select_related("programme").get(pk=view.id)


def crumbs_to_place(programme: ProgrammeView, place: str, place_slug: str, here: str = "") -> Crumbs:
    """The way from the room's list to a place's measures, and on to ``here``."""
    way = [(_("Measure"), reverse("measures:list"))]
    if place:
        way.append((place, place_address(programme.slug, place_slug) if here else ""))
    return [*way, (here, "")] if here else way


def surroundings(programme: ProgrammeView, measure: Measure, here: str = "") -> dict[str, Any]:
    """What surrounds every page of a measure."""
    place = measure.place
    way = crumbs_to_place(
        programme, place.name if place else "", place.slug if place else "", here or measure.title
    )
    if here:
        way.insert(-1, (measure.title, measure_address(programme.slug, measure.slug)))
    return around(programme) | {"measure": measure, "crumbs": way}


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, even if every box was empty; nothing when the form is only looked at."""
    return request.POST if request.method == "POST" else None


def answer_form(
    request: HttpRequest, form: Form, context: dict[str, Any], write: Callable[[dict[str, Any]], str]
) -> HttpResponse:
    """Show the form; once filled in well, ``write`` it and go where ``write`` says. A refusal stands in the form."""
    if request.method == "POST" and form.is_valid():
        try:
            return SeeOther(write(form.cleaned_data))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    status = 422 if form.is_bound else 200
    return render(request, "measures/form.html", context | {"form": form}, status=status)
