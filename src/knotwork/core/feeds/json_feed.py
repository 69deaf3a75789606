"""A channel as JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

import json
from datetime import UTC
from typing import Any

from knotwork.core.feeds.channel import Channel, title_of
from knotwork.core.feeds.registry import FeedEntry

MEDIA_TYPE = "application/feed+json"


def written(channel: Channel) -> str:
    """The document."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "description": channel.description,
        "home_page_url": channel.absolute(channel.page),
        "feed_url": channel.absolute(f"{channel.own}.json"),
        "language": channel.language,
        "authors": [{"name": "Knotwork"}],
        "items": [_item(channel, entry) for entry in channel.entries],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1)


def _item(channel: Channel, entry: FeedEntry) -> dict[str, Any]:
    item = {
        "id": channel.identifier_of(entry),
        "url": channel.absolute(entry.url),
        "title": title_of(entry),
        "content_text": entry.summary or title_of(entry),
        "date_published": entry.at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "language": entry.language or channel.language,
    }
    return item | ({"authors": [{"name": entry.signed}]} if entry.signed else {})
