import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knotwork.drawing.lettering import width_of
from knotwork.drawing.picture import Picture
from knotwork.drawing.thread_picture import MOST_IN_A_BAND, WIDTH, ThreadNode, thread_picture

from .checks import SVG, assert_fit_for_a_page, parsed, texts_of

STATEMENT = ThreadNode(
    "s", "Statement", "The last bus leaves before lunch club ends", "/thread/statement/1/", -2
)
FACTOR = ThreadNode("f", "Factor", "Getting home after four", "/thread/factor/1/", -1, "grew out of")
HOME = ThreadNode("t", "Try-out", "The 4.40 home", "/try/1/", 0)
STORY = ThreadNode("y", "Story", "I used to leave before the pudding", "/thread/story/1/", 1, "is told in")
MEASURE = ThreadNode("m", "Measure", "Trips after four", "/thread/measure/1/", 1, "is measured by")
TIES = [("s", "f"), ("f", "t"), ("t", "y"), ("t", "m")]


def drawn(*nodes: ThreadNode, ties: list[tuple[str, str]] = TIES) -> Picture:
    return thread_picture(
        nodes, ties, name="thread", title="The thread of the 4.40", description="What led to it."
    )


def boxes_of(picture: Picture) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of each box."""
    found = []
    for rect in parsed(picture.svg).iter(f"{SVG}rect"):
        x, y, wide, high = (float(rect.attrib[key]) for key in ("x", "y", "width", "height"))
        found.append((x, y, x + wide, y + high))
    return found


def anchors(picture: Picture) -> list[ElementTree.Element]:
    return list(parsed(picture.svg).iter(f"{SVG}a"))


def test_the_thread_is_fit_for_a_page() -> None:
    picture = drawn(HOME, STATEMENT, FACTOR, STORY, MEASURE)
    assert_fit_for_a_page(picture)
    assert len(picture.svg) < 5_000
    assert parsed(picture.svg).attrib["role"] == "group"


def test_every_thing_is_a_link_in_the_order_of_the_thread() -> None:
    picture = drawn(HOME, STORY, STATEMENT, MEASURE, FACTOR)
    assert [a.attrib["href"] for a in anchors(picture)] == [
        node.url for node in (STATEMENT, FACTOR, HOME, STORY, MEASURE)
    ]


def test_what_came_before_stands_above_and_what_came_after_below() -> None:
    tops = [box[1] for box in boxes_of(drawn(HOME, STATEMENT, FACTOR, STORY, MEASURE))]
    assert tops[0] < tops[1] < tops[2] < tops[3] == tops[4]


def test_only_the_thing_in_the_middle_is_marked() -> None:
    widths = [r.attrib["stroke-width"] for r in parsed(drawn(FACTOR, HOME, STORY).svg).iter(f"{SVG}rect")]
    assert widths == ["1.5", "3", "1.5"]


def test_each_tie_is_one_line_and_a_tie_to_nothing_is_none() -> None:
    picture = drawn(FACTOR, HOME, ties=[("f", "t"), ("t", "gone"), ("gone", "f")])
    assert len(list(parsed(picture.svg).iter(f"{SVG}path"))) == 1


def test_a_tie_that_leads_back_up_is_drawn_downwards_all_the_same() -> None:
    up, down = drawn(HOME, STORY, ties=[("y", "t")]), drawn(HOME, STORY, ties=[("t", "y")])
    assert up.svg == down.svg


def test_the_table_says_everything_in_words() -> None:
    rows = drawn(HOME, STORY, STATEMENT).rows
    assert rows[0] == (-2, "Statement", "The last bus leaves before lunch club ends", "")
    assert rows[2] == (1, "Story", "I used to leave before the pudding", "is told in")


def test_a_full_step_says_how_many_more_there_are_and_the_table_has_them() -> None:
    many = [ThreadNode(str(n), "Statement", f"Number {n}", f"/{n}", -1) for n in range(MOST_IN_A_BAND + 3)]
    picture = drawn(HOME, *many)
    assert "and 3 more" in texts_of(picture)
    assert len(anchors(picture)) == MOST_IN_A_BAND + 1
    assert len(picture.rows) == MOST_IN_A_BAND + 4


def test_a_long_title_is_cut_after_four_lines_and_whole_in_the_table() -> None:
    words = "Neighbours who know each other's names cut lonely days " * 6
    picture = drawn(ThreadNode("x", "Statement", words, "/x", 0))
    assert texts_of(picture)[-1].endswith("…")
    assert picture.rows[0][2] == words


def test_a_kind_of_many_words_is_cut_too() -> None:
    long_kind = ThreadNode(
        "x", "What was done differently by all of those who lead here and there", "It", "/x", 0
    )
    assert texts_of(drawn(long_kind))[0].endswith("…")
    assert texts_of(drawn(ThreadNode("x", "", "It", "/x", 0)))[0] in ("", "It")


def test_a_thing_without_words_is_a_dash() -> None:
    assert texts_of(drawn(ThreadNode("x", "Story", " ", "/x", 0))) == ["Story", "–"]


def test_no_thing_is_a_picture_still() -> None:
    assert_fit_for_a_page(drawn())


@pytest.mark.parametrize("count", [1, 2, 3, 6])
@settings(max_examples=50, deadline=None)
@given(
    titles=st.lists(
        st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=90),
        min_size=6,
        max_size=6,
    )
)
def test_boxes_never_overlap_and_words_stay_in_them(count: int, titles: list[str]) -> None:
    nodes = [ThreadNode(str(n), "Story", title, f"/{n}", n % 2) for n, title in enumerate(titles[:count])]
    picture = drawn(*nodes, ties=[])
    boxes = boxes_of(picture)
    for at, (left, top, right, bottom) in enumerate(boxes):
        assert left >= 0
        assert right <= WIDTH
        for other in boxes[at + 1 :]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
    for anchor, (left, top, right, bottom) in zip(anchors(picture), boxes, strict=True):
        for text in list(anchor.iter(f"{SVG}text"))[1:]:
            lines = list(text.iter(f"{SVG}tspan")) or [text]
            assert all(
                width_of(line.text or "", 14, semibold=True) <= right - left - 20 + 0.01 for line in lines
            )
            assert top < float(text.attrib["y"]) < bottom
