"""A programme's lists as files, for everybody who may see the programme."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from knotwork.core.accounts.viewer import viewer_of
from knotwork.programmes import exports, queries
from knotwork.programmes.queries import MovedTo
from knotwork.programmes.views.team import programme_or_404


@require_safe
def places_csv(request: HttpRequest, programme: str) -> HttpResponse:
    """The places of a programme."""
    viewer = viewer_of(request)
    found = programme_or_404(programme, viewer)
    if isinstance(found, MovedTo):
        return redirect(f"{found.url}places.csv", permanent=True)
    return _file(exports.places_table(queries.places_of(found.id, viewer)), f"{found.slug}-places.csv")


@require_safe
def ledger_csv(request: HttpRequest, programme: str) -> HttpResponse:
    """The ledger of a programme."""
    viewer = viewer_of(request)
    found = programme_or_404(programme, viewer)
    if isinstance(found, MovedTo):
        return redirect(f"{found.url}ledger.csv", permanent=True)
    return _file(exports.ledger_table(queries.ledger_of(found.id, viewer)), f"{found.slug}-ledger.csv")


def _file(table: str, name: str) -> HttpResponse:
    response = HttpResponse(table, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
