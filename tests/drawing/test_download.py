import csv as csv_format
import io
import re

import numpy as np
import pytest
from PIL import Image

from knotwork.drawing.download import csv, png, standalone_svg
from knotwork.drawing.geography import BOUNDARY_ATTRIBUTION
from knotwork.drawing.picture import Picture
from knotwork.drawing.svg import drawing, element

from .checks import SVG, parsed


def a_picture_with(words: str) -> Picture:
    line = element("text", words, x=6, y=16, font_size=13)
    bar = element("path", d="M6 24h300v14H6z", fill="var(--series-1)", stroke="currentColor")
    about = {"name": "bar", "title": "Votes", "description": "One bar."}
    return Picture(svg=drawing(line, bar, kind="bar", size=(360, 48), **about), columns=(), rows=(), **about)


@pytest.fixture
def bar() -> Picture:
    return a_picture_with("Everyone (53): 58% agree, 30% disagree")


def pixels(content: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    return np.asarray(Image.open(io.BytesIO(content)).convert("L"), dtype=np.int16)


def without_words(picture: Picture) -> Picture:
    svg = re.sub(r"<text.*?</text>", "", picture.svg)
    return Picture(picture.name, svg, picture.columns, picture.rows, picture.title, picture.description)


def test_a_file_carries_its_own_colours(bar: Picture) -> None:
    svg = standalone_svg(bar)
    assert "var(" not in svg
    assert "currentColor" not in svg
    assert "Public Sans" in svg
    assert parsed(svg).attrib["width"] == "360"


def test_a_file_has_a_ground_under_everything(bar: Picture) -> None:
    children = [child.tag.removeprefix(SVG) for child in parsed(standalone_svg(bar))]
    assert children[:3] == ["title", "desc", "rect"]


def test_links_of_a_file_are_plain_groups(england: Picture) -> None:
    root = parsed(standalone_svg(england))
    assert list(root.iter(f"{SVG}a")) == []
    assert not any("href" in part.attrib for part in root.iter())


def test_the_credit_of_a_source_stands_in_the_file(england: Picture) -> None:
    root = parsed(standalone_svg(england, credit=BOUNDARY_ATTRIBUTION))
    texts = [" ".join(text.itertext()) for text in root.iter(f"{SVG}text")]
    assert BOUNDARY_ATTRIBUTION in texts
    assert float(root.attrib["height"]) > float(parsed(standalone_svg(england)).attrib["height"])


def test_words_survive_in_the_png(bar: Picture) -> None:
    with_words, bare = pixels(png(bar)), pixels(png(without_words(bar)))
    assert with_words.shape == bare.shape
    assert (np.abs(with_words - bare) > 60).sum() > 400


def test_the_png_is_as_large_as_asked(bar: Picture) -> None:
    assert Image.open(io.BytesIO(png(bar, scale=3))).size == (1080, 144)


def test_the_png_is_the_same_twice(bar: Picture) -> None:
    assert png(bar) == png(bar)


def test_letters_beyond_ascii_survive_too() -> None:
    picture = a_picture_with("Łódź, Łódź, Łódź")
    plain, accents = pixels(png(picture)), pixels(png(without_words(picture)))
    assert (np.abs(plain - accents) > 60).sum() > 200


def test_a_drawing_made_elsewhere_is_refused() -> None:
    with pytest.raises(ValueError, match="no viewBox"):
        standalone_svg(Picture("x", "<svg></svg>", (), (), "t", "d"))


def test_the_table_reads_back_from_csv() -> None:
    picture = Picture("x", "<svg/>", ("Group", "Share"), (('The "A" group, all', 0.5), ("B", None)), "t", "d")
    assert list(csv_format.reader(io.StringIO(csv(picture)))) == [
        ["Group", "Share"],
        ['The "A" group, all', "0.5"],
        ["B", ""],
    ]


@pytest.mark.parametrize("words", ["=1+1", "+44", "-2", "@SUM(A1)", "\tx"])
def test_words_never_become_a_formula(words: str) -> None:
    picture = Picture("x", "<svg/>", ("Statement", "n"), ((words, -2),), "t", "d")
    row = list(csv_format.reader(io.StringIO(csv(picture))))[1]
    assert row == [f"'{words}", "-2"]
