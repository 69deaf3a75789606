"""A small strict reader of Atom: what RFC 4287 demands of a feed and its entries, said for each thing that is wrong."""

import re
import xml.etree.ElementTree as ElementTree
from datetime import datetime
from urllib.parse import urlsplit

ATOM = "{http://www.w3.org/2005/Atom}"
TAG_URI = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d{2}(-\d{2})?)?:[A-Za-z0-9/_.-]+")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")
FEED_PARTS = {
    "author", "category", "contributor", "generator", "icon", "id", "link", "logo", "rights", "subtitle", "title",
    "updated", "entry",
}  # fmt: skip
ENTRY_PARTS = {
    "author", "category", "content", "contributor", "id", "link", "published", "rights", "source", "summary", "title",
    "updated",
}  # fmt: skip


def problems_in(document: bytes) -> list[str]:
    """Everything that is wrong; an empty list for a valid feed."""
    root = ElementTree.fromstring(document)
    if root.tag != f"{ATOM}feed":
        return [f"the root is {root.tag}"]
    found = _of_element(root, "feed", FEED_PARTS)
    entries = root.findall(f"{ATOM}entry")
    if not any(link.get("rel") == "self" for link in root.findall(f"{ATOM}link")):
        found.append("feed: no link to itself")
    for entry in entries:
        found += _of_element(entry, "entry", ENTRY_PARTS)
        if entry.find(f"{ATOM}author") is None and root.find(f"{ATOM}author") is None:
            found.append("entry: nobody wrote it")
        if not any(link.get("rel", "alternate") == "alternate" for link in entry.findall(f"{ATOM}link")):
            found.append("entry: neither content nor a link")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    if len(ids) != len(set(ids)):
        found.append("two entries have one id")
    newest = max((entry.findtext(f"{ATOM}updated") or "" for entry in entries), default="")
    if newest > (root.findtext(f"{ATOM}updated") or ""):
        found.append("an entry is newer than the feed")
    return found


def _of_element(element: ElementTree.Element, name: str, allowed: set[str]) -> list[str]:
    found = [
        f"{name}: {part.tag} does not belong here"
        for part in element
        if part.tag.removeprefix(ATOM) not in allowed
    ]
    for required in ("id", "title", "updated"):
        if len(element.findall(f"{ATOM}{required}")) != 1:
            found.append(f"{name}: not exactly one {required}")
        elif not element.findtext(f"{ATOM}{required}"):
            found.append(f"{name}: {required} is empty")
    if not TAG_URI.fullmatch(element.findtext(f"{ATOM}id") or ""):
        found.append(f"{name}: its id is no tag: URI")
    for when in ("updated", "published"):
        found += [
            f"{name}: {when} is no RFC 3339 moment"
            for at in element.findall(f"{ATOM}{when}")
            if not _is_moment(at.text)
        ]
    for link in element.findall(f"{ATOM}link"):
        if urlsplit(link.get("href", "")).scheme not in ("http", "https"):
            found.append(f"{name}: a link leads to {link.get('href')!r}")
    for author in element.findall(f"{ATOM}author"):
        if not author.findtext(f"{ATOM}name"):
            found.append(f"{name}: an author without a name")
    return found


def _is_moment(text: str | None) -> bool:
    if not text or not MOMENT.fullmatch(text):
        return False
    datetime.fromisoformat(text)
    return True
