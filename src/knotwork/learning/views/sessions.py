"""Plan a session, read it, say what came out, or call it off."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.forms import ChoiceField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from knotwork.core.accounts.viewer import Viewer, viewer_of
from knotwork.core.rules import require
from knotwork.core.strands.addresses import thread_url
from knotwork.core.strands.kinds import Bead
from knotwork.learning import services
from knotwork.learning.forms import CallOffForm, HeldForm, SessionForm, stands_in_session
from knotwork.learning.guides import guide_of
from knotwork.learning.kinds import CAME_OF_IT, SESSION, address_of
from knotwork.learning.queries import TiedThing, may_change, outcomes_of_session, session_acts
from knotwork.learning.queries.sessions import is_over
from knotwork.learning.views.found import (
    FormPage,
    answer_form,
    for_people_signed_in,
    posted,
    session_or_404,
    way_to,
)
from knotwork.learning.views.writing import require_change, things_of_place
from knotwork.programmes.found import around, found_place, found_programme
from knotwork.programmes.models import Place, Stage
from knotwork.programmes.rules import Act, can
from knotwork.programmes.written import stage_field

_DONE = {
    "written": gettext_lazy("It is planned. The guide below helps you to run it."),
    "changed": gettext_lazy("It is changed."),
    "held": gettext_lazy("It is kept, and what came of it is tied to it."),
    "called-off": gettext_lazy("It is called off. The reason stays with it."),
}


@require_safe
def session(request: HttpRequest, programme: str, session: UUID) -> HttpResponse:
    """The plan with its guide; after the session what came out."""
    viewer = viewer_of(request)
    where = found_programme(programme, viewer)
    view = session_or_404(where, session, viewer)
    acts = session_acts(session, viewer)
    may = not viewer.is_stranger and may_change(SESSION, session, viewer)
    context = around(where) | {
        "session": view,
        "time_zone": ZoneInfo(where.time_zone),
        "page_title": view.title,
        "page_description": view.aim or view.title,
        "crumbs": way_to(where, view.place, _("Session")),
        "guide": guide_of(view.method),
        "outcomes": outcomes_of_session(session, viewer),
        "may_tell": "hold" in acts and is_over(view),
        "may_call_off": "call_off" in acts,
        "change_url": address_of("session", programme, session, "change") if may and "change" in acts else "",
        "withdraw_url": address_of("session", programme, session, "withdraw") if may else "",
        "thread_url": thread_url("session", session),
        "done": _DONE.get(request.GET.get("done", "")),
        "is_public": view.stage == Stage.PUBLIC,
    }
    return render(request, "learning/leading/session.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people_signed_in
def new(request: HttpRequest, programme: str, place: str) -> HttpResponse:
    """Plan a session of a place."""
    viewer = viewer_of(request)
    where = found_place(programme, place, viewer)
    require(can(viewer, Act.WRITE, where.programme, where.id))
    with timezone.override(ZoneInfo(where.programme.time_zone)):
        form = SessionForm(posted(request), stages=_stages(where.id, Stage.PROGRAMME.value))

        def write() -> str:
            words = form.words(where.programme.language)
            planned = services.plan_session(where.programme.id, words, by=viewer, place_id=where.id)
            return f"{address_of('session', programme, planned)}?done=written"

        page = FormPage(
            _("Plan a session"),
            _("An hour on the real issue is enough. Times are those of %(zone)s.")
            % {"zone": where.programme.time_zone},
            _("Plan it"),
            reverse("learning:leading", args=[programme, place]),
            where,
        )
        return answer_form(request, page, form, where.programme, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people_signed_in
def change(request: HttpRequest, programme: str, session: UUID) -> HttpResponse:
    """Change the plan."""
    viewer = viewer_of(request)
    where = found_programme(programme, viewer)
    view = session_or_404(where, session, viewer)
    require_change(SESSION, view, viewer)
    with timezone.override(ZoneInfo(where.time_zone)):
        form = SessionForm(
            posted(request), initial=stands_in_session(view), stages=_stages(view.place.id, view.stage)
        )

        def write() -> str:
            services.change_session(session, form.words(view.language), by=viewer)
            return f"{view.url}?done=changed"

        page = FormPage(_("Change the plan"), view.title, _("Save"), view.url, view.place)
        return answer_form(request, page, form, where, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people_signed_in
def hold(request: HttpRequest, programme: str, session: UUID) -> HttpResponse:
    """Say that it was held and what came out."""
    viewer = viewer_of(request)
    where = found_programme(programme, viewer)
    view = session_or_404(where, session, viewer)
    require(can(viewer, Act.WRITE, where, view.place.id))
    ticked = outcomes_of_session(session, viewer)
    form = HeldForm(
        posted(request),
        beads=with_ticked(ticked, view.place.public_id, viewer),
        initial={"came_out": view.came_out if view.state == "held" else "", "outcomes": codes(ticked)},
    )

    def write() -> str:
        services.hold_session(session, form.cleaned_data["came_out"], by=viewer, outcomes=form.tied())
        return f"{view.url}?done=held"

    page = FormPage(_("What came out?"), view.title, _("Keep it"), view.url, view.place)
    return answer_form(request, page, form, where, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people_signed_in
def call_off(request: HttpRequest, programme: str, session: UUID) -> HttpResponse:
    """Say that it does not take place."""
    viewer = viewer_of(request)
    where = found_programme(programme, viewer)
    view = session_or_404(where, session, viewer)
    require(can(viewer, Act.WRITE, where, view.place.id))
    form = CallOffForm(posted(request))

    def write() -> str:
        services.call_off_session(session, form.cleaned_data["why"], by=viewer)
        return f"{view.url}?done=called-off"

    page = FormPage(_("Call it off"), view.title, _("Call it off"), view.url, view.place)
    return answer_form(request, page, form, where, write)


def with_ticked(ticked: list[TiedThing], place: UUID, viewer: Viewer) -> list[Bead]:
    """What can have come of it: what is ticked already, and the newest things of the place."""
    held = [Bead(thing.kind, thing.public_id, thing.title, thing.url) for thing in ticked]
    known = {(bead.kind, bead.public_id) for bead in held}
    there = things_of_place(CAME_OF_IT, place, viewer)
    return [*held, *(bead for bead in there if (bead.kind, bead.public_id) not in known)]


def codes(ticked: list[TiedThing]) -> list[str]:
    """How a form names what is ticked."""
    return [f"{thing.kind}:{thing.public_id}" for thing in ticked]


def _stages(place_id: int, initial: str) -> ChoiceField:
    return stage_field(Place.objects.get(pk=place_id), initial=initial)
