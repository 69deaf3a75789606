"""The grid of keys: a link for each row, a shape for each cell, fit for a page."""

import pytest

from knotwork.drawing.key_grid import GridRow, GridWords, key_grid
from knotwork.drawing.picture import Picture
from tests.drawing.checks import SVG, assert_fit_for_a_page, parsed, texts_of

pytestmark = pytest.mark.pure

WORDS = GridWords(("Money", "Relationships"), "not yet", "moving", "changed", "nobody said")
LATE = GridRow("The 4.40 home", "/a/", ("changed", ""))
LONG = GridRow("A very long name of something that partners try together", "/b/", ("moving", "not_yet"))


def drawn(*rows: GridRow) -> Picture:
    table = (("Try-out", *WORDS.columns), tuple((row.name, *row.cells) for row in rows))
    return key_grid(rows, WORDS, table, name="keys", texts=("What must change", "A row for each."))


def shapes_of(row: GridRow) -> list[str]:
    """The shapes of its cells; the key's own come before."""
    root = parsed(drawn(row).svg)
    (last,) = [each for each in root.findall(f"{SVG}g") if each.find(f"{SVG}a") is not None]
    kinds = []
    for part in last:
        if part.tag == f"{SVG}circle":
            kinds.append("ring" if part.attrib["fill"] == "none" else f"disc {part.attrib['r']}")
        elif part.tag == f"{SVG}g":
            kinds.append("half")
    return kinds


def test_it_is_fit_for_a_page() -> None:
    assert_fit_for_a_page(drawn(LATE, LONG))
    assert_fit_for_a_page(drawn())


def test_every_row_is_a_link_with_its_whole_name() -> None:
    links = [each for each in parsed(drawn(LATE, LONG).svg).iter(f"{SVG}a")]
    assert [each.attrib["href"] for each in links] == ["/a/", "/b/"]
    assert [each.findtext(f"{SVG}title") for each in links] == [LATE.name, LONG.name]


def test_the_states_differ_by_their_shape() -> None:
    assert shapes_of(LATE) == ["disc 9", "disc 1.8"]
    assert shapes_of(LONG) == ["half", "ring"]


def test_what_is_not_known_counts_as_not_yet() -> None:
    assert shapes_of(GridRow("x", "/c/", ("odd", "not_yet"))) == ["ring", "ring"]


def test_the_key_and_the_heads_are_in_words() -> None:
    assert {"not yet", "moving", "changed", "nobody said", "Money", "Relationships"} <= set(
        texts_of(drawn(LATE))
    )


def test_the_same_rows_give_the_same_bytes() -> None:
    assert drawn(LATE, LONG).svg == drawn(LATE, LONG).svg


def test_a_row_with_another_number_of_cells_is_refused() -> None:
    with pytest.raises(ValueError, match="has 1 cells for 2 columns"):
        drawn(GridRow("x", "/x/", ("moving",)))


def test_words_are_escaped() -> None:
    assert "<b>" not in drawn(GridRow("<b>bold</b>", "/x/", ("", ""))).svg
