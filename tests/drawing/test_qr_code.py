"""A link as a square: the modules are those of the standard, and nothing of the page's colours gets in."""

import re

import segno
from hypothesis import given
from hypothesis import strategies as some

from knotwork.drawing.qr_code import qr_code

from .checks import SVG, parsed

RIM = 4
BAR = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")


def drawn(link: str = "https://example.org/to/7k2m9q") -> str:
    return qr_code(link, name="link", title="QR code", description="It leads to the question.")


def dark_modules(svg: str) -> set[tuple[int, int]]:
    path = parsed(svg).find(f"{SVG}path")
    assert path is not None
    bars = [tuple(map(int, bar)) for bar in BAR.findall(path.attrib["d"])]
    assert BAR.sub("", path.attrib["d"]) == ""
    assert all(forth == back for _x, _y, forth, back in bars)
    return {(x + step - RIM, y - RIM) for x, y, length, _back in bars for step in range(length)}


@given(some.text(some.characters(codec="utf-8"), min_size=1, max_size=80))
def test_exactly_the_dark_modules_of_the_code_are_drawn(link: str) -> None:
    matrix = segno.make(link, error="m", micro=False).matrix
    expected = {(x, y) for y, row in enumerate(matrix) for x, module in enumerate(row) if module}
    assert dark_modules(drawn(link)) == expected


def test_it_is_black_on_white_with_a_rim_of_four_modules() -> None:
    root = parsed(drawn())
    assert root.attrib["viewBox"] == "0 0 37 37"
    ground, code = root.find(f"{SVG}rect"), root.find(f"{SVG}path")
    assert ground is not None
    assert code is not None
    assert (ground.attrib["width"], ground.attrib["fill"], code.attrib["fill"]) == ("37", "#fff", "#000")


def test_it_has_a_title_a_description_and_no_style() -> None:
    svg = drawn()
    assert "QR code" in svg
    assert "It leads to the question." in svg
    assert "style" not in svg
