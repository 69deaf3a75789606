"""Points with their intervals on one scale."""

import pytest

from knotwork.drawing.interval_rows import (
    WIDTH,
    IntervalPoint,
    IntervalRow,
    IntervalScale,
    interval_rows,
)
from knotwork.drawing.picture import Picture

from .checks import SVG, assert_fit_for_a_page, parsed, texts_of

CHANGE = IntervalScale(-4, 4, "less often", "more often", rest=0)
TABLE = (("Way", "Change"), (("Doing", 0.8), ("Being", None)))
MOVED = IntervalRow("Doing", (IntervalPoint(0.8, 0.2, 1.4),), "+0.8")
HIDDEN = IntervalRow("Being", (), "Fewer than five people answered both times.")


def drawn(*rows: IntervalRow, scale: IntervalScale = CHANGE, **words: object) -> Picture:
    return interval_rows(rows, scale, TABLE, name="change", texts=("Change", "Two ways."), **words)  # type: ignore[arg-type]


def test_a_value_stands_in_words_beside_its_interval() -> None:
    picture = drawn(MOVED, HIDDEN)
    assert_fit_for_a_page(picture)
    assert {"Doing", "+0.8", "less often", "more often"} <= set(texts_of(picture))


def test_a_row_that_may_not_be_shown_has_words_and_no_mark() -> None:
    picture = drawn(HIDDEN)
    assert_fit_for_a_page(picture)
    assert not list(parsed(picture.svg).iter(f"{SVG}circle"))
    assert any("Fewer than five" in text for text in texts_of(picture))


def test_the_point_stands_within_its_interval_and_the_drawing() -> None:
    (circle,) = parsed(drawn(MOVED).svg).iter(f"{SVG}circle")
    assert 0 < float(circle.attrib["cx"]) < WIDTH


def test_a_scale_without_a_rest_has_no_dashed_line() -> None:
    assert "stroke-dasharray" in drawn(MOVED).svg
    assert "stroke-dasharray" not in drawn(MOVED, scale=IntervalScale(1, 5, "never", "always")).svg


@pytest.mark.parametrize(
    ("mark", "shape"), [("dot", "circle"), ("ring", "circle"), ("square", "rect"), ("diamond", "path")]
)
def test_marks_differ_by_shape_and_are_named_in_the_key(mark: str, shape: str) -> None:
    row = IntervalRow("Doing", (IntervalPoint(3, mark=mark),), "3.0")  # type: ignore[arg-type]
    picture = drawn(row, scale=IntervalScale(1, 5, "never", "always"), marks=[("You", mark)])
    assert_fit_for_a_page(picture)
    assert "You" in texts_of(picture)
    assert list(parsed(picture.svg).iter(f"{SVG}{shape}"))
