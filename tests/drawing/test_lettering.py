from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from knotwork.drawing.download import FONTS
from knotwork.drawing.lettering import lines_of_text, width_of, wrapped

from .checks import SVG, parsed

PRINTABLE = "".join(chr(code) for code in range(32, 127))


@pytest.mark.parametrize(
    ("file", "semibold"), [("PublicSans-Regular.ttf", False), ("PublicSans-SemiBold.ttf", True)]
)
def test_the_widths_are_those_of_the_font_that_ships(file: str, semibold: bool) -> None:
    font = TTFont(Path(FONTS) / file)
    glyphs, widths, em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    for letter in PRINTABLE:
        assert width_of(letter, 1000, semibold=semibold) == pytest.approx(
            widths[glyphs[ord(letter)]][0] * 1000 / em, abs=1
        )


@pytest.mark.parametrize("file", ["PublicSans-Regular.ttf", "PublicSans-SemiBold.ttf"])
def test_no_letter_of_the_font_is_wider_than_we_allow_for(file: str) -> None:
    font = TTFont(Path(FONTS) / file)
    glyphs, widths, em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    assert max(widths[glyph][0] for glyph in glyphs.values()) * 1000 / em <= width_of("Ł", 1000)


@pytest.mark.parametrize(
    ("file", "weight"), [("PublicSans-Regular.ttf", 400), ("PublicSans-SemiBold.ttf", 600)]
)
def test_the_fonts_are_found_by_the_name_that_drawings_ask_for(file: str, weight: int) -> None:
    font = TTFont(Path(FONTS) / file)
    names = font["name"]
    assert (names.getDebugName(16) or names.getDebugName(1)) == "Public Sans"
    assert font["OS/2"].usWeightClass == weight
    assert {ord("é"), ord("ł"), ord("–"), ord("’")} <= set(font.getBestCmap())


@given(st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=80), st.floats(20, 200))
def test_wrapping_keeps_every_word_and_the_width(text: str, width: float) -> None:
    lines = wrapped(text, 13, width)
    assert " ".join(lines).split() == text.split()
    assert all(width_of(line, 13) <= width for line in lines if " " in line)


def test_one_line_is_one_text_and_more_are_spans_under_each_other() -> None:
    assert parsed(lines_of_text(("York",), 1, 2, 13)).text == "York"
    two = list(parsed(lines_of_text(("West", "Cheshire"), 1, 2, 10, leading=1.2)).iter("tspan"))
    assert [span.attrib.get("dy") for span in two] == [None, "12"]
    assert SVG
