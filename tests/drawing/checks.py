"""What every picture owes the page it stands in."""

import re
import xml.etree.ElementTree as ElementTree

from knotwork.drawing.palette import TOKENS
from knotwork.drawing.picture import Picture

SVG = "{http://www.w3.org/2000/svg}"
_COLOUR_ATTRIBUTES = ("fill", "stroke", "color", "stop-color")
_COLOUR = re.compile(r"none|currentColor|var\((--[a-z0-9-]+)\)")


def parsed(svg: str) -> ElementTree.Element:
    """The drawing as a tree; fails if it is no XML."""
    return ElementTree.fromstring(svg)


def texts_of(picture: Picture) -> list[str]:
    """All words that are drawn, one string for each text element."""
    return [" ".join(t for t in text.itertext()) for text in parsed(picture.svg).iter(f"{SVG}text")]


def assert_fit_for_a_page(picture: Picture) -> None:
    """Titled, described, without scripts or styles, with the palette's colours only, its ids its own."""
    root = parsed(picture.svg)
    titles = {child.attrib["id"]: child.text for child in root if child.tag in (f"{SVG}title", f"{SVG}desc")}
    named_by = root.attrib["aria-labelledby"].split()
    assert [titles[i] for i in named_by] == [picture.title, picture.description]
    assert "viewBox" in root.attrib
    assert not {"width", "height"} & set(root.attrib)
    for part in root.iter():
        assert part.tag not in (f"{SVG}script", f"{SVG}style", f"{SVG}foreignObject")
        assert "id" not in part.attrib or part.attrib["id"].startswith(f"{picture.name}-")
        for name, value in part.attrib.items():
            assert name != "style"
            assert not name.startswith("on")
            if name in _COLOUR_ATTRIBUTES:
                found = _COLOUR.fullmatch(value)
                assert found, f"{name}={value!r} is a colour that the palette does not know."
                assert found[1] is None or found[1] in TOKENS
    assert all(len(row) == len(picture.columns) for row in picture.rows)
