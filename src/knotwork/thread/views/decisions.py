"""Decisions that are due: written down by the programme's team, later with their outcome and the reason."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.pages.answers import SeeOther
from knotwork.core.rules import Refused
from knotwork.programmes import services
from knotwork.programmes.found import around
from knotwork.programmes.queries import DecisionView, ProgrammeView, decisions_of
from knotwork.programmes.rules import Act
from knotwork.programmes.views.team import for_the_team, place_choices, posted
from knotwork.thread.forms import DecisionForm, OutcomeForm


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_team(Act.KEEP_STEERING)
def add(request: HttpRequest, programme: ProgrammeView, viewer: Viewer) -> HttpResponse:
    """Write down something that has to be decided."""
    form = DecisionForm(posted(request), places=place_choices(programme, viewer))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        words = services.DecisionWords(
            given["what"],
            given["by_when"],
            given["who_decides"],
            tuple(given["options"].splitlines()),
            given["place"],
        )
        try:
            services.add_decision(programme.id, words, by=viewer)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return SeeOther(f"{_steering(programme)}#decisions")
    heading = (_("A decision that is due"), _("The steering group reads it on its page."), _("Write it down"))
    return _form(request, programme, form, heading)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_team(Act.KEEP_STEERING)
def outcome(request: HttpRequest, programme: ProgrammeView, viewer: Viewer, decision: UUID) -> HttpResponse:
    """Write down what was decided."""
    due = _due(programme, viewer, decision)
    form = OutcomeForm(posted(request), initial={"decided_on": timezone.localdate(clock.now())})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            services.record_outcome(
                due.public_id, given["outcome"], given["reason"], given["decided_on"], by=viewer
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return SeeOther(f"{_steering(programme)}#decisions")
    heading = (_("What was decided?"), due.what, _("Write it down"))
    return _form(request, programme, form, heading)


@require_http_methods(["POST"])
@for_the_team(Act.KEEP_STEERING)
def withdraw(request: HttpRequest, programme: ProgrammeView, viewer: Viewer, decision: UUID) -> HttpResponse:
    """It need not be decided any more."""
    services.withdraw_decision(_due(programme, viewer, decision).public_id, "", by=viewer)
    return SeeOther(f"{_steering(programme)}#decisions")


def _due(programme: ProgrammeView, viewer: Viewer, decision: UUID) -> DecisionView:
    found = (each for each in decisions_of(programme.id, viewer) if each.public_id == decision)
    due = next(found, None)
    if due is None:
        raise Http404
    return due


def _steering(programme: ProgrammeView) -> str:
    return reverse("programmes:steering", args=[programme.slug])


def _form(
    request: HttpRequest, programme: ProgrammeView, form: Any, heading: tuple[str, str, str]
) -> HttpResponse:
    title, lede, button = heading
    back = _steering(programme)
    way = (programme.title, programme.url), (_("Steering group"), back), (title, "")
    context = around(programme) | {
        "form": form,
        "page_title": title,
        "lede": lede,
        "button": button,
        "back_url": back,
        "crumbs": way,
    }
    return render(request, "programmes/form.html", context, status=422 if form.is_bound else 200)
