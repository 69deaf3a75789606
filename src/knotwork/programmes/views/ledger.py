"""The ledger for everybody who may see the programme, statements for partners, and tables in and out for the team."""

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from knotwork.core.accounts.viewer import Viewer, viewer_of
from knotwork.core.pages.answers import SeeOther, workbook_file
from knotwork.core.rules import Refused
from knotwork.programmes import queries, services
from knotwork.programmes.forms import LedgerFileForm, MoveForm
from knotwork.programmes.found import around, crumbs_to, found_programme, looks_after
from knotwork.programmes.ledger_sheets import ledger_sheets
from knotwork.programmes.models import LedgerKind
from knotwork.programmes.queries import EntryView, LedgerView, ProgrammeView, Statement
from knotwork.programmes.rules import Act
from knotwork.programmes.services.ledger_import import plan_of, stage_ledger, write_staged
from knotwork.programmes.views.team import FormPage, answer_form, for_the_team, overview_url, posted
from knotwork.programmes.views.team import around as around_team

LARGEST = 10_000_000
TABLES = "programme_ledger"


@require_safe
def page(request: HttpRequest, programme: str) -> HttpResponse:
    """All sums of a programme's ledger, and its entries."""
    viewer = viewer_of(request)
    where = found_programme(programme, viewer)
    ledger = queries.ledger_of(where.id, viewer)
    context = (
        around(where)
        | sums_in_tables(ledger)
        | {
            "page_title": _("The ledger of %(name)s") % {"name": where.title},
            "page_description": _(
                "What partners pledged, agreed, gave and what is spent, in money and in kind."
            ),
            "crumbs": crumbs_to(where, _("Ledger")),
            "ledger": ledger,
            "partners": _partners(ledger),
            "may_keep": looks_after(viewer, where),
        }
    )
    return render(request, "programmes/ledger.html", context)


@require_safe
def workbook(request: HttpRequest, programme: str) -> HttpResponse:
    """The ledger as a workbook; the same file can be brought in again."""
    viewer = viewer_of(request)
    where = found_programme(programme, viewer)
    return _workbook(queries.ledger_of(where.id, viewer), f"{where.slug}-ledger")


@require_safe
def statement(request: HttpRequest, programme: str, partner: UUID) -> HttpResponse:
    """What one partner gives: a page to print and to hand over."""
    where, found = _statement(request, programme, partner)
    ledger_url = reverse(f"{TABLES}:page", args=[where.slug])
    context = (
        around(where)
        | sums_in_tables(found.ledger)
        | {
            "page_title": _("Statement for %(partner)s") % {"partner": found.partner},
            "page_description": _("What %(partner)s pledged, agreed and gave to %(programme)s.")
            % {"partner": found.partner, "programme": where.title},
            "crumbs": [*crumbs_to(where, _("Ledger"))[:-1], (_("Ledger"), ledger_url), (found.partner, "")],
            "statement": found,
            "ledger": found.ledger,
        }
    )
    return render(request, "programmes/statement.html", context)


@require_safe
def statement_workbook(request: HttpRequest, programme: str, partner: UUID) -> HttpResponse:
    """The same statement as a workbook."""
    where, found = _statement(request, programme, partner)
    return _workbook(found.ledger, f"{where.slug}-statement", partners=False)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_team(Act.KEEP_LEDGER)
def move_entry(request: HttpRequest, programme: ProgrammeView, viewer: Viewer, entry: UUID) -> HttpResponse:
    """Move an entry on to a later state, or a part of it."""
    shown = _entry(queries.ledger_of(programme.id, viewer), entry)
    form = MoveForm(posted(request), entry=shown)

    def write(words: dict[str, Any]) -> None:
        services.move_entry(programme.id, entry, words["state"], part=words["part"], by=viewer)

    page = FormPage(
        _("Move an entry on"),
        f"{shown.what}: {shown.amount_words} ({shown.state_words})",
        _("Move it on"),
        "moved",
        "ledger",
    )
    return answer_form(request, page, form, programme, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_team(Act.KEEP_LEDGER)
def bring_in(request: HttpRequest, programme: ProgrammeView, viewer: Viewer) -> HttpResponse:
    """Bring a table in: it is read and shown first."""
    form = LedgerFileForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file: UploadedFile[bytes] = form.cleaned_data["file"]
        try:
            staged = stage_ledger(programme.id, file.name or "ledger.xlsx", file.read(), by=viewer)
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return SeeOther(reverse("programme_team:ledger-staged", args=[programme.slug, staged]))
    context = around_team(programme, _("Bring a table in")) | {
        "page_title": _("Bring a table in"),
        "form": form,
    }
    return render(request, "programmes/ledger_in.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_team(Act.KEEP_LEDGER)
def staged(request: HttpRequest, programme: ProgrammeView, viewer: Viewer, staged: UUID) -> HttpResponse:
    """What would be written, and the button that writes it."""
    if request.method == "POST":
        write_staged(programme.id, staged, by=viewer)
        return SeeOther(f"{overview_url(programme.slug)}?done=brought-in#ledger")
    context = around_team(programme, _("What will be written")) | {
        "page_title": _("What will be written"),
        "plan": plan_of(programme.id, staged, by=viewer),
    }
    return render(request, "programmes/ledger_staged.html", context)


def sums_in_tables(ledger: LedgerView) -> dict[str, Any]:
    """The sums of a ledger as rows of tables: pledged, agreed, received, spent."""
    kinds = dict(LedgerKind.choices)
    whole = _("The whole programme")
    return {
        "sum_columns": [
            _("Of whom or what"),
            _("Pledged"),
            _("Agreed"),
            _("Received, not spent"),
            _("Spent"),
        ],
        "by_kind": [[str(kinds[each.name]).capitalize(), *each.in_words] for each in ledger.by_kind],
        "by_place": [[each.name or whole, *each.in_words] for each in ledger.by_place],
        "by_partner": [[each.name or _("Not known"), *each.in_words] for each in ledger.by_partner],
        "together": [[_("All together"), *each.in_words] for each in ledger.all_together],
    }


def _partners(ledger: LedgerView) -> list[tuple[str, UUID]]:
    named = {entry.contributor: entry.contributor_id for entry in ledger.entries if entry.contributor_id}
    return sorted(named.items())


def _statement(request: HttpRequest, programme: str, partner: UUID) -> tuple[ProgrammeView, Statement]:
    viewer = viewer_of(request)
    where = found_programme(programme, viewer)
    found = queries.statement_of(where.id, partner, viewer)
    if found is None:
        raise Http404
    return where, found


def _entry(ledger: LedgerView, entry: UUID) -> EntryView:
    shown = next((each for each in ledger.entries if each.public_id == entry), None)
    if shown is None:
        raise Http404
    return shown


def _workbook(ledger: LedgerView, name: str, *, partners: bool = True) -> HttpResponse:
    return workbook_file(ledger_sheets(ledger, partners=partners), name)
