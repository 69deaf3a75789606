"""The list of bids for those who judge: after the bids were opened, and never before."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knotwork.calls.exports import COLUMNS, rows_of
from knotwork.calls.queries import opened_bids, page_of_opened_bids
from knotwork.calls.rules import Act
from knotwork.calls.views.found import OpenedCall, call_surroundings, for_call_act
from knotwork.core.pages.answers import csv_file, workbook_file
from knotwork.formats.sheets import Sheet


@require_safe
@for_call_act(Act.READ_BIDS)
def bids(request: HttpRequest, found: OpenedCall) -> HttpResponse:
    """What was handed in, in the order of the names of the places: no order says more than another."""
    listed, page = page_of_opened_bids(found.row, found.viewer, request.GET.get("page"))
    title = _("Bids")
    context = call_surroundings(found, title) | {
        "page_title": _("Bids to “%(call)s”") % {"call": found.row.title},
        "listed": listed,
        "page": page,
        "how_many": page.paginator.count,
    }
    return render(request, "calls/bids.html", context)


@require_safe
@for_call_act(Act.READ_BIDS)
def bids_csv(_request: HttpRequest, found: OpenedCall) -> HttpResponse:
    """The same as a table."""
    listed = opened_bids(found.row, found.viewer)
    return csv_file(COLUMNS, rows_of(found.row, listed), f"{found.row.slug}-bids")


@require_safe
@for_call_act(Act.READ_BIDS)
def bids_workbook(_request: HttpRequest, found: OpenedCall) -> HttpResponse:
    """The same as a workbook."""
    rows = rows_of(found.row, opened_bids(found.row, found.viewer))
    return workbook_file([Sheet(_("Bids"), COLUMNS, rows)], f"{found.row.slug}-bids")
