"""All try-outs together, by the keys to what must change and by place."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knotwork.actions.portfolio_figure import figure_of, map_of, table_of
from knotwork.actions.queries.portfolio import Portfolio, column_heads, portfolio_for
from knotwork.actions.views.found import way_to
from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.pages.answers import csv_file
from knotwork.core.pages.kept import kept_until_something_happens
from knotwork.programmes.found import around, found_programme
from knotwork.programmes.queries import places_of


@require_safe
@kept_until_something_happens
def of_all(request: HttpRequest) -> HttpResponse:
    """Across programmes: whatever the viewer may see."""
    context = _context(portfolio_for(viewer_of(request)))
    context["crumbs"] = [(_("Try"), reverse("actions:list")), (_("All together"), "")]
    return render(request, "actions/portfolio.html", context)


@require_safe
@kept_until_something_happens
def of_programme(request: HttpRequest, programme: str) -> HttpResponse:
    """Of one programme."""
    viewer = viewer_of(request)
    where = found_programme(programme, viewer)
    file_url = reverse("actions:programme-portfolio-file", args=[where.slug])
    portfolio = portfolio_for(viewer, programme=where.public_id)
    context = around(where) | _context(portfolio, file_url)
    context["map_view"] = map_of(portfolio, places_of(where.id, viewer))
    context["crumbs"] = [*way_to(where), (_("All together"), "")]
    return render(request, "actions/portfolio.html", context)


@require_safe
def of_programme_file(request: HttpRequest, programme: str) -> HttpResponse:
    """The same as a table to take away."""
    viewer = viewer_of(request)
    where = found_programme(programme, viewer)
    columns, rows = table_of(portfolio_for(viewer, programme=where.public_id))
    return csv_file(columns, rows, f"{where.slug}-try-outs")


def _context(portfolio: Portfolio, file_url: str = "") -> dict[str, Any]:
    return {
        "page_title": _("All try-outs together"),
        "page_description": _("What is tried out, what must change around it, and how far that is."),
        "portfolio": portfolio,
        "figure_view": figure_of(portfolio, file_url=file_url) if portfolio.rows else None,
        "heads": column_heads(),
    }
