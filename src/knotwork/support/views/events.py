"""Learning events: announced, read, signed up for, noted."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knotwork.core import clock
from knotwork.core.pages.answers import SeeOther
from knotwork.support import queries, services
from knotwork.support.forms import EventForm, NotesForm
from knotwork.support.queries import EventView
from knotwork.support.rules import Act
from knotwork.support.views.found import (
    FormPage,
    Here,
    answer_form,
    for_act,
    found,
    posted,
    surroundings,
    there,
)
from knotwork.support.views.said import said_when_done


@require_safe
def one(request: HttpRequest, programme: str, event: UUID) -> HttpResponse:
    """One event: what, when, where, who may come, and what was learned."""
    here = found(request, programme)
    shown = event_shown(here, event)
    is_over = shown.is_over(clock.now())
    may_come = here.may(Act.TAKE_PART) and not shown.is_cancelled and shown.starts_at > clock.now()
    context = surroundings(here, (shown.title, "")) | {
        "page_title": shown.title,
        "page_description": shown.what
        or _("A learning event of %(programme)s.") % {"programme": shown.programme},
        "event": shown,
        "is_over": is_over,
        "may_come": may_come,
        "mine": queries.my_place_in(event, here.viewer),
        "who_comes": queries.who_comes(event, here.viewer),
        "may_hold": here.may(Act.HOLD_EVENT),
        "done": said_when_done(request),
    }
    return render(request, "support/event.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_act(Act.HOLD_EVENT)
def new(request: HttpRequest, here: Here) -> HttpResponse:
    """Announce a learning event."""
    form = EventForm(posted(request), time_zone=here.programme.time_zone)
    page = FormPage(_("A learning event"), _zone_words(here), _("Announce it"), "announced")

    def keep() -> None:
        services.announce(here.programme.id, form.words(), by=here.viewer)

    return answer_form(request, page, form, here, keep)


@require_http_methods(["GET", "HEAD", "POST"])
@for_act(Act.HOLD_EVENT)
def change(request: HttpRequest, here: Here, event: UUID) -> HttpResponse:
    """Change what is announced; those who signed up get a letter."""
    shown = event_shown(here, event)
    initial = {name: getattr(shown, name) for name in ("title", "what", "where", "most", "visibility")}
    initial |= {
        "day": shown.local_start.date(),
        "begins": shown.local_start.time(),
        "ends": shown.local_end.time(),
    }
    form = EventForm(posted(request), time_zone=here.programme.time_zone, initial=initial)
    page = FormPage(_("Change the event"), _zone_words(here), _("Save"), "changed", shown.url)

    def keep() -> None:
        services.change(event, form.words(), by=here.viewer)

    return answer_form(request, page, form, here, keep)


@require_http_methods(["GET", "HEAD", "POST"])
@for_act(Act.HOLD_EVENT)
def notes(request: HttpRequest, here: Here, event: UUID) -> HttpResponse:
    """Write down what was learned."""
    shown = event_shown(here, event)
    form = NotesForm(posted(request), initial={"notes": shown.notes, "visibility": shown.notes_visibility})
    page = FormPage(_("What was learned"), shown.title, _("Write it down"), "noted", shown.url)

    def keep() -> None:
        said = form.cleaned_data
        services.write_notes(event, said["notes"], said["visibility"], by=here.viewer)

    return answer_form(request, page, form, here, keep)


@require_POST
@for_act(Act.HOLD_EVENT)
def call_off(_request: HttpRequest, here: Here, event: UUID) -> HttpResponse:
    """Call it off."""
    services.call_off(event, by=here.viewer)
    return SeeOther(_url(here, event, "called-off"))


@require_POST
@for_act(Act.TAKE_PART)
def sign_up(_request: HttpRequest, here: Here, event: UUID) -> HttpResponse:
    """Say that one comes."""
    services.sign_up(event, by=here.viewer)
    return SeeOther(_url(here, event, "signed-up"))


@require_POST
@for_act(Act.TAKE_PART)
def sign_off(_request: HttpRequest, here: Here, event: UUID) -> HttpResponse:
    """Say that one does not come after all."""
    services.sign_off(event, by=here.viewer)
    return SeeOther(_url(here, event, "signed-off"))


def event_shown(here: Here, event: UUID) -> EventView:
    """The event, if it belongs to this programme and the viewer may see it."""
    shown: EventView = there(queries.event_at(event, here.viewer))
    return there(shown if shown.programme_slug == here.programme.slug else None)


def _url(here: Here, event: UUID, done: str) -> str:
    return reverse("support:event", args=[here.programme.slug, event]) + f"?done={done}"


def _zone_words(here: Here) -> str:
    return _("Times are those of %(zone)s.") % {"zone": here.programme.time_zone}
