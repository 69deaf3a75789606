"""What is new in this room, for feeds: conversations that opened or closed, and what came of urgent questions."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Min, Q
from django.utils.translation import gettext as _

from knotwork.conversations.models import Conversation, UrgentQuestion
from knotwork.conversations.queries import address_of, conversations, results_address_of
from knotwork.conversations.rules import Phase, phase_of
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.models import Event
from knotwork.core.feeds.registry import FeedEntry
from knotwork.programmes.models import Provenance

ROOM = "conversations"
CLOSED = "conversation-closed"
"""The kind of the second entry of a conversation, so that readers take it for something new."""
ACTED_ON, DONE = "urgent-acted-on", "urgent-done"


def entries(
    viewer: Viewer, *, programme: UUID | None = None, place: UUID | None = None, most: int = 50
) -> list[FeedEntry]:
    """Newest first; nothing of a place with a sensitive issue, and nothing that has not opened."""
    rows = conversations().visible_to(viewer).filter(Q(place__isnull=True) | Q(place__is_sensitive=False))
    if programme is not None:
        rows = rows.filter(programme__public_id=programme)
    if place is not None:
        rows = rows.filter(place__public_id=place)
    shown = list(rows.select_related("programme", "place", "urgent").order_by("-created_at", "-id")[:most])
    moments = _moments(shown)
    found = [entry for row in shown for entry in _entries_of(row, moments)]
    return sorted(found, key=lambda entry: (entry.at, str(entry.public_id)), reverse=True)[:most]


Moments = dict[UUID, tuple[datetime | None, datetime | None]]


def _moments(rows: list[Conversation]) -> Moments:
    """When each was opened first and closed last, by the word of its hosts; one query."""
    told = Event.objects.filter(
        subject_kind="conversation",
        subject_id__in=[row.public_id for row in rows],
        verb__in=("conversation.opened", "conversation.imported", "conversation.closed"),
    )
    is_closing = Q(verb="conversation.closed")
    counted = told.values("subject_id").annotate(
        opened=Min("at", filter=~is_closing), closed=Max("at", filter=is_closing)
    )
    return {row["subject_id"]: (row["opened"], row["closed"]) for row in counted}


def _entries_of(row: Conversation, moments: Moments) -> Iterator[FeedEntry]:
    phase = phase_of(row)
    if phase in (Phase.DRAFT, Phase.NOT_YET):
        return
    opened, closed = moments.get(row.public_id, (None, None))
    opened = max(filter(None, (opened, row.opens_at)), default=row.created_at)
    yield _entry(row, "conversation", address_of(row, "about"), opened)
    if phase is Phase.CLOSED and not row.held_elsewhere:
        ended = min(filter(None, (closed, row.closes_at)), default=opened)
        yield _entry(row, CLOSED, results_address_of(row), max(ended, opened))
    if hasattr(row, "urgent"):
        yield from _what_came_of_it(row, row.urgent)


def _what_came_of_it(row: Conversation, urgent: UrgentQuestion) -> Iterator[FeedEntry]:
    """Who acts on an urgent question, and what was done, each in the words of those who run it."""
    told = (
        (ACTED_ON, _("Who will act: %(question)s"), urgent.who_will_act, urgent.acting_at),
        (DONE, _("Done: %(question)s"), urgent.done, urgent.done_at),
    )
    for kind, title, words, moment in told:
        if moment is not None:
            entry = _entry(row, kind, address_of(row, "about"), moment)
            yield replace(entry, title=title % {"question": row.question}, summary=words)


def _entry(row: Conversation, kind: str, url: str, at: datetime) -> FeedEntry:
    is_closed = kind == CLOSED
    title = _("Read what people said: %(question)s") if is_closed else _("Say what you think: %(question)s")
    if row.held_elsewhere:
        title = _("A conversation from elsewhere: %(question)s")
    return FeedEntry(
        kind=kind,
        public_id=row.public_id,
        title=title % {"question": row.question},
        url=url,
        at=at,
        summary=row.introduction,
        signed=row.place.name if row.place else str(row.programme),
        language=row.language,
        is_made_up=row.programme.provenance == Provenance.MADE_UP,
    )
