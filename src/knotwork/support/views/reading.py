"""The pages of this room for people who look: a programme, a place, and who offers to help."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knotwork.core import clock
from knotwork.programmes.queries import people_of_place, places_of
from knotwork.support import queries
from knotwork.support.rules import Act, can
from knotwork.support.views.found import Here, for_act, found, surroundings
from knotwork.support.views.said import said_when_done


@require_safe
def of_programme(request: HttpRequest, programme: str) -> HttpResponse:
    """Learning events, what is asked for, what is due, and days used, as far as the viewer may see them."""
    here = found(request, programme)
    where, viewer = here.programme, here.viewer
    now = clock.now()
    events = queries.events_for(viewer, programme=where.public_id)
    context = surroundings(here) | {
        "page_title": _("Support in %(name)s") % {"name": where.title},
        "page_description": _("Learning events, and places that ask for help."),
        "coming_events": [event for event in events if not event.is_over(now)],
        "past_events": [event for event in reversed(events) if event.is_over(now)],
        "open_help": queries.open_help(where.id, viewer),
        "milestones": queries.milestones_due(where.id, viewer),
        "days": queries.days_used(where.id, viewer),
        "is_insider": here.may(Act.TAKE_PART),
        "may_hold": here.may(Act.HOLD_EVENT),
        "done": said_when_done(request),
    }
    return render(request, "support/programme.html", context)


@require_safe
def of_place(request: HttpRequest, programme: str, place: str) -> HttpResponse:
    """What supports a place: what is agreed, who helps, days and notes, and whether it asks for help."""
    here = found(request, programme, place)
    where, viewer = here.place, here.viewer
    assert where is not None
    is_insider = here.may(Act.TAKE_PART)
    acts = {act.value: here.may(act) for act in Act} if is_insider else {}
    context = surroundings(here) | {
        "page_title": _("Support for %(name)s") % {"name": where.name},
        "page_description": _("What is agreed, who helps, and what is asked for."),
        "agreement": queries.agreement_of(where.public_id, viewer),
        "people": people_of_place(where.id),
        "matches": queries.matches_of_place(where.public_id, viewer) if is_insider else (),
        "visits": queries.visits_of_place(where.public_id, viewer),
        "days_used": queries.days_used_by(where.public_id, viewer) if is_insider else None,
        "requests": queries.help_for(viewer, place=where.public_id),
        "is_insider": is_insider,
        "acts": acts,
        "done": said_when_done(request),
    }
    return render(request, "support/place.html", context)


@require_safe
@for_act(Act.TAKE_PART)
def enablers(request: HttpRequest, here: Here) -> HttpResponse:
    """Who offers to help, in their own words; and for an enabler, who asked her."""
    where, viewer = here.programme, here.viewer
    chooses_for = [
        place for place in places_of(where.id, viewer) if can(viewer, Act.CHOOSE_ENABLER, where, place.id)
    ]
    profiles = queries.profiles_of(where.id, viewer)
    context = surroundings(here, (_("Enablers"), "")) | {
        "page_title": _("Who offers to help"),
        "profiles": profiles,
        "mine": next((each for each in profiles if each.is_mine), None),
        "my_matches": queries.my_matches(where.id, viewer),
        "chooses_for": chooses_for,
        "done": said_when_done(request),
    }
    return render(request, "support/enablers.html", context)
