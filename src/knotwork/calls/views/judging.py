"""The list of bids for those who judge: after the bids were opened, and never before."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knotwork.calls.exports import COLUMNS, rows_of
from knotwork.calls.queries import opened_bids
from knotwork.calls.rules import Act
from knotwork.calls.views.found import OpenedCall, call_surroundings, for_call_act
from knotwork.core.pages.answers import csv_file

ON_ONE_PAGE = 100


@require_safe
@for_call_act(Act.READ_BIDS)
def bids(request: HttpRequest, found: OpenedCall) -> HttpResponse:
    """What was handed in, in the order of the names of the places: no order says more than another."""
    listed = opened_bids(found.row, found.viewer)
    title = _("Bids")
    context = call_surroundings(found, title) | {
        "page_title": _("Bids to “%(call)s”") % {"call": found.row.title},
        "listed": Paginator(listed, ON_ONE_PAGE).get_page(request.GET.get("page")),
        "how_many": len(listed),
    }
    return render(request, "calls/bids.html", context)


@require_safe
@for_call_act(Act.READ_BIDS)
def bids_csv(_request: HttpRequest, found: OpenedCall) -> HttpResponse:
    """The same as a table."""
    listed = opened_bids(found.row, found.viewer)
    return csv_file(COLUMNS, rows_of(found.row, listed), f"{found.row.slug}-bids")
