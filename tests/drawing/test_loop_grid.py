"""A row for each place, a column for each stage, all alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from knotwork.drawing.loop_grid import LoopRow, loop_grid
from tests.drawing.checks import assert_fit_for_a_page, parsed, texts_of

pytestmark = pytest.mark.pure

STAGES = ("listening", "mapping", "trying", "measuring", "learning")
ROWS = (
    LoopRow("Eastmere", frozenset({0})),
    LoopRow("Northvale", frozenset({0, 2})),
    LoopRow("Southfold with a name that is longer than its column has room for", frozenset()),
)
CIRCLE = "{http://www.w3.org/2000/svg}circle"


def grid(rows=ROWS, stages=STAGES):
    return loop_grid(
        rows,
        stages,
        name="loop",
        texts=("Where the places are", "By their own word"),
        place_column="Place",
        marks=("here", ""),
    )


def test_it_is_fit_for_a_page_and_names_every_place_and_stage():
    picture = grid()
    assert_fit_for_a_page(picture)
    words = " ".join(texts_of(picture))
    assert all(word in words for word in ("Eastmere", "Northvale", "Southfold", *STAGES))


def test_the_table_says_the_same():
    assert grid().rows[1] == ("Northvale", "here", "", "here", "", "")


@given(
    some.lists(some.builds(LoopRow, some.text(max_size=60), some.frozensets(some.integers(0, 4))), max_size=6)
)
def test_every_place_has_the_same_row_of_dots_large_where_it_is(rows):
    radii = [circle.attrib["r"] for circle in parsed(grid(rows).svg).iter(CIRCLE)] if _drawable(rows) else []
    if _drawable(rows):
        assert len(radii) == len(rows) * len(STAGES)
        assert radii.count("7") == sum(len(row.stages) for row in rows)


def _drawable(rows) -> bool:
    return all(row.name.isprintable() for row in rows)


def test_no_place_and_no_stage_is_still_a_picture():
    assert_fit_for_a_page(grid((), ()))


def test_a_long_stage_is_set_smaller_so_that_it_keeps_to_its_column():
    sizes = {
        text.text: float(text.attrib["font-size"])
        for text in parsed(grid(stages=("listening", "something that is very long")).svg).iter()
        if "text-anchor" in text.attrib
    }
    assert sizes["listening"] == 15
    assert sizes["something that is very long"] <= 15
