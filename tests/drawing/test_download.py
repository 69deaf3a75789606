import csv as csv_format
import io
import re

import numpy as np
import pytest
from PIL import Image

from knotwork.drawing.bars import VoteCount, vote_bars
from knotwork.drawing.download import csv, png, standalone_svg
from knotwork.drawing.geography import BOUNDARY_ATTRIBUTION
from knotwork.drawing.picture import Picture

from .checks import SVG, parsed


@pytest.fixture
def bars() -> Picture:
    return vote_bars([VoteCount("Everyone", 31, 6, 16)], name="bars", title="Votes", description="One group.")


def pixels(content: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    return np.asarray(Image.open(io.BytesIO(content)).convert("L"), dtype=np.int16)


def without_words(picture: Picture) -> Picture:
    svg = re.sub(r"<text.*?</text>", "", picture.svg)
    return Picture(picture.name, svg, picture.columns, picture.rows, picture.title, picture.description)


def test_a_file_carries_its_own_colours(bars: Picture) -> None:
    svg = standalone_svg(bars)
    assert "var(" not in svg
    assert "currentColor" not in svg
    assert "Public Sans" in svg
    assert parsed(svg).attrib["width"] == "360"


def test_a_file_has_a_ground_under_everything(bars: Picture) -> None:
    children = [child.tag.removeprefix(SVG) for child in parsed(standalone_svg(bars))]
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


def test_words_survive_in_the_png(bars: Picture) -> None:
    with_words, bare = pixels(png(bars)), pixels(png(without_words(bars)))
    assert with_words.shape == bare.shape
    assert (np.abs(with_words - bare) > 60).sum() > 400


def test_the_png_is_as_large_as_asked(bars: Picture) -> None:
    assert Image.open(io.BytesIO(png(bars, scale=3))).size == (1080, 144)


def test_the_png_is_the_same_twice(bars: Picture) -> None:
    assert png(bars) == png(bars)


def test_letters_beyond_ascii_survive_too() -> None:
    def drawn(label: str) -> Picture:
        return vote_bars([VoteCount(label, 9, 1, 1)], name="bars", title="t", description="d")

    plain, accents = pixels(png(drawn("Łódź"))), pixels(png(without_words(drawn("Łódź"))))
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
