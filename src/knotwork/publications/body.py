"""The body of a publication: the few elements that it may have, whoever hands it in, and how it is shown.

A list of what is let through, never of what is kept out. It is asked when a body is stored and again when it is
shown, so that nothing else can reach a reader's browser: not by the editing pages, a restore, or a change of ours.
"""

import re
from html import escape, unescape
from html.parser import HTMLParser
from urllib.parse import urlsplit

_KEPT = frozenset({"p", "h3", "b", "i", "a", "ol", "ul", "li", "blockquote", "br"})
_ALIKE = {"strong": "b", "em": "i", "h1": "h3", "h2": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
_SILENT = frozenset({"script", "style", "template", "iframe", "object", "svg", "math", "noscript", "title"})
_STANDS_ALONE = frozenset({"p", "h3", "ol", "ul", "li", "blockquote"})
_SCHEMES = frozenset({"http", "https", "mailto"})


def stored(html: str) -> str:
    """The body as it is kept: its own elements only, and of their attributes only the address of a link."""
    return _rewritten(html, for_readers=False)


def shown(html: str) -> str:
    """The body as readers get it: safe to put on a page.

    Its headings come right below the page's one title, and a link that leaves this website tells the other side
    nothing and lends it no weight.
    """
    return _rewritten(html, for_readers=True)


def plain(html: str) -> str:
    """Its words alone, for searching."""
    apart = re.sub(r"<(?:/(?:p|h3|li|blockquote)|br)[^>]*>", " ", stored(html))
    return " ".join(unescape(re.sub(r"<[^>]+>", "", apart)).split())


def good_address(address: str) -> str:
    """The address of a link if it is one that we make, otherwise nothing."""
    tidy = re.sub(r"[\x00-\x20\x7f]", "", address)
    try:
        parts = urlsplit(tidy)
    except ValueError:
        return ""
    if parts.scheme:
        return tidy if parts.scheme.lower() in _SCHEMES else ""
    is_of_this_site = tidy.startswith("/") and not tidy.startswith(("//", "/\\"))
    return tidy if is_of_this_site else ""


def _rewritten(html: str, *, for_readers: bool) -> str:
    writer = _Writer(for_readers=for_readers)
    writer.feed(html)
    writer.close()
    return writer.text()


class _Writer(HTMLParser):
    """Reads HTML of any kind and writes ours, always well nested."""

    def __init__(self, *, for_readers: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._for_readers = for_readers
        self._parts: list[str] = []
        self._open: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
            return
        name = _ALIKE.get(tag, tag)
        if self._silent or name not in _KEPT:
            return
        if name == "br":
            self._parts.append("<br>")
            return
        if name == "a" and not (address := good_address(dict(attrs).get("href") or "")):
            return
        if name in self._open and name in ("a", "p", "h3"):
            self._close(name)
        self._open.append(name)
        self._parts.append(self._link(address) if name == "a" else f"<{self._name(name)}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _SILENT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
            return
        name = _ALIKE.get(tag, tag)
        if not self._silent and name in self._open:
            self._close(name)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._parts.append(escape(data, quote=False))

    def text(self) -> str:
        while self._open:
            self._parts.append(f"</{self._name(self._open.pop())}>")
        return _without_empty("".join(self._parts).strip())

    def _close(self, name: str) -> None:
        while True:
            last = self._open.pop()
            self._parts.append(f"</{self._name(last)}>")
            if last == name:
                return

    def _name(self, name: str) -> str:
        return "h2" if name == "h3" and self._for_readers else name

    def _link(self, address: str) -> str:
        leaves = self._for_readers and not address.startswith("/") and not address.startswith("mailto:")
        rel = ' rel="noopener noreferrer nofollow"' if leaves else ""
        return f'<a href="{escape(address)}"{rel}>'


def _without_empty(html: str) -> str:
    """Paragraphs and headings with nothing in them only leave gaps on the page."""
    names = "|".join(sorted(_STANDS_ALONE | {"h2", "a", "b", "i"}))
    pattern = re.compile(rf"<({names})(?: [^>]*)?>\s*</\1>")
    while True:
        fewer = pattern.sub("", html)
        if fewer == html:
            return html
        html = fewer
