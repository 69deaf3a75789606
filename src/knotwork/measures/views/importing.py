"""Bring figures in: hand a file in, look at how it is read, then write it or leave it alone."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knotwork.core.accounts.viewer import Viewer, viewer_of
from knotwork.core.pages.answers import SeeOther
from knotwork.core.rules import Refused, require
from knotwork.core.uploads.services import UploadRefused
from knotwork.measures import rules
from knotwork.measures.import_forms import SeriesFileForm
from knotwork.measures.import_requests import (
    ask_for_import,
    confirm_import,
    give_up_on_lost,
    import_at,
    leave_import,
)
from knotwork.measures.imports import remark_in_words
from knotwork.measures.models import SeriesImport, SeriesImportState
from knotwork.measures.views.found import Crumbs, for_writers
from knotwork.programmes.found import around, found_programme
from knotwork.programmes.models import Programme
from knotwork.programmes.queries import ProgrammeView


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def new(request: HttpRequest, programme: str) -> HttpResponse:
    """Hand a file in. What is wrong with it is said at once."""
    viewer = viewer_of(request)
    view, where = _programme(programme, viewer)
    form = SeriesFileForm(request.POST, request.FILES) if request.method == "POST" else SeriesFileForm()
    if form.is_bound and form.is_valid():
        try:
            asked = ask_for_import(where, form.about(), form.cleaned_data["file"], by=viewer)
        except UploadRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            if asked.state != SeriesImportState.REFUSED:
                return SeeOther(reverse("measures:import-state", args=[programme, asked.public_id]))
            form.add_error("file", asked.problem)
    context = around(view) | {
        "form": form,
        "page_title": _("Bring figures in"),
        "crumbs": _crumbs(_("Bring figures in")),
    }
    return render(request, "measures/import.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def state(request: HttpRequest, programme: str, series_import: UUID) -> HttpResponse:
    """How a file is read and what it would change; ``POST`` writes it, or leaves it alone."""
    viewer = viewer_of(request)
    view, where = _programme(programme, viewer)
    row = import_at(where, series_import)
    if row is None:
        raise Http404
    refused = ""
    if request.method == "POST":
        try:
            if request.POST.get("act") == "leave":
                leave_import(row, by=viewer)
            else:
                confirm_import(row, by=viewer)
            return SeeOther(request.path)
        except Refused as refusal:
            refused = str(refusal)
    give_up_on_lost(row)
    context = (
        around(view)
        | _about(row)
        | {
            "import": row,
            "refused": refused,
            "page_title": _("How %(file)s is read") % {"file": row.file_name},
            "crumbs": _crumbs(_("Bring figures in"), programme, row.file_name),
            "again_url": reverse("measures:import", args=[programme]),
            "may_change": rules.can_change_figures(viewer, where.pk),
        }
    )
    return render(request, "measures/import_state.html", context)


def _programme(slug: str, viewer: Viewer) -> tuple[ProgrammeView, Programme]:
    view = found_programme(slug, viewer)
    require(rules.can_import(viewer, view.id))
    return view, Programme.objects.get(pk=view.id)


def _crumbs(title: str, programme: str = "", here: str = "") -> Crumbs:
    way = [(_("Measure"), reverse("measures:list"))]
    if not here:
        return [*way, (title, "")]
    return [*way, (title, reverse("measures:import", args=[programme])), (here, "")]


def _about(row: SeriesImport) -> dict[str, object]:
    """The preview, in the reader's words."""
    preview = row.preview
    if not preview:
        return {"is_under_way": row.state in (SeriesImportState.WAITING, SeriesImportState.WRITING)}
    return {
        "is_under_way": row.state == SeriesImportState.WRITING,
        "is_ready": row.state == SeriesImportState.READ,
        "is_done": row.state == SeriesImportState.DONE,
        "preview": preview,
        "kind": _("a download from Fingertips") if preview["kind"] == "fingertips" else _("a tidy table"),
        "remarks": [remark_in_words(code, count) for code, count in preview["remarks"]],
        "column_rows": [
            (_names()[ours], theirs or "–", first or "–") for ours, theirs, first in preview["columns"]
        ],
        "column_heads": (_("What we need"), _("Its column in the file"), _("The first value")),
        "first_heads": [_names()[name] for name in preview["first_columns"]],
        "indicator_heads": (_("Indicator"), _("New here?"), _("Added"), _("Changed"), _("As they are")),
        "indicator_rows": [
            (
                one["name"],
                _("yes") if one["is_new"] else _("no"),
                one["added"],
                one["changed"],
                one["unchanged"],
            )
            for one in preview["indicators"]
        ],
    }


def _names() -> dict[str, str]:
    """What each of our columns is called on the page."""
    return {
        "indicator": _("Indicator"),
        "indicator_id": _("Number of the indicator"),
        "area_code": _("Code of the area"),
        "area_name": _("Name of the area"),
        "area_type": _("Kind of area"),
        "sex": _("Sex"),
        "age": _("Age"),
        "category_type": _("Kind of division"),
        "category": _("Part of the division"),
        "period": _("Period"),
        "note": _("Note"),
        "value": _("Value"),
        "lower": _("Lower limit"),
        "upper": _("Upper limit"),
        "count": _("Count"),
        "denominator": _("Number of people"),
    }
