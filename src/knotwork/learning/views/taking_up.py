"""'We are taking this up', and how it went."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.rules import require
from knotwork.learning import services
from knotwork.learning.forms import ResultForm, UptakeForm
from knotwork.learning.kinds import UPTAKE
from knotwork.learning.queries import PlaceChoice, UptakeView, places_to_write_for, uptake_beads
from knotwork.learning.rules import can_take_up_something
from knotwork.learning.services import UptakeWords
from knotwork.learning.views.found import (
    FormPage,
    answer_form,
    for_people_signed_in,
    piece_or_404,
    posted,
    uptake_or_404,
)
from knotwork.learning.views.writing import require_change
from knotwork.programmes.found import found_place, found_programme
from knotwork.programmes.queries import PlaceView
from knotwork.programmes.rules import Act, can


@require_http_methods(["GET", "HEAD", "POST"])
@for_people_signed_in
def take_up(request: HttpRequest, programme: str, lesson: UUID) -> HttpResponse:
    """Say that one of the reader's places takes up this lesson."""
    viewer = viewer_of(request)
    where = found_programme(programme, viewer)
    source = piece_or_404("lesson", where, lesson, viewer)
    require(can_take_up_something(viewer))
    origin = source.place.id if source.place else None
    places = sorted(places_to_write_for(viewer), key=lambda place: place.id == origin)
    is_elsewhere = len(places) == 1 and places[0].id != origin
    initial = {"issue": places[0].issue if is_elsewhere else ""}
    form = UptakeForm(posted(request), places=places, initial=initial)

    def write() -> str:
        words = _words(form.cleaned_data, where.language)
        uptake = services.take_up(lesson, words, by=viewer)
        return f"{uptake_beads([uptake], viewer)[0].url}?done=taken-up"

    title = _("We are taking this up")
    page = FormPage(title, source.title, title, source.url, source.place)
    return answer_form(request, page, form, where, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people_signed_in
def change(request: HttpRequest, programme: str, uptake: UUID) -> HttpResponse:
    """Change for which issue, what the place will do, and who may read it."""
    viewer = viewer_of(request)
    where = found_programme(programme, viewer)
    view = uptake_or_404(where, uptake, viewer)
    require_change(UPTAKE, view, viewer)
    place = _place_of(view, programme, request)
    choice = PlaceChoice(place.id, place.name, where.title, place.issue, place.is_sensitive)
    initial = {"issue": view.issue, "plan": view.plan, "visibility": view.stage}
    form = UptakeForm(posted(request), places=[choice], initial=initial)

    def write() -> str:
        services.change_uptake(uptake, _words(form.cleaned_data, view.language), by=viewer)
        return f"{view.url}?done=changed"

    page = FormPage(_("Change what was written"), view.title, _("Save"), view.url, view.place)
    return answer_form(request, page, form, where, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people_signed_in
def result(request: HttpRequest, programme: str, uptake: UUID) -> HttpResponse:
    """Say how it went, and send an idea back."""
    viewer = viewer_of(request)
    where = found_programme(programme, viewer)
    view = uptake_or_404(where, uptake, viewer)
    require(can(viewer, Act.WRITE, where, view.place.id))
    initial = {"outcome": view.outcome, "result": view.result, "sent_back": view.sent_back}
    form = ResultForm(posted(request), initial=initial)

    def write() -> str:
        said = form.cleaned_data
        services.say_result(uptake, said["outcome"], said["result"], by=viewer, sent_back=said["sent_back"])
        return f"{view.url}?done=result"

    page = FormPage(_("How did it go?"), view.title, _("Keep it"), view.url, view.place)
    return answer_form(request, page, form, where, write)


def _words(said: dict[str, Any], language: str) -> UptakeWords:
    return UptakeWords(
        place_id=said["place"],
        issue=said["issue"],
        plan=said["plan"],
        visibility=said["visibility"],
        language=language,
    )


def _place_of(view: UptakeView, programme: str, request: HttpRequest) -> PlaceView:
    return found_place(programme, view.place.slug, viewer_of(request))
