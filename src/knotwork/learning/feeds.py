"""What is new in this room, for feeds."""

from uuid import UUID

from django.utils.translation import gettext as _

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.feeds.registry import FeedEntry
from knotwork.learning.queries import (
    Piece,
    RoundView,
    SessionView,
    UptakeView,
    pieces_for,
    rounds_for,
    sessions_for,
    uptakes_for,
)

ROOM = "learning"


def entries(
    viewer: Viewer, *, programme: UUID | None = None, place: UUID | None = None, most: int = 50
) -> list[FeedEntry]:
    """What was written and what was taken up, newest first. A place hears too who took up its lessons."""
    written = [_of_piece(piece) for piece in pieces_for(viewer, programme=programme, place=place, most=most)]
    taken_up = {each.public_id: each for each in uptakes_for(viewer, programme=programme, place=place)}
    if place is not None:
        taken_up |= {each.public_id: each for each in uptakes_for(viewer, origin=place)}
    led = [*sessions_for(viewer, programme=programme, place=place, most=most)]
    asked = [*rounds_for(viewer, programme=programme, place=place, most=most)]
    everything = [
        *written,
        *(_of_uptake(each) for each in taken_up.values()),
        *(_of_meeting(each, each.aim, each.came_out) for each in led),
        *(_of_meeting(each, each.text, each.takes) for each in asked),
    ]
    return sorted(everything, key=lambda entry: (entry.at, str(entry.public_id)), reverse=True)[:most]


def _of_piece(piece: Piece) -> FeedEntry:
    return FeedEntry(
        kind=piece.kind,
        public_id=piece.public_id,
        title=f"{piece.where}: {piece.title}",
        url=piece.url,
        at=piece.written_at,
        summary=piece.text,
        signed=piece.signed,
        language=piece.language,
        is_made_up=piece.is_made_up,
    )


def _of_meeting(meeting: SessionView | RoundView, *words: str) -> FeedEntry:
    """A session or a round; what was given in a round stays in it, since not everybody may read it yet."""
    return FeedEntry(
        kind=meeting.kind,
        public_id=meeting.public_id,
        title=f"{meeting.place.name}: {meeting.title}",
        url=meeting.url,
        at=meeting.written_at,
        summary="\n\n".join(part for part in words if part),
        signed=meeting.signed,
        language=meeting.language,
        is_made_up=meeting.is_made_up,
    )


def _of_uptake(uptake: UptakeView) -> FeedEntry:
    lesson = uptake.lesson.title if uptake.lesson else ""
    title = _("%(place)s takes up: %(lesson)s") if lesson else _("%(place)s takes up a lesson")
    return FeedEntry(
        kind="uptake",
        public_id=uptake.public_id,
        title=title % {"place": uptake.place.name, "lesson": lesson},
        url=uptake.url,
        at=uptake.written_at,
        summary="\n\n".join(
            part for part in (uptake.issue, uptake.plan, uptake.result, uptake.sent_back) if part
        ),
        signed=uptake.signed,
        language=uptake.language,
        is_made_up=uptake.is_made_up,
    )
