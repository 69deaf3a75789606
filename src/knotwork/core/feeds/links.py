"""Where feeds are found: what the head of each page names, and what a page that says how to follow shows."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from knotwork.core.feeds import atom, json_feed
from knotwork.core.feeds.registry import source_of, sources

EVERYTHING = "all"
_NAMESPACES = {"publications": "library"}


@dataclass(frozen=True)
class FeedLink:
    """One feed in one format; ``url`` is its path."""

    title: str
    url: str
    media_type: str


def pair(own: str, title: str) -> tuple[FeedLink, FeedLink]:
    """Both formats of the feed at this path, which is given without its ending."""
    return (
        FeedLink(title, f"{own}.atom", atom.MEDIA_TYPE),
        FeedLink(f"{title} (JSON)", f"{own}.json", json_feed.MEDIA_TYPE),
    )


def address_of(room: str) -> str:
    """The path of a room's feed, or of everything, without its ending."""
    return reverse("feeds:feed", args=[room, "atom"]).removesuffix(".atom")


def everything_title() -> str:
    return _("Everything that is new in Knotwork")


def links_for(request: HttpRequest) -> tuple[FeedLink, ...]:
    """What the head of this page names: its room's feed, or everything."""
    match = request.resolver_match
    for namespace in match.namespaces if match else ():
        source = source_of(_NAMESPACES.get(namespace, namespace))
        if source is not None:
            return pair(address_of(source.room), str(source.label))
    return pair(address_of(EVERYTHING), everything_title())


def all_links() -> list[tuple[str, tuple[FeedLink, FeedLink]]]:
    """Everything first, then each room: its name and both formats."""
    rooms = [(str(source.label), pair(address_of(source.room), str(source.label))) for source in sources()]
    return [(everything_title(), pair(address_of(EVERYTHING), everything_title())), *rooms]
