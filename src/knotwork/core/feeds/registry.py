"""What feeds are made of. Each room says so when it starts; this floor knows how an entry is written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise

from knotwork.core.accounts.viewer import Viewer


@dataclass(frozen=True)
class FeedEntry:
    """One thing that is new, as everybody may read it. ``url`` is its path; ``summary`` is plain text."""

    kind: str
    public_id: UUID
    title: str
    url: str
    at: datetime
    summary: str = ""
    signed: str = ""
    language: str = "en"
    is_made_up: bool = False


Entries = Callable[..., list[FeedEntry]]


@dataclass(frozen=True)
class Source:
    """One room's entries: ``entries(viewer, programme=None, place=None, most=50)``, newest first."""

    room: str
    label: str | Promise
    entries: Entries


_SOURCES: dict[str, Source] = {}


def register(room: str, label: str | Promise, entries: Entries) -> None:
    """``entries(viewer, *, programme: UUID | None, place: UUID | None, most: int)``: what the viewer may see."""
    _SOURCES[room] = Source(room, label, entries)


def sources() -> tuple[Source, ...]:
    """All rooms that have something to follow, by their code."""
    return tuple(_SOURCES[room] for room in sorted(_SOURCES))


def source_of(room: str) -> Source | None:
    """The entries of one room."""
    return _SOURCES.get(room)


def newest(
    viewer: Viewer, *, programme: UUID | None = None, place: UUID | None = None, most: int = 50
) -> list[FeedEntry]:
    """The newest entries of all rooms together."""
    entries = [
        entry
        for source in sources()
        for entry in source.entries(viewer, programme=programme, place=place, most=most)
    ]
    return sorted(entries, key=lambda entry: (entry.at, str(entry.public_id)), reverse=True)[:most]
