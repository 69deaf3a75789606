"""The team prepares a call from a template, publishes it, moves its deadline, opens the bids."""

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knotwork.calls import services
from knotwork.calls.addresses import call_url
from knotwork.calls.deadlines import local_in
from knotwork.calls.forms import CallForm, DeadlineForm, call_initial, criteria_lines, question_lines
from knotwork.calls.presets import Preset, preset_named, presets
from knotwork.calls.queries import deadline_words
from knotwork.calls.rules import Act
from knotwork.calls.views.found import FormPage, OpenedCall, answer_form, for_call_act, posted
from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.pages.answers import SeeOther
from knotwork.core.pages.forms import PlainForm
from knotwork.core.rules import Refused
from knotwork.programmes.found import around
from knotwork.programmes.queries import ProgrammeView
from knotwork.programmes.rules import Act as ProgrammeAct
from knotwork.programmes.views.team import for_the_team


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_team(ProgrammeAct.LOOK_AFTER)
def new(request: HttpRequest, programme: ProgrammeView, viewer: Viewer) -> HttpResponse:
    """Prepare a call from a template, on one page."""
    preset = preset_named(request.GET.get("template", ""))
    zone = programme.time_zone
    form = CallForm(posted(request), initial=_initial(preset, zone), zone=zone, template=preset.key)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.set_up_call(programme.id, form.words(), by=viewer)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return SeeOther(f"{call_url(programme.slug, made.slug)}?done=prepared")
    context = around(programme) | {
        "form": form,
        "presets": presets(),
        "preset": preset,
        "page_title": _("Prepare a call"),
        "lede": _(
            "Choose a template and change what you like. Nobody but the team sees it until you publish it."
        ),
        "button": _("Prepare it"),
        "zone": zone,
        "crumbs": [
            (_("Calls"), reverse("calls:list")),
            (programme.title, reverse("calls:programme", args=[programme.slug])),
            (_("Prepare a call"), ""),
        ],
        "back_url": reverse("calls:programme", args=[programme.slug]),
    }
    return render(request, "calls/set_up.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_call_act(Act.CHANGE)
def change(request: HttpRequest, found: OpenedCall) -> HttpResponse:
    """Change a call that is being prepared."""
    stands = services.call_words_of(found.row.public_id, found.viewer)
    zone = found.programme.time_zone
    form = CallForm(
        posted(request),
        initial=call_initial(stands, zone),
        zone=zone,
        template=stands.template,
        currency=stands.currency,
    )

    def write() -> None:
        words = replace(form.words(), language=stands.language)
        services.change_call(found.row.public_id, words, by=found.viewer)

    page = FormPage(
        _("Change the call"), _("Once it is published, its words stay as they are."), _("Save"), "changed"
    )
    return answer_form(request, page, form, found, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_call_act(Act.PUBLISH)
def publish(request: HttpRequest, found: OpenedCall) -> HttpResponse:
    """Read once more when it opens and closes, then publish."""
    words = _(
        "Bids are taken until %(deadline)s. After that nobody can hand in, and the words of the call stay as they are."
    )
    page = FormPage(
        _("Publish the call"),
        words % {"deadline": deadline_words(found.row)},
        _("Publish it now"),
        "published",
    )
    form = PlainForm(posted(request))
    return answer_form(
        request, page, form, found, lambda: services.publish_call(found.row.public_id, by=found.viewer)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_call_act(Act.MOVE_DEADLINE)
def deadline(request: HttpRequest, found: OpenedCall) -> HttpResponse:
    """Move the deadline, with a reason that everybody reads."""
    zone = found.programme.time_zone
    local = local_in(zone, found.row.closes_at)
    form = DeadlineForm(
        posted(request), initial={"closes_day": local.date(), "closes_time": local.time()}, zone=zone
    )
    lede = _("Now it is %(deadline)s. Times are those of %(zone)s.") % {
        "deadline": deadline_words(found.row),
        "zone": zone,
    }

    def write() -> None:
        said = form.cleaned_data
        services.move_deadline(found.row.public_id, said["closes_at"], said["why"], by=found.viewer)

    page = FormPage(_("Move the deadline"), lede, _("Move it"), "moved")
    return answer_form(request, page, form, found, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_call_act(Act.OPEN_BIDS)
def open_bids(request: HttpRequest, found: OpenedCall) -> HttpResponse:
    """Break the seal, once and for all."""
    page = FormPage(
        _("Open the bids"),
        _(
            "The deadline has passed. From now on the team and the reviewers can read what was handed in, "
            "and the deadline stays."
        ),
        _("Open them now"),
        "opened",
    )
    form = PlainForm(posted(request))
    return answer_form(
        request, page, form, found, lambda: services.open_bids(found.row.public_id, by=found.viewer)
    )


def _initial(preset: Preset, zone: str) -> dict[str, Any]:
    today = local_in(zone, clock.now()).date()
    plain = ("aims", "number_of_places", "enabler_days", "learning_events", "eligibility", "who_decides")
    return {name: getattr(preset, name) for name in plain} | {
        "needs_sign_off": preset.needs_sign_off,
        "has_interview": preset.has_interview,
        "has_moderation": True,
        "criteria": criteria_lines(preset.criteria),
        "questions": question_lines(preset.questions),
        "opens_day": today,
        "opens_time": time(0),
        "closes_day": today + timedelta(weeks=8),
        "closes_time": time(12),
    }
