"""A channel as Atom (RFC 4287)."""

import re
from datetime import UTC, datetime
from io import StringIO
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from knotwork.core.feeds.channel import Channel, title_of
from knotwork.core.feeds.registry import FeedEntry

MEDIA_TYPE = "application/atom+xml"
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAMESPACE = "http://www.w3.org/2005/Atom"


def written(channel: Channel) -> str:
    """The document, well-formed whatever people wrote; text is plain text, so nothing in it is markup."""
    text = StringIO()
    writer = _Writer(text)
    writer.begin("feed", {"xmlns": _NAMESPACE, "xml:lang": channel.language})
    writer.put("id", channel.identifier)
    writer.put("title", channel.title)
    writer.put("subtitle", channel.description)
    writer.put("updated", _moment(channel.updated))
    writer.put("generator", "Knotwork")
    writer.link("self", channel.absolute(f"{channel.own}.atom"), MEDIA_TYPE)
    writer.link("alternate", channel.absolute(channel.page), "text/html")
    writer.author("Knotwork")
    for entry in channel.entries:
        _write_entry(writer, channel, entry)
    writer.end("feed")
    return text.getvalue()


def _write_entry(writer: "_Writer", channel: Channel, entry: FeedEntry) -> None:
    writer.begin("entry", {"xml:lang": entry.language or channel.language})
    writer.put("id", channel.identifier_of(entry))
    writer.put("title", title_of(entry))
    writer.put("published", _moment(entry.at))
    writer.put("updated", _moment(entry.at))
    writer.link("alternate", channel.absolute(entry.url), "text/html")
    if entry.signed:
        writer.author(entry.signed)
    if entry.summary:
        writer.put("summary", entry.summary)
    writer.end("entry")


def _moment(at: datetime) -> str:
    """RFC 3339, in UTC."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


class _Writer:
    """Elements one after the other; characters that XML cannot hold are dropped."""

    def __init__(self, text: StringIO) -> None:
        self._xml = XMLGenerator(text, encoding="utf-8", short_empty_elements=True)
        self._xml.startDocument()

    def begin(self, name: str, attributes: dict[str, str] | None = None) -> None:
        fit = {key: _NOT_IN_XML.sub("", value) for key, value in (attributes or {}).items()}
        self._xml.startElement(name, AttributesImpl(fit))

    def end(self, name: str) -> None:
        self._xml.endElement(name)

    def put(self, name: str, words: str) -> None:
        self.begin(name)
        self._xml.characters(_NOT_IN_XML.sub("", words))
        self.end(name)

    def link(self, relation: str, address: str, media_type: str) -> None:
        self.begin("link", {"rel": relation, "href": address, "type": media_type})
        self.end("link")

    def author(self, name: str) -> None:
        self.begin("author")
        self.put("name", name)
        self.end("author")
