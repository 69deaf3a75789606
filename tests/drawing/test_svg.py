import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knotwork.drawing.svg import Markup, drawing, element, escaped, number

from .checks import SVG, parsed


def xml_can_hold(text: str) -> str:
    return re.sub("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)


@given(st.text())
def test_typed_words_come_out_of_an_element_as_they_went_in(words: str) -> None:
    read = parsed(element("text", words)).text or ""
    assert read == xml_can_hold(words)


@given(st.text())
def test_typed_words_cannot_leave_an_attribute(words: str) -> None:
    part = parsed(element("g", aria_label=words))
    assert set(part.attrib) == {"aria-label"}
    assert part.attrib.get("aria-label", "") == xml_can_hold(words)


@given(st.text(), st.text())
def test_typed_words_never_become_markup(title: str, description: str) -> None:
    root = parsed(drawing(name="x", kind="x", title=title, description=description, size=(1, 1)))
    assert [part.tag for part in root.iter()] == [f"{SVG}svg", f"{SVG}title", f"{SVG}desc"]


@given(st.floats(-1e6, 1e6))
def test_a_number_is_written_to_a_tenth(value: float) -> None:
    assert math.isclose(float(number(value)), value, abs_tol=0.0501)
    assert len(number(value)) <= len(f"{value:.1f}")


@pytest.mark.parametrize(
    ("value", "short"),
    [(0, "0"), (0.04, "0"), (-0.04, "0"), (0.5, ".5"), (-0.5, "-.5"), (10.0, "10"), (100, "100")],
)
def test_numbers_are_short(value: float, short: str) -> None:
    assert number(value) == short


def test_whole_numbers_keep_their_zeros_without_decimals() -> None:
    assert number(120.2, 0) == "120"
    assert number(0.25, 2) == ".25"


def test_markup_is_not_escaped_again() -> None:
    assert element("g", element("title", "a & b")) == "<g><title>a &amp; b</title></g>"
    assert isinstance(escaped("<"), Markup)


def test_names_of_attributes_are_those_of_svg() -> None:
    assert element("g", class_="x", font_size=12, viewBox="0 0 1 1", fill=None) == (
        '<g class="x" font-size="12" viewBox="0 0 1 1"/>'
    )


@pytest.mark.parametrize("tag", ["script", "style", "foreignObject", "image"])
def test_elements_that_the_pages_forbid_are_refused(tag: str) -> None:
    with pytest.raises(ValueError, match="A drawing has no"):
        element(tag)


@pytest.mark.parametrize("name", ["style", "onclick", "onload"])
def test_attributes_that_the_pages_forbid_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="security policy"):
        element("g", **{name: "x"})


@pytest.mark.parametrize(
    "link", ["/places/york", "https://example.org/", "#main", "?page=2", "york/", "map.html"]
)
def test_links_to_pages_are_drawn(link: str) -> None:
    assert parsed(element("a", href=link)).attrib["href"] == link


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", " javascript:x", "data:text/html,x", "//elsewhere.org", ""]
)
def test_links_that_do_something_else_are_refused(link: str) -> None:
    with pytest.raises(ValueError, match="links to a page"):
        element("a", href=link)


def test_a_drawing_with_links_is_a_group_so_that_its_links_are_read_out() -> None:
    def root(holds_links: bool) -> dict[str, str]:
        svg = drawing(name="x", kind="map", title="t", description="d", size=(10, 5), holds_links=holds_links)
        return parsed(svg).attrib

    assert root(True)["role"] == "group"
    assert root(False)["role"] == "img"
    assert root(False)["class"] == "picture picture--map"
