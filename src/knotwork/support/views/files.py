"""Files to take away: calendars of learning events, and a place's support as a workbook."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from knotwork.core.pages.answers import workbook_file
from knotwork.support import queries
from knotwork.support.calendar_files import calendar_of
from knotwork.support.exports import sheets_of_place
from knotwork.support.views.events import event_shown
from knotwork.support.views.found import found


@require_safe
def calendar(request: HttpRequest, programme: str) -> HttpResponse:
    """All learning events that the viewer may see, for her calendar."""
    here = found(request, programme)
    events = queries.events_for(here.viewer, programme=here.programme.public_id)
    return _calendar(calendar_of(events, request.build_absolute_uri), f"{here.programme.slug}-events")


@require_safe
def event_calendar(request: HttpRequest, programme: str, event: UUID) -> HttpResponse:
    """One learning event, for a calendar."""
    shown = event_shown(found(request, programme), event)
    return _calendar(calendar_of([shown], request.build_absolute_uri), "event")


@require_safe
def place_workbook(request: HttpRequest, programme: str, place: str) -> HttpResponse:
    """Milestones, visits and requests for help of a place, as far as the viewer may see them."""
    here = found(request, programme, place)
    return workbook_file(sheets_of_place(here.row().public_id, here.viewer), f"{place}-support")


def _calendar(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response
