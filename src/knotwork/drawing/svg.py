"""A small writer of SVG.

Everything a person typed passes through ``element`` and is escaped there; nothing else in this package puts
strings into markup. The pages' content security policy forbids scripts and style attributes, so the writer
refuses them instead of trusting each drawing to remember.
"""

import re
from xml.sax.saxutils import escape

Value = str | int | float | None

_FORBIDDEN_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SHAPES = ("circle", "ellipse", "line", "path", "rect")
_ELEMENTS = frozenset((*_SHAPES, "a", "clipPath", "defs", "desc", "g", "svg", "text", "title", "tspan"))
# Quotes are escaped in words too, so that no typed text can look like an attribute of the drawing.
_QUOTES = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
_SAFE_LINK = re.compile(r"(https?://|/(?!/)|#|\?|[A-Za-z0-9_.-]+(/|$|\?|#))")


class Markup(str):
    """A string that is markup already, so that ``element`` does not escape it again."""

    __slots__ = ()


def number(value: float, places: int = 1) -> str:
    """Write a number as short as it can be: ``3``, ``.5``, ``-2.7``.

    >>> number(0.5), number(-0.04), number(12.0)
    ('.5', '0', '12')
    """
    short = f"{value:.{places}f}"
    if "." in short:
        short = short.rstrip("0").rstrip(".")
    if short in ("-0", ""):
        return "0"
    return short.replace("0.", ".", 1) if short.startswith(("0.", "-0.")) else short


def escaped(words: str) -> Markup:
    """Make typed words safe in an element or attribute; characters that XML cannot hold are dropped."""
    return Markup(escape(_FORBIDDEN_IN_XML.sub("", words), _QUOTES))


def element(tag: str, /, *children: str, **attributes: Value) -> Markup:
    """One element. ``stroke_width`` becomes ``stroke-width``, ``class_`` ``class``; None leaves one out.

    Raises ``ValueError`` for what the pages do not allow: another element than the few the drawings use,
    a style or event attribute, or a link with a scheme other than http and https.

    >>> element("text", "a < b", x=1.25, font_weight=600)
    '<text x="1.2" font-weight="600">a &lt; b</text>'
    """
    if tag not in _ELEMENTS:
        raise ValueError(f"A drawing has no <{tag}>; it uses {', '.join(sorted(_ELEMENTS))}.")
    written = "".join(_attribute(name, value) for name, value in attributes.items() if value is not None)
    inside = "".join(child if isinstance(child, Markup) else escaped(child) for child in children)
    return Markup(f"<{tag}{written}>{inside}</{tag}>" if inside else f"<{tag}{written}/>")


def _attribute(name: str, value: str | int | float) -> str:
    written = name.rstrip("_")
    if written != "viewBox":
        written = written.replace("_", "-")
    if written == "style" or written.startswith("on"):
        raise ValueError(f"A drawing has no {written} attribute: the pages' security policy would drop it.")
    text = value if isinstance(value, str) else number(value)
    if written == "href" and not _SAFE_LINK.match(text):
        raise ValueError(f"A drawing links to a page of ours or to http(s), not to {text!r}.")
    return f' {written}="{escaped(text)}"'


def drawing(
    *children: str,
    name: str,
    kind: str,
    title: str,
    description: str,
    size: tuple[float, float],
    holds_links: bool = False,
) -> str:
    """A whole drawing, scaled by its page (a viewBox, no width or height), with its title and description.

    ``kind`` becomes a class, so that the pages can keep a small drawing (bars) from growing to the width of a
    screen. A drawing that holds links is a group, not an image: the parts of an image are hidden from
    screen readers, its links too.
    """
    return element(
        "svg",
        element("title", title, id=f"{name}-title"),
        element("desc", description, id=f"{name}-desc"),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(size[0])} {number(size[1])}",
        class_=f"picture picture--{kind}",
        role="group" if holds_links else "img",
        aria_labelledby=f"{name}-title {name}-desc",
        font_family="Public Sans, sans-serif",
        fill="currentColor",
    )
