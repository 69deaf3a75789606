"""A feed before it is written down: whose it is, where it is read, and its entries."""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

from django.utils.translation import gettext as _

from knotwork.core.feeds.registry import FeedEntry

AUTHORITY_SINCE = "2026"
NOTHING_YET = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Channel:
    """Everything that both formats say. ``page`` and ``own`` (without its ending) are paths of this installation.

    ``name`` is what makes the feed's identifier: fixed words and public ids, never an address that may change.
    """

    name: str
    title: str
    description: str
    page: str
    own: str
    entries: tuple[FeedEntry, ...]
    origin: str
    language: str = "en"

    @property
    def updated(self) -> datetime:
        """When its newest entry happened."""
        return max((entry.at for entry in self.entries), default=NOTHING_YET)

    def absolute(self, path: str) -> str:
        """The address that a reader elsewhere can open."""
        return urljoin(f"{self.origin}/", path)

    def tag(self, specific: str) -> str:
        """A tag: URI (RFC 4151), which stays the same wherever the thing is shown."""
        host = urlsplit(self.origin).hostname or "localhost"
        return f"tag:{host},{AUTHORITY_SINCE}:{specific}"

    @property
    def identifier(self) -> str:
        return self.tag(f"feed/{self.name}")

    def identifier_of(self, entry: FeedEntry) -> str:
        return self.tag(f"{entry.kind}/{entry.public_id}")


def title_of(entry: FeedEntry) -> str:
    """The entry's title; one of a made-up place says so, since a feed shows no strip on top."""
    return _("Made up: %(title)s") % {"title": entry.title} if entry.is_made_up else entry.title
