"""Which development helped, as people report it: sessions, rounds and support beside leadership notes, in time."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.strands.models import Relation, Strand
from knotwork.learning.models import SessionState
from knotwork.learning.queries.consulting import rounds_for
from knotwork.learning.queries.pieces import pieces_for
from knotwork.learning.queries.sessions import sessions_for
from knotwork.programmes.querysets import places
from knotwork.support.queries import events_for, visits_of_place

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
    found += _support_of(place, zone, viewer)
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


def _support_of(place: UUID, zone: ZoneInfo, viewer: Viewer) -> list[Development]:
    """Visits whose notes the viewer may read, and the learning events of the programme that have been."""
    programme = places().filter(public_id=place).values_list("programme__public_id", flat=True).first()
    found = [
        Development("visit", each.public_id, SUPPORT, each.on, _visit_by(each.enabler), each.where.url)
        for each in visits_of_place(place, viewer)
    ]
    found += [
        Development(
            "learning_event",
            each.public_id,
            SUPPORT,
            each.starts_at.astimezone(zone).date(),
            each.title,
            each.url,
        )
        for each in events_for(viewer, programme=programme)
        if not each.is_cancelled and each.starts_at <= clock.now()
    ]
    return found


def _visit_by(enabler: str) -> str:
    return _("A visit by %(enabler)s") % {"enabler": enabler} if enabler else _("A visit by an enabler")


def _helped(notes: list[UUID]) -> dict[UUID, list[tuple[str, UUID]]]:
    strands = Strand.objects.standing().filter(
        from_kind="leadership_note", from_id__in=notes, relation=Relation.HELPED_BY.value
    )
    found: dict[UUID, list[tuple[str, UUID]]] = {}
    for note, kind, public_id in strands.order_by("made_at", "id").values_list("from_id", "to_kind", "to_id"):
        found.setdefault(note, []).append((kind, public_id))
    return found
