"""Pages that write: choose a measure, change it, say what else may explain it, set it aside; say that nothing fits."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from knotwork.core import clock
from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.pages.answers import SeeOther
from knotwork.core.rules import require
from knotwork.measures import rules, services
from knotwork.measures.forms import (
    CauseForm,
    ChoiceForm,
    IndicatorChoiceForm,
    IndicatorForm,
    NothingFitsForm,
    ReasonForm,
    RebaseForm,
)
from knotwork.measures.models import Indicator
from knotwork.measures.queries import measure_address, place_address
from knotwork.measures.querysets import indicators
from knotwork.measures.views.found import (
    answer_form,
    crumbs_to_place,
    for_writers,
    found_measure,
    posted,
    surroundings,
    written_place,
)
from knotwork.programmes.found import around

FORM = require_http_methods(["GET", "HEAD", "POST"])


@FORM
@for_writers
def choose(request: HttpRequest, programme: str, place: str) -> HttpResponse:
    """Choose what a place looks at: first the indicator, then its series, and what is said before looking."""
    viewer = viewer_of(request)
    view, row = written_place(programme, place, viewer)
    require(rules.can_choose(viewer, row.programme, row))
    title = _("Choose a measure for %(place)s") % {"place": view.name}
    context = around(view.programme) | {
        "page_title": title,
        "crumbs": crumbs_to_place(view.programme, view.name, view.slug, _("Choose a measure")),
        "lede": _("Choose it before you look at the figures, and say what you expect."),
        "back_url": place_address(programme, place),
    }
    key = request.GET.get("indicator", "")
    held = indicators().by_key(row.programme)
    if key not in held:
        context |= {
            "form": IndicatorChoiceForm(programme=row.programme),
            "into": reverse("measures:import", args=[programme]),
        }
        return render(request, "measures/choose.html", context)
    form = ChoiceForm(posted(request), place=row, indicator=held[key])
    context |= {"button": _("Look at this"), "page_title": f"{title}: {held[key].name}"}

    def write(_given: dict[str, Any]) -> str:
        choice = replace(form.choice_made(), chosen_on=clock.now().date())
        services.choose_measure(row.pk, choice, by=viewer)
        return place_address(programme, place)

    return answer_form(request, form, context, write)


@FORM
@for_writers
def change(request: HttpRequest, programme: str, measure: str) -> HttpResponse:
    """Choose otherwise: the series, the words, what is called better."""
    viewer = viewer_of(request)
    where, row = found_measure(programme, measure, viewer)
    require(rules.can(viewer, rules.Act.CHANGE, row))
    assert row.place is not None  # a measure is chosen for a place
    form = ChoiceForm(
        posted(request),
        place=row.place,
        indicator=row.indicator,
        choice=services.choice_of(row.public_id),
    )
    context = surroundings(where, row, _("Change it")) | {
        "page_title": _("Change: %(title)s") % {"title": row.title},
        "lede": _("That it was changed, and when, is kept."),
        "button": _("Save"),
        "back_url": measure_address(programme, measure),
    }

    def write(_given: dict[str, Any]) -> str:
        services.change_measure(row.public_id, form.choice_made(), by=viewer)
        return measure_address(programme, measure)

    return answer_form(request, form, context, write)


@FORM
@for_writers
def rival_cause(request: HttpRequest, programme: str, measure: str) -> HttpResponse:
    """Say what else may have moved a measure."""
    form = CauseForm(posted(request))
    page = (
        _("What else may have moved it?"),
        _("A change has many causes. Name those that others would name."),
    )
    return _on_measure(
        request,
        (programme, measure),
        rules.Act.SAY_CAUSE,
        (form, *page, _("Add it")),
        lambda row, _given: services.say_rival_cause(row.public_id, form.cause(), by=viewer_of(request)),
    )


@FORM
@for_writers
def rebase(request: HttpRequest, programme: str, measure: str) -> HttpResponse:
    """Let the chart begin anew."""
    form = RebaseForm(posted(request))
    page = (
        _("Let the chart begin anew"),
        _(
            "Only where you know from elsewhere that things are different since then. The finding stays as it is."
        ),
    )
    return _on_measure(
        request,
        (programme, measure),
        rules.Act.REBASE,
        (form, *page, _("Begin anew from here")),
        lambda row, _given: services.approve_rebase(row.public_id, form.beginning(), by=viewer_of(request)),
    )


@FORM
@for_writers
def set_aside(request: HttpRequest, programme: str, measure: str) -> HttpResponse:
    """Look at it no longer."""
    page = _("Set it aside"), _("It stays in the list with its last result, so that nothing is forgotten.")
    return _on_measure(
        request,
        (programme, measure),
        rules.Act.SET_ASIDE,
        (ReasonForm(posted(request)), *page, _("Set it aside")),
        lambda row, given: services.set_aside(row.public_id, given["why"], by=viewer_of(request)),
    )


@FORM
@for_writers
def withdraw(request: HttpRequest, programme: str, measure: str) -> HttpResponse:
    """Take it out of sight."""
    viewer = viewer_of(request)
    where, row = found_measure(programme, measure, viewer)
    require(rules.can(viewer, rules.Act.WITHDRAW, row))
    context = surroundings(where, row, _("Take it out of sight")) | {
        "page_title": _("Take it out of sight"),
        "lede": _("For mistakes only. If you no longer look at it, set it aside: then it stays listed."),
        "button": _("Take it out of sight"),
        "back_url": measure_address(programme, measure),
    }
    place = row.place

    def write(given: dict[str, Any]) -> str:
        services.withdraw_measure(row.public_id, given["why"], by=viewer)
        return place_address(programme, place.slug) if place else reverse("measures:list")

    return answer_form(request, ReasonForm(posted(request)), context, write)


@require_POST
@for_writers
def take_up_again(request: HttpRequest, programme: str, measure: str) -> HttpResponse:
    """Look at it again."""
    _where, row = found_measure(programme, measure, viewer_of(request))
    services.take_up_again(row.public_id, by=viewer_of(request))
    return SeeOther(measure_address(programme, measure))


@FORM
@for_writers
def nothing_fits(request: HttpRequest, programme: str, place: str) -> HttpResponse:
    """Say that none of the series that are held fits a place, and why."""
    viewer = viewer_of(request)
    view, row = written_place(programme, place, viewer)
    require(rules.can_choose(viewer, row.programme, row))
    form = NothingFitsForm(posted(request), place=row)
    context = around(view.programme) | {
        "page_title": _("Nothing fits %(place)s") % {"place": view.name},
        "crumbs": crumbs_to_place(view.programme, view.name, view.slug, _("Nothing fits")),
        "lede": _("A figure about something else is worse than none. Say what would have to be counted."),
        "button": _("Say so"),
        "back_url": place_address(programme, place),
    }

    def write(_given: dict[str, Any]) -> str:
        services.nothing_fits(row.pk, form.said(), by=viewer)
        return place_address(programme, place)

    return answer_form(request, form, context, write)


@FORM
@for_writers
def indicator_words(request: HttpRequest, indicator: UUID) -> HttpResponse:
    """Say better what an indicator is."""
    viewer = viewer_of(request)
    row = indicators().visible_to(viewer).filter(public_id=indicator).first()
    if row is None:
        raise Http404
    require(rules.can_hold(viewer, row.programme_id))
    form = IndicatorForm(posted(request), initial=_words_of(row))
    url = reverse("measures:indicator", args=[row.public_id])
    context = {
        "page_title": _("Change: %(title)s") % {"title": row.name},
        "crumbs": [(_("Measure"), reverse("measures:list")), (row.name, url), (_("Change it"), "")],
        "button": _("Save"),
        "back_url": url,
    }

    def write(_given: dict[str, Any]) -> str:
        services.change_indicator(row.public_id, form.said_of(row.key), by=viewer)
        return url

    return answer_form(request, form, context, write)


def _words_of(row: Indicator) -> dict[str, Any]:
    return {name: getattr(row, name) for name in IndicatorForm.base_fields}


def _on_measure(
    request: HttpRequest,
    address: tuple[str, str],
    act: rules.Act,
    page: tuple[Any, str, str, str],
    write: Any,
) -> HttpResponse:
    """One form about one measure: its title, a sentence above it and its button come with it."""
    viewer = viewer_of(request)
    where, row = found_measure(*address, viewer)
    require(rules.can(viewer, act, row))
    form, title, lede, button = page
    context = surroundings(where, row, title) | {
        "page_title": title,
        "lede": lede,
        "button": button,
        "back_url": measure_address(*address),
    }

    def written(given: dict[str, Any]) -> str:
        write(row, given)
        return measure_address(*address)

    return answer_form(request, form, context, written)
