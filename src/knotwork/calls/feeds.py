"""What is new in this room, for feeds: published calls, and nothing of any bid."""

from uuid import UUID

from django.utils.translation import gettext as _

from knotwork.calls.queries import ListedCall, calls_for
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.feeds.registry import FeedEntry

ROOM = "calls"


def entries(
    viewer: Viewer, *, programme: UUID | None = None, place: UUID | None = None, most: int = 50
) -> list[FeedEntry]:
    """One entry for each published call, with its deadline; the newest first. A place has no calls of its own."""
    if place is not None:
        return []
    listed = [each for each in calls_for(viewer, programme=programme) if each.published_at is not None]
    newest = sorted(listed, key=lambda each: (str(each.published_at), str(each.public_id)), reverse=True)
    return [_entry(each) for each in newest[:most]]


def _entry(each: ListedCall) -> FeedEntry:
    words = _("Deadline: %(deadline)s. %(aims)s") % {"deadline": each.deadline_words, "aims": each.aims}
    return FeedEntry(
        kind="call",
        public_id=each.public_id,
        title=f"{each.programme}: {each.title}",
        url=each.url,
        at=each.published_at or each.closes_at,
        summary=words.strip(),
        language=each.language,
        is_made_up=each.is_made_up,
    )
