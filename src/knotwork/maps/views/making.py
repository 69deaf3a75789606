"""Make a map, by hand or from a file; change its words; put a file in; take it out of sight; refer to one."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from knotwork.core.accounts.viewer import Viewer, viewer_of
from knotwork.core.pages.answers import SeeOther
from knotwork.core.rules import require
from knotwork.formats.problems import InputProblem
from knotwork.maps import rules, services
from knotwork.maps.addresses import map_url
from knotwork.maps.forms import FileForm, MapForm, NewMapForm, NewMapFromFileForm, ReasonForm, ReferForm
from knotwork.maps.queries import maps_for, references_of_place
from knotwork.maps.rules import Act
from knotwork.maps.services import MapWords
from knotwork.maps.uploads import read_upload
from knotwork.maps.views.came_in import tell_once
from knotwork.maps.views.found import (
    FormPage,
    Opened,
    answer_form,
    around_form,
    for_writers,
    posted,
)
from knotwork.programmes.found import around, found_place, found_programme
from knotwork.programmes.models import Place, Programme
from knotwork.programmes.queries import ProgrammeView
from knotwork.programmes.querysets import places

_ASK = require_http_methods(["GET", "HEAD", "POST"])


@_ASK
def new(request: HttpRequest, programme: str) -> HttpResponse:
    """Begin a map."""
    page = FormPage(
        _("Begin a map"),
        _("Give it a name first. Then come the factors, those who draw, and their links."),
        _("Begin"),
        reverse("maps:list"),
    )
    return _answer_new(request, programme, page, NewMapForm)


@_ASK
def bring_in(request: HttpRequest, programme: str) -> HttpResponse:
    """Begin a map from a file."""
    page = FormPage(
        _("Bring a map in"),
        _("A map that was drawn with another tool. If anything is wrong with the file, nothing is kept."),
        _("Bring it in"),
        reverse("maps:list"),
    )
    return _answer_new(request, programme, page, NewMapFromFileForm)


def _answer_new(request: HttpRequest, slug: str, page: FormPage, kind: type[NewMapForm]) -> HttpResponse:
    viewer = viewer_of(request)
    if viewer.is_stranger:
        return redirect_to_login(request.get_full_path())
    programme = found_programme(slug, viewer)
    row = Programme.objects.get(pk=programme.id)
    written = places_written_by(viewer, row)
    for_programme = rules.can_make(viewer, row, None)
    if not written:
        require(for_programme)
    form = kind(
        posted(request),
        request.FILES or None,
        places=written,
        is_for_programme=bool(for_programme),
        initial={"place": _asked_place(request, written)},
    )
    if request.method == "POST" and form.is_valid():
        _read_file(form)

    def write(words: dict[str, Any]) -> str:
        words.pop("file", None)
        place_id = words.pop("place")
        about = MapWords(**words, language=programme.language)
        with transaction.atomic():
            made = services.make_map(programme.id, about, by=viewer, place_id=place_id)
            if isinstance(form, NewMapFromFileForm):
                tell_once(request, made.public_id, services.put_in_file(made.id, form.map_file, by=viewer))
        return reverse("maps:map", args=[programme.slug, made.slug])

    return answer_form(request, page, form, _around_new(programme, page), write)


def _read_file(form: Form) -> None:
    """Read the map in the file; if there is none, the form says in one message what is wrong."""
    if isinstance(form, FileForm):
        try:
            form.map_file = read_upload(form.cleaned_data["file"])
        except InputProblem as problem:
            form.add_error("file", str(problem))


def _around_new(programme: ProgrammeView, page: FormPage) -> dict[str, Any]:
    return around(programme) | {"crumbs": [(_("Map"), reverse("maps:list")), (str(page.title), "")]}


def _asked_place(request: HttpRequest, written: Sequence[Place]) -> int | None:
    asked = request.GET.get("place", "")
    return next((place.pk for place in written if place.slug == asked), None)


def places_written_by(viewer: Viewer, programme: Programme) -> list[Place]:
    """The places of a programme for which the viewer may write."""
    seen = places().visible_to(viewer).filter(programme=programme).order_by("order", "name")
    return [place for place in seen if rules.can_make(viewer, programme, place)]


@_ASK
@for_writers(Act.DRAW)
def put_in(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Put what others drew elsewhere on this map."""
    page = FormPage(
        _("Put a file in"),
        _(
            "Each perspective in the file becomes one of its own. "
            "Factors with the same words are taken for the same one."
        ),
        _("Put it in"),
        map_url(opened.map),
    )
    form = FileForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        _read_file(form)

    def write(_words: dict[str, Any]) -> str:
        came_in = services.put_in_file(opened.map.pk, form.map_file, by=opened.viewer)
        tell_once(request, opened.map.public_id, came_in)
        return map_url(opened.map)

    return answer_form(request, page, form, around_form(opened, page), write)


@_ASK
@for_writers(Act.CHANGE_WORDS)
def change(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Change what the map says of itself."""
    stands = services.map_words_of(opened.map.pk)
    page = FormPage(_("Change its words"), opened.map.title, _("Save"), map_url(opened.map))
    form = MapForm(posted(request), place=opened.map.place, initial=asdict(stands))

    def write(words: dict[str, Any]) -> str:
        services.change_map(opened.map.pk, replace(stands, **words), by=opened.viewer)
        return map_url(opened.map)

    return answer_form(request, page, form, around_form(opened, page), write)


@_ASK
@for_writers(Act.WITHDRAW)
def withdraw(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Take the map out of sight."""
    page = FormPage(
        _("Take the map out of sight"),
        _("Nobody can read it any more. Nothing is lost."),
        _("Take it out of sight"),
        map_url(opened.map),
        is_stop=True,
    )

    def write(words: dict[str, Any]) -> str:
        services.withdraw_map(opened.map.pk, words["reason"], by=opened.viewer)
        return reverse("maps:list")

    return answer_form(request, page, ReasonForm(posted(request)), around_form(opened, page), write)


@_ASK
def refer(request: HttpRequest, programme: str, place: str) -> HttpResponse:
    """Say on the page of a place that it looks at a map made elsewhere."""
    viewer = viewer_of(request)
    if viewer.is_stranger:
        return redirect_to_login(request.get_full_path())
    view = found_place(programme, place, viewer)
    require(rules.can_refer(viewer, Place.objects.select_related("programme").get(pk=view.id)))
    page = FormPage(
        _("Look at a map made elsewhere"),
        _("The page of %(place)s then leads to it. The map itself stays where it is.") % {"place": view.name},
        _("Add it"),
        view.url,
    )
    own = {one.id for one in maps_for(viewer, place=view.public_id)}
    form = ReferForm(posted(request), maps=[one for one in maps_for(viewer) if one.id not in own])

    def write(words: dict[str, Any]) -> str:
        services.refer_to_map(view.id, words["map"], words["words"], by=viewer)
        return view.url

    context = around(view.programme) | {
        "crumbs": [(view.programme.title, view.programme.url), (view.name, view.url), (str(page.title), "")],
        "place": view,
        "references": references_of_place(view.public_id, viewer),
    }
    return answer_form(request, page, form, context, write)


@login_required
@require_POST
def end_reference(request: HttpRequest, programme: str, place: str, reference: UUID) -> HttpResponse:
    """The page of the place no longer leads to this map."""
    viewer = viewer_of(request)
    view = found_place(programme, place, viewer)
    services.end_reference(reference, by=viewer)
    return SeeOther(view.url)
