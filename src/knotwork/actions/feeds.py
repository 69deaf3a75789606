"""What is new in this room, for feeds."""

from uuid import UUID

from django.utils.translation import gettext as _

from knotwork.actions.nouns import ListedTryOut
from knotwork.actions.queries import try_outs_for
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.feeds.registry import FeedEntry

ROOM = "actions"


def entries(
    viewer: Viewer, *, programme: UUID | None = None, place: UUID | None = None, most: int = 50
) -> list[FeedEntry]:
    """One entry for each try-out, with where it stands; the one with the newest turn first."""
    listed = try_outs_for(viewer, programme=programme, place=place)
    newest = sorted(listed, key=lambda each: (each.changed_at, str(each.public_id)), reverse=True)
    return [_entry(each) for each in newest[:most]]


def _entry(each: ListedTryOut) -> FeedEntry:
    words = _("%(state)s. %(what)s") % {"state": each.state_words, "what": each.what}
    return FeedEntry(
        kind="try_out",
        public_id=each.public_id,
        title=f"{each.place or each.programme}: {each.title}",
        url=each.url,
        at=each.changed_at,
        summary=words.strip(),
        signed=each.signed,
        language=each.language,
        is_made_up=each.is_made_up,
    )
