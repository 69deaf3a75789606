"""What is new in this room, for feeds: learning events, what was learned there, and places that ask for help."""

from uuid import UUID

from django.utils.translation import gettext as _

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.feeds.registry import FeedEntry
from knotwork.support.queries import EventView, HelpView, events_for, help_for

ROOM = "support"


def entries(
    viewer: Viewer, *, programme: UUID | None = None, place: UUID | None = None, most: int = 50
) -> list[FeedEntry]:
    """The newest first. Events belong to a programme as a whole, so the feed of one place has none."""
    events = () if place is not None else events_for(viewer, programme=programme)
    asked = help_for(viewer, programme=programme, place=place)
    found = [*(_event(each) for each in events), *(_help(each) for each in asked)]
    return sorted(found, key=lambda entry: (entry.at, str(entry.public_id)), reverse=True)[:most]


def _event(each: EventView) -> FeedEntry:
    words = _("Called off.") if each.is_cancelled else each.when_words
    return FeedEntry(
        kind="learning_event",
        public_id=each.public_id,
        title=_("%(programme)s: learning event: %(title)s")
        % {"programme": each.programme, "title": each.title},
        url=each.url,
        at=each.changed_at,
        summary=f"{words} {each.what}".strip(),
        language=each.language,
        is_made_up=each.is_made_up,
    )


def _help(each: HelpView) -> FeedEntry:
    return FeedEntry(
        kind="help_request",
        public_id=each.public_id,
        title=_("%(place)s asks for help") % {"place": each.where.name},
        url=each.url,
        at=each.asked_at,
        summary=each.words,
        signed=each.signed,
        language=each.language,
        is_made_up=each.is_made_up,
    )
