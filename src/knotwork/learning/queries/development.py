"""Which development helped, as people report it: sessions, rounds and support beside leadership notes, in time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.strands.models import Relation, Strand
from knotwork.learning.models import SessionState
from knotwork.learning.queries.consulting import rounds_for
from knotwork.learning.queries.pieces import pieces_for
from knotwork.learning.queries.sessions import sessions_for

SESSIONS, ROUNDS, SUPPORT, NOTES = "sessions", "rounds", "support", "notes"
LANES = (SESSIONS, ROUNDS, SUPPORT, NOTES)


@dataclass(frozen=True)
class Development:
    """Something on the time line of a place. ``helped_by`` are keys of others, by the word of the note's writer."""

    kind: str
    public_id: UUID
    lane: str
    day: date
    title: str
    url: str
    helped_by: tuple[tuple[str, UUID], ...] = ()


Source = Callable[[UUID, Viewer], list[Development]]

_SOURCES: list[Source] = []


def add_source(source: Source) -> None:
    """What else stands on the time line: ``source(place_public_id, viewer)``, such as visits and learning events."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def development_of(place: UUID, time_zone: str, viewer: Viewer) -> list[Development]:
    """Everything that the viewer may see, oldest first. Sessions stand here once they were held."""
    zone = ZoneInfo(time_zone)
    found = [
        Development(
            each.kind, each.public_id, SESSIONS, each.begins_at.astimezone(zone).date(), each.title, each.url
        )
        for each in sessions_for(viewer, place=place)
        if each.state == SessionState.HELD
    ]
    found += [
        Development(
            each.kind, each.public_id, ROUNDS, each.opens_at.astimezone(zone).date(), each.title, each.url
        )
        for each in rounds_for(viewer, place=place)
    ]
    for source in _SOURCES:
        found += source(place, viewer)
    notes = pieces_for(viewer, place=place, kind="leadership_note")
    helped = _helped([note.public_id for note in notes])
    found += [
        Development(
            note.kind,
            note.public_id,
            NOTES,
            note.written_at.astimezone(zone).date(),
            note.title,
            note.url,
            tuple(helped.get(note.public_id, ())),
        )
        for note in notes
    ]
    return sorted(found, key=lambda each: (each.day, LANES.index(each.lane), str(each.public_id)))


def _helped(notes: list[UUID]) -> dict[UUID, list[tuple[str, UUID]]]:
    strands = Strand.objects.standing().filter(
        from_kind="leadership_note", from_id__in=notes, relation=Relation.HELPED_BY.value
    )
    found: dict[UUID, list[tuple[str, UUID]]] = {}
    for note, kind, public_id in strands.order_by("made_at", "id").values_list("from_id", "to_kind", "to_id"):
        found.setdefault(note, []).append((kind, public_id))
    return found
