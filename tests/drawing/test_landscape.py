import re

import numpy as np
import polars as pl
import pytest

from knotwork.drawing.landscape import LandscapeOptions, opinion_landscape
from knotwork.drawing.picture import Picture

from .checks import SVG, assert_fit_for_a_page, parsed, texts_of

LABELS = {0: "A", 1: "B", 2: "C"}
USUAL = LandscapeOptions()


def people(*sizes: int, ungrouped: int = 0, seed: int = 1) -> pl.DataFrame:
    random = np.random.default_rng(seed)
    centres = [(-2, 1), (2, 1), (0, -2), (0, 0)]
    groups: list[int | None] = [group for group, size in enumerate(sizes) for _ in range(size)]
    groups += [None] * ungrouped
    where = np.array([centres[3 if group is None else group] for group in groups], dtype=float).reshape(-1, 2)
    where += random.normal(0, 0.6, where.shape)
    return pl.DataFrame({"x": where[:, 0], "y": where[:, 1], "group": pl.Series(groups, dtype=pl.Int64)})


def drawn(points: pl.DataFrame, options: LandscapeOptions = USUAL) -> Picture:
    return opinion_landscape(
        points,
        name="landscape",
        title="Who voted alike",
        description="Groups.",
        labels=LABELS,
        options=options,
    )


def dots(picture: Picture, colour: str) -> int:
    paths = [path for path in parsed(picture.svg).iter(f"{SVG}path") if path.attrib["fill"] == colour]
    return paths[0].attrib["d"].count("M") if len(paths) > 1 else 0


def test_the_landscape_is_fit_for_a_page() -> None:
    picture = drawn(people(200, 180, 100, ungrouped=56))
    assert_fit_for_a_page(picture)
    assert len(picture.svg) < 30_000


def test_every_person_is_one_dot_of_their_group() -> None:
    picture = drawn(people(30, 20, 10, ungrouped=7))
    assert dots(picture, "var(--series-1)") == 30
    assert dots(picture, "var(--series-3)") == 10
    assert dots(picture, "var(--soft)") == 7


def test_every_group_has_its_letter_and_its_line_in_the_key() -> None:
    texts = texts_of(drawn(people(30, 20, 10, ungrouped=7)))
    assert texts == ["A", "B", "C", "A (30)", "B (20)", "C (10)", "Not grouped (7)"]


def test_the_table_tells_of_groups_and_never_of_a_person() -> None:
    picture = drawn(people(30, 20, ungrouped=6))
    assert picture.columns == ("Group", "People", "Centre across", "Centre up", "Spread")
    assert [row[:2] for row in picture.rows] == [("A", 30), ("B", 20), ("Not grouped", 6)]
    assert picture.rows[0][2] == pytest.approx(-2, abs=0.4)
    assert picture.rows[2][2:] == (None, None, None)


def test_a_group_of_fewer_than_five_is_neither_drawn_nor_listed() -> None:
    picture = drawn(people(30, 4, 20, ungrouped=3))
    assert [row[0] for row in picture.rows] == ["A", "C"]
    assert "var(--series-2)" not in picture.svg
    assert "var(--soft)" not in picture.svg.replace('stroke="var(--soft)"', "")


def test_a_group_keeps_its_look_when_another_is_too_small_to_show() -> None:
    assert "var(--series-3)" in drawn(people(30, 4, 20)).svg


def test_the_order_in_which_people_came_does_not_show() -> None:
    points = people(40, 30, 20, ungrouped=8)
    assert drawn(points) == drawn(points.sample(fraction=1.0, shuffle=True, seed=3))


def test_two_thousand_dots_stay_under_their_limit() -> None:
    picture = drawn(people(800, 600, 400, ungrouped=200))
    assert dots(picture, "var(--series-1)") == 800
    assert len(picture.svg) < 120_000


def test_more_than_two_thousand_become_density() -> None:
    picture = drawn(people(4_000, 3_000, 2_000, ungrouped=500))
    assert_fit_for_a_page(picture)
    assert dots(picture, "var(--series-1)") < 400
    assert len(picture.svg) < 20_000
    assert picture.rows[0][1] == 4_000


def test_a_cell_with_fewer_than_five_people_is_not_drawn() -> None:
    apart = pl.DataFrame({"x": np.arange(12.0) * 50, "y": np.zeros(12), "group": [0] * 12})
    picture = drawn(apart, LandscapeOptions(most_dots=10))
    assert picture.svg.count("<path") == 1


def test_counts_can_be_rounded_for_the_public() -> None:
    picture = drawn(people(33, 21), LandscapeOptions(people_rounded_to=5))
    assert [row[1] for row in picture.rows] == [35, 20]
    assert "A (35)" in texts_of(picture)


@pytest.mark.parametrize("count", [18, 19, 20, 21, 22])
def test_where_counts_are_rounded_counting_the_dots_tells_no_more(count) -> None:
    picture = drawn(people(count, 30), LandscapeOptions(people_rounded_to=5))
    paths = [path.get("d") or "" for path in parsed(picture.svg).iter(f"{SVG}path")]
    dots = sorted(path.count("M") for path in paths if path.count("M") > 1)
    assert dots == [18, 28]


def test_near_means_near_in_every_direction() -> None:
    square = pl.DataFrame({"x": [0.0, 1, 1, 0, 0.5], "y": [0.0, 0, 1, 1, 0.5], "group": [None] * 5})
    path = next(path for path in parsed(drawn(square).svg).iter(f"{SVG}path"))
    spots = np.array(
        [
            [float(v) for v in spot.split(" ")]
            for spot in re.findall(r"M(-?[\d.]+ -?[\d.]+)", path.attrib["d"])
        ]
    )
    wide, high = spots.max(axis=0) - spots.min(axis=0)
    assert wide == pytest.approx(high, abs=0.2)


def test_up_in_the_figures_is_up_in_the_picture() -> None:
    points = people(20, 0, 20)
    root = parsed(drawn(points).svg)
    heights = {text.text: float(text.attrib["y"]) for text in root.iter(f"{SVG}text") if "y" in text.attrib}
    assert heights["A"] < heights["C"]


def test_people_who_all_voted_the_same_are_still_a_picture() -> None:
    same = pl.DataFrame({"x": [1.0] * 9, "y": [2.0] * 9, "group": [0] * 9})
    picture = drawn(same)
    assert_fit_for_a_page(picture)
    assert picture.rows == (("A", 9, 1.0, 2.0, 0.0),)


def test_nobody_is_an_empty_picture() -> None:
    picture = drawn(people(0))
    assert_fit_for_a_page(picture)
    assert picture.rows == ()


def test_many_groups_take_a_second_line_in_the_key() -> None:
    labels = {group: f"Group number {group}" for group in range(7)}
    points = pl.DataFrame(
        {"x": np.arange(70.0), "y": np.arange(70.0) % 7, "group": [i % 7 for i in range(70)]}
    )
    picture = opinion_landscape(points, name="many", title="t", description="d", labels=labels)
    assert_fit_for_a_page(picture)
    assert len(picture.rows) == 7


def test_a_group_without_a_label_is_refused() -> None:
    points = pl.DataFrame({"x": [0.0] * 5, "y": [0.0] * 5, "group": [9] * 5})
    with pytest.raises(ValueError, match="no label"):
        drawn(points)


@pytest.mark.parametrize("x", [None, float("nan"), float("inf")])
def test_a_person_without_a_position_is_refused(x: float | None) -> None:
    points = pl.DataFrame({"x": [x, 1.0], "y": [0.0, 1.0], "group": [0, 0]})
    with pytest.raises(ValueError, match="finite"):
        drawn(points)
