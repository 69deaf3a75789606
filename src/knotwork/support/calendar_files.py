"""Learning events as a calendar file: the same events give the same bytes."""

from collections.abc import Callable, Iterable

from icalendar import Calendar, Event

from knotwork.support.queries import EventView


def calendar_of(events: Iterable[EventView], absolute: Callable[[str], str]) -> bytes:
    """The events for a calendar. Their moments are in UTC, so that every calendar shows its owner's own time.

    The stamp is that of the newest change, not of the moment at which the file is made; an event that was called off
    stays in the file and says so, so that calendars take it out.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Knotwork//Learning events//EN")
    calendar.add("version", "2.0")
    for each in events:
        calendar.add_component(_event(each, absolute))
    return bytes(calendar.to_ical())


def _event(each: EventView, absolute: Callable[[str], str]) -> Event:
    event = Event()
    event.add("uid", f"{each.public_id}@knotwork")
    event.add("dtstamp", each.changed_at)
    event.add("sequence", each.revision)
    event.add("dtstart", each.starts_at)
    event.add("dtend", each.ends_at)
    event.add("summary", each.title)
    event.add("status", "CANCELLED" if each.is_cancelled else "CONFIRMED")
    event.add("url", absolute(each.url))
    if each.what:
        event.add("description", each.what)
    if each.where:
        event.add("location", each.where)
    return event
