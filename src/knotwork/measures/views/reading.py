"""Measures for people who look: the room, a place, one measure, one indicator, and what can be taken away."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.pages.answers import csv_file, picture_file
from knotwork.core.pages.kept import kept_until_something_happens
from knotwork.core.strands.addresses import thread_url
from knotwork.measures import rules
from knotwork.measures.models import Indicator, Series
from knotwork.measures.pages import credit_of, measure_page, picture_of, summaries
from knotwork.measures.queries import (
    indicator_view,
    indicators_for,
    measures_for,
    places_without_for,
    programmes_to_bring_into,
)
from knotwork.measures.querysets import indicators, measures
from knotwork.measures.views.found import crumbs_to_place, found_measure, surroundings, written_place
from knotwork.programmes.addresses import QUICK_EXIT_URL
from knotwork.programmes.found import around

SERIES_SHOWN = 300


@require_safe
@kept_until_something_happens
def measure_list(request: HttpRequest) -> HttpResponse:
    """All that is looked at anywhere, by place, also where nothing was found; and where nothing fits."""
    viewer = viewer_of(request)
    listed = measures_for(viewer)
    context = {
        "page_title": _("Measure"),
        "page_description": _("Did anything change? Every measure that places look at, with what was found."),
        "places": summaries(listed),
        "without": places_without_for(viewer),
        "into": [] if viewer.is_stranger else programmes_to_bring_into(viewer),
    }
    return render(request, "measures/list.html", context)


@require_safe
@kept_until_something_happens
def place(request: HttpRequest, programme: str, place: str) -> HttpResponse:
    """All that a place looks at, each with its picture and its sentence; or why nothing fits."""
    viewer = viewer_of(request)
    view, row = written_place(programme, place, viewer)
    seen = measures().visible_to(viewer).with_all().filter(place_id=view.id).order_by("order", "pk")
    context = around(view.programme) | {
        "place": view,
        "page_title": _("Measure: %(place)s") % {"place": view.name},
        "page_description": _("What %(place)s looks at to see whether anything changed.")
        % {"place": view.name},
        "crumbs": crumbs_to_place(view.programme, view.name, view.slug),
        "pages": [measure_page(measure) for measure in seen],
        "without": places_without_for(viewer, place=view.public_id),
        "can_choose": not viewer.is_stranger and bool(rules.can_choose(viewer, row.programme, row)),
    }
    if view.is_sensitive:
        context["quick_exit_url"] = QUICK_EXIT_URL
    return render(request, "measures/place.html", context)


@require_safe
@kept_until_something_happens
def measure(request: HttpRequest, programme: str, measure: str) -> HttpResponse:
    """One measure: its picture, what was found, what was chosen before, and what else may explain it."""
    viewer = viewer_of(request)
    where, row = found_measure(programme, measure, viewer)
    page = measure_page(row)
    siblings = [
        one
        for one in measures_for(viewer, place=row.place.public_id if row.place else None)
        if one.public_id != row.public_id
    ]
    context = surroundings(where, row) | {
        "page_title": row.title,
        "page_description": page.finding.sentences[0],
        "page": page,
        "siblings": siblings,
        "thread_url": thread_url("measure", row.public_id),
        "acts": {act.value for act in rules.acts_of(viewer, row)},
    }
    return render(request, "measures/measure.html", context)


@require_safe
def taken_away(request: HttpRequest, programme: str, measure: str, kind: str) -> HttpResponse:
    """The picture of a measure with its colours written in, as pixels, or its figures as a table."""
    _where, row = found_measure(programme, measure, viewer_of(request))
    picture = picture_of(row)
    if picture is None:
        raise Http404
    if kind == "csv":
        return csv_file(picture.columns, picture.rows, row.slug)
    return picture_file(picture, kind, row.slug, credit=credit_of(row))


@require_safe
@kept_until_something_happens
def indicator_list(request: HttpRequest) -> HttpResponse:
    """Every indicator that is held: what it means, which way is better, where it comes from."""
    viewer = viewer_of(request)
    context = {
        "page_title": _("Indicators"),
        "page_description": _("What can be measured here: its meaning, its source, and which way is better."),
        "crumbs": [(_("Measure"), reverse("measures:list")), (_("Indicators"), "")],
        "indicators": indicators_for(viewer),
    }
    return render(request, "measures/indicators.html", context)


@require_safe
@kept_until_something_happens
def indicator(request: HttpRequest, indicator: UUID) -> HttpResponse:
    """One indicator with its definition, the series that are held of it, and the places that look at it."""
    viewer = viewer_of(request)
    row = indicators().visible_to(viewer).filter(public_id=indicator).first()
    if row is None:
        raise Http404
    series = list(_series(row))
    view = indicator_view(row)
    context = {
        "page_title": row.name,
        "page_description": row.definition or _("What it means, where it comes from, and who looks at it."),
        "crumbs": [
            (_("Measure"), reverse("measures:list")),
            (_("Indicators"), reverse("measures:indicators")),
            (row.name, ""),
        ],
        "indicator": view,
        "series_heads": (_("Area"), _("Code"), _("Sex"), _("Age"), _("Part"), _("Periods")),
        "series_more": max(len(series) - SERIES_SHOWN, 0),
        "series_rows": _series_rows(series[:SERIES_SHOWN]),
        "looked_at": [one for one in measures_for(viewer) if one.indicator == row.name],
        "can_change": not viewer.is_stranger and bool(rules.can_hold(viewer, row.programme_id)),
    }
    return render(request, "measures/indicator.html", context)


def _series(row: Indicator) -> Sequence[Series]:
    return list(
        Series.objects.filter(indicator=row)
        .annotate(held=Count("observations"))
        .order_by("area_name", "area_code", "sex", "age", "category")
    )


def _series_rows(series: Sequence[Series]) -> list[tuple[str | int, ...]]:
    return [
        (
            one.area_name or one.area_code,
            one.area_code,
            one.sex or "–",
            one.age or "–",
            one.category or "–",
            one.held,  # type: ignore[attr-defined]
        )
        for one in series
    ]
