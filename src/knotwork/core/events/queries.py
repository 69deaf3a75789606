"""Reading what happened. Whoever shows an event re-checks that its subject may be seen."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from knotwork.core.events.models import Event


@dataclass(frozen=True)
class Happening:
    """One event, as read."""

    at: datetime
    verb: str
    by: UUID | None
    subject_kind: str
    subject_id: UUID
    programme: UUID | None
    place: UUID | None
    details: dict[str, str]


def _happenings(rows: "list[Event]") -> list[Happening]:
    return [
        Happening(e.at, e.verb, e.by, e.subject_kind, e.subject_id, e.programme, e.place, e.details)
        for e in rows
    ]


def latest_in_programme(programme: UUID, *, most: int = 20) -> list[Happening]:
    """The newest events of a programme."""
    return _happenings(list(Event.objects.filter(programme=programme).order_by("-at", "-id")[:most]))


def latest_in_place(place: UUID, *, most: int = 20) -> list[Happening]:
    """The newest events of a place."""
    return _happenings(list(Event.objects.filter(place=place).order_by("-at", "-id")[:most]))


def of_places_since(programme: UUID, since: datetime, *, most: int) -> list[Happening]:
    """The newest events of all places of a programme from a moment on, newest first."""
    events = Event.objects.filter(programme=programme, place__isnull=False, at__gte=since)
    return _happenings(list(events.order_by("-at", "-id")[:most]))


def where_of(subject_kind: str, subject_id: UUID) -> tuple[UUID | None, UUID | None]:
    """The programme and the place that the newest event about a thing names: where it belongs."""
    events = Event.objects.filter(subject_kind=subject_kind, subject_id=subject_id, programme__isnull=False)
    newest = events.order_by("-at", "-id").values_list("programme", "place").first()
    return newest or (None, None)


def newest_moment() -> datetime | None:
    """When something happened last, anywhere."""
    return Event.objects.order_by("-id").values_list("at", flat=True).first()


def about(subject_kind: str, subject_id: UUID, *, most: int = 100) -> list[Happening]:
    """Everything that happened to one thing, newest first."""
    return _happenings(
        list(
            Event.objects.filter(subject_kind=subject_kind, subject_id=subject_id).order_by("-at", "-id")[
                :most
            ]
        )
    )
