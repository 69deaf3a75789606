import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knotwork.drawing.download import standalone_svg
from knotwork.drawing.factor_links import Box, Course, courses
from knotwork.drawing.factor_map import (
    MARGIN,
    NARROWEST,
    DrawnLink,
    FactorBox,
    FactorMapWords,
    box_size,
    factor_map,
)
from knotwork.drawing.picture import Picture

from .checks import SVG, assert_fit_for_a_page, parsed, texts_of

LABELS = ("Feeling lonely", "Time with people I like", "Getting home after four", "Money left")


def boxes(*, links: bool = True) -> list[FactorBox]:
    return [
        FactorBox(str(at), label, 260.0 * (at % 2), 170.0 * (at // 2), f"/factors/{at}/" if links else "")
        for at, label in enumerate(LABELS)
    ]


def drawn(*links: DrawnLink, among: list[FactorBox] | None = None) -> Picture:
    return factor_map(
        boxes() if among is None else among, links, name="story", title="Where it goes", description="Four."
    )


MORE, LESS, BOTH = DrawnLink("2", "1", 1), DrawnLink("1", "0", -1), DrawnLink("3", "0", 1, is_contested=True)


def paths(picture: Picture) -> list[dict[str, str]]:
    return [path.attrib for path in parsed(picture.svg).iter(f"{SVG}path")]


def line_of(picture: Picture, colour: str) -> dict[str, str]:
    """The path of all lines of one kind: the first that is stroked and bends."""
    return next(path for path in paths(picture) if path.get("stroke") == colour and "Q" in path["d"])


def test_the_picture_is_fit_for_a_page() -> None:
    assert_fit_for_a_page(drawn(MORE, LESS, BOTH))


def test_every_factor_is_a_link_with_its_name() -> None:
    links = list(parsed(drawn(MORE).svg).iter(f"{SVG}a"))
    assert {(link.attrib["href"], link.attrib["aria-label"]) for link in links} == {
        (f"/factors/{at}/", label) for at, label in enumerate(LABELS)
    }


def test_a_drawing_that_holds_links_is_a_group_so_that_they_are_read_out() -> None:
    assert parsed(drawn(MORE).svg).attrib["role"] == "group"


def test_tab_walks_from_left_to_right() -> None:
    mixed = [
        FactorBox("b", "Right", 400, 0, "/b/"),
        FactorBox("a", "Left", 0, 50, "/a/"),
        FactorBox("c", "Middle", 200, 90, "/c/"),
    ]
    links = parsed(drawn(among=mixed).svg).iter(f"{SVG}a")
    assert [link.attrib["aria-label"] for link in links] == ["Left", "Middle", "Right"]


def test_without_an_address_a_factor_leads_nowhere() -> None:
    assert not list(parsed(drawn(MORE, among=boxes(links=False)).svg).iter(f"{SVG}a"))


def test_the_factor_that_a_picture_is_about_is_filled() -> None:
    picture = drawn(among=[FactorBox("1", "Stress", 0, 0, is_centre=True)])
    assert "var(--on-accent)" in picture.svg
    assert "var(--on-accent)" not in drawn(MORE).svg


def test_the_three_kinds_of_links_differ_by_more_than_colour() -> None:
    picture = drawn(MORE, LESS, BOTH)
    dashes = [line_of(picture, f"var(--series-{number})").get("stroke-dasharray") for number in (1, 2, 3)]
    assert len(set(dashes)) == 3
    signs = [path["d"] for path in paths(picture) if path.get("stroke-width") == "1.8"]
    assert len({re.sub(r"^M\S+ \S+?(?=m)", "", sign) for sign in signs}) >= 3


def test_a_strong_link_is_thicker() -> None:
    strong = drawn(DrawnLink("2", "1", 1, is_strong=True))
    assert line_of(strong, "var(--series-1)")["stroke-width"] == "3"
    assert line_of(drawn(MORE), "var(--series-1)")["stroke-width"] == "1.5"


def test_the_legend_explains_only_what_is_there() -> None:
    assert "more leads to less" not in texts_of(drawn(MORE))
    assert {"more leads to more", "more leads to less", "people see it in two ways"} <= set(
        texts_of(drawn(MORE, LESS, BOTH))
    )


def test_without_links_there_is_no_legend() -> None:
    assert sorted(texts_of(drawn())) == sorted(" ".join(line) for line in (label.split() for label in LABELS))


def test_the_same_links_stand_in_the_table() -> None:
    assert drawn(MORE, LESS, BOTH).rows == (
        ("Getting home after four", "more leads to more", "Time with people I like"),
        ("Time with people I like", "more leads to less", "Feeling lonely"),
        ("Money left", "people see it in two ways", "Feeling lonely"),
    )


def test_words_come_from_the_room() -> None:
    words = FactorMapWords("mehr", "weniger", "beides", ("Mehr davon", "Wirkung", "Darauf"))
    picture = factor_map(boxes(), [MORE], name="x", title="t", description="d", words=words)
    assert "mehr" in texts_of(picture)
    assert picture.columns == words.columns


def test_a_link_to_what_is_not_drawn_and_one_to_itself_stand_nowhere() -> None:
    picture = drawn(DrawnLink("1", "gone", 1), DrawnLink("1", "1", 1))
    assert picture.rows == ()
    assert picture.svg == drawn().svg


def test_nothing_to_draw_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="at least one factor"):
        drawn(among=[])


def test_the_class_says_how_wide_the_drawing_is() -> None:
    far = [FactorBox("1", "Here", 0, 0), FactorBox("2", "There", 1500, 0)]
    assert "picture--factors-4" in drawn(MORE).svg
    assert "picture--factors-10" in drawn(among=far).svg
    further = [FactorBox("1", "Here", 0, 0), FactorBox("2", "There", 15_000, 0)]
    assert "picture--factors-24" in drawn(among=further).svg


def test_a_narrow_map_stands_in_the_middle_of_its_paper() -> None:
    root = parsed(drawn(among=[FactorBox("1", "Stress", 5000, -300)]).svg)
    assert root.attrib["viewBox"].split()[2] == f"{NARROWEST:.0f}"
    across, down = re.findall(r"[-\d.]+", next(root.iter(f"{SVG}g")).attrib["transform"])
    assert 5000 + float(across) == pytest.approx(NARROWEST / 2, abs=0.1)
    assert -300 - box_size("Stress")[1] / 2 + float(down) == pytest.approx(MARGIN, abs=0.1)


def test_a_bow_does_not_leave_the_paper() -> None:
    row = [FactorBox(str(at), "Some factor or other", 230.0 * at, 0) for at in range(4)]
    root = parsed(drawn(DrawnLink("0", "3", 1), among=row).svg)
    height = float(root.attrib["viewBox"].split()[3])
    assert height > box_size("Some factor or other")[1] + 2 * MARGIN + 34 + 20


def test_a_download_stands_by_itself() -> None:
    assert "<a " not in standalone_svg(drawn(MORE, LESS, BOTH), credit="Crown copyright")


def test_a_longer_label_has_a_larger_box_with_lines_of_about_one_length() -> None:
    long = "Availability of Passive Entertainment Options"
    assert box_size(long)[1] > box_size("Stress")[1]
    lines = [text for text in texts_of(drawn(among=[FactorBox("1", long, 0, 0)])) if text == long]
    assert len(lines) == 1


def test_one_very_long_word_stands_alone_and_keeps_its_box() -> None:
    width, height = box_size("Donaudampfschifffahrtsgesellschaft hier")
    assert width > 200
    assert height > box_size("Stress")[1]


@given(st.text(max_size=60))
def test_a_box_is_always_wide_and_high_enough_to_be_pressed(label: str) -> None:
    width, height = box_size(label)
    assert width >= 56
    assert height >= 22


class TestCourses:
    """Where arrows run."""

    LEFT, RIGHT = Box(0, 0, 100, 40), Box(300, 0, 400, 40)

    def one(self, **more: Box) -> Course:
        run = courses({"a": self.LEFT, "b": self.RIGHT, **more}, [("a", "b")])[0]
        assert run is not None
        return run

    def test_an_arrow_begins_and_ends_at_the_edges_of_the_boxes(self) -> None:
        run = self.one()
        start = [float(value) for value in re.findall(r"-?[\d.]+", run.path)[:2]]
        tip = [float(value) for value in re.findall(r"-?[\d.]+", run.head)[:2]]
        assert start == pytest.approx([102, 20], abs=0.2)
        assert tip == pytest.approx([298, 20], abs=0.2)

    def test_its_sign_stands_in_the_middle(self) -> None:
        assert self.one().sign_at == pytest.approx((196, 20), abs=3)

    def test_an_arrow_bends_around_a_box_in_its_way(self) -> None:
        between = Box(180, 5, 220, 35)
        x, y = self.one(c=between).sign_at
        assert not between.holds((x, y), 8)

    def test_where_no_bow_is_free_it_takes_the_one_that_meets_fewest(self) -> None:
        wall = Box(180, -900, 220, 900)
        assert self.one(c=wall).sign_at[0] not in (180, 220)

    def test_two_arrows_between_the_same_factors_bow_to_opposite_sides(self) -> None:
        there, back = courses({"a": self.LEFT, "b": self.RIGHT}, [("a", "b"), ("b", "a")])
        assert there is not None
        assert back is not None
        assert (there.sign_at[1] - 20) * (back.sign_at[1] - 20) < 0

    def test_signs_do_not_cover_one_another(self) -> None:
        corners = {"a": Box(0, 0, 60, 30), "b": Box(200, 200, 260, 230)}
        corners |= {"c": Box(200, 0, 260, 30), "d": Box(0, 200, 60, 230)}
        found = [run for run in courses(corners, [("a", "b"), ("c", "d")]) if run]
        assert math.dist(found[0].sign_at, found[1].sign_at) > 16

    def test_where_every_spot_is_taken_the_sign_stands_in_the_middle_still(self) -> None:
        near = {"a": Box(0, 0, 60, 30), "b": Box(70, 0, 130, 30)}
        run = courses(near, [("a", "b")])[0]
        assert run is not None
        assert 60 < run.sign_at[0] < 70

    def test_boxes_that_touch_leave_no_room_for_an_arrow(self) -> None:
        assert courses({"a": Box(0, 0, 60, 30), "b": Box(61, 0, 121, 30)}, [("a", "b")]) == [None]

    @given(
        st.floats(-800, 800).filter(lambda x: abs(x) > 130),
        st.floats(-800, 800),
    )
    def test_an_arrow_touches_no_inside_of_its_own_boxes(self, x: float, y: float) -> None:
        start, end = Box(-50, -20, 50, 20), Box(x - 50, y - 20, x + 50, y + 20)
        run = courses({"a": start, "b": end}, [("a", "b")])[0]
        assert run is not None
        tip = tuple(float(value) for value in re.findall(r"-?\d*\.?\d+", run.head)[:2])
        assert not end.holds((tip[0], tip[1]), -0.5)
        assert end.holds((tip[0], tip[1]), 3)
