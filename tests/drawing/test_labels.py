from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knotwork.drawing.labels import (
    Box,
    Label,
    Lettering,
    Mark,
    centred_labels,
    crosses_box,
    place_labels,
    segments_cross,
)

PAPER = Box(0, 0, 440, 470)
LETTERING = Lettering(size=13, target=30)

crowds = st.lists(
    st.builds(
        Mark,
        st.sampled_from(["York", "Leeds", "South Gloucestershire", "Nottingham City and Shire", "Kent"]),
        st.floats(20, 420),
        st.floats(20, 450),
        st.just(4.0),
    ),
    max_size=7,
    unique_by=lambda mark: (mark.x, mark.y),
)


@given(crowds)
@settings(max_examples=15, deadline=None)
def test_no_two_labels_lie_on_each_other_and_none_off_the_paper(marks: list[Mark]) -> None:
    labels = [label for label in place_labels(marks, PAPER, LETTERING) if label] if marks else []
    assert not any(one.box.overlaps(two.box) for one, two in combinations(labels, 2))
    assert all(label.box.inside(PAPER) for label in labels)


@given(crowds)
@settings(max_examples=15, deadline=None)
def test_no_label_and_no_leader_lies_on_another_mark(marks: list[Mark]) -> None:
    labels = place_labels(marks, PAPER, LETTERING) if marks else ()
    for mark, label in zip(marks, labels, strict=True):
        for other in marks:
            assert label is None or not label.box.overlaps(other.box)
            assert (
                label is None
                or label.leader is None
                or other == mark
                or not crosses_box(label.leader, other.box)
            )


@given(crowds)
@settings(max_examples=15, deadline=None)
def test_leaders_never_cross(marks: list[Mark]) -> None:
    leaders = [label.leader for label in place_labels(marks, PAPER, LETTERING) if label and label.leader]
    assert not any(segments_cross(one, two) for one, two in combinations(leaders, 2))


def test_a_label_alone_stands_to_the_right_of_its_mark() -> None:
    (label,) = place_labels([Mark("York", 200, 200, 4)], PAPER, LETTERING)
    assert label is not None
    assert label.box.left == pytest.approx(206)
    assert label.leader is None


def test_a_label_at_the_right_edge_turns_to_the_left() -> None:
    (label,) = place_labels([Mark("York", 430, 200, 4)], PAPER, LETTERING)
    assert label is not None
    assert label.box.right < 430


def test_a_crowded_mark_gets_a_leader() -> None:
    around = [Box(150, 150, 250, 199), Box(150, 201, 250, 250)]
    (label,) = place_labels([Mark("York", 200, 200, 1)], PAPER, LETTERING, around)
    assert label is not None
    assert label.leader is not None


def test_a_mark_without_any_room_gets_no_label() -> None:
    assert place_labels([Mark("York", 200, 200, 4)], PAPER, LETTERING, [PAPER]) == (None,)


def test_a_mark_without_words_gets_no_label() -> None:
    assert place_labels([Mark("  ", 200, 200, 4)], PAPER, LETTERING) == (None,)


def test_a_label_stays_in_its_inset_and_others_stay_out() -> None:
    inset = Box(300, 0, 440, 100)
    title = Box(300, 80, 350, 100)
    marks = [Mark("Hackney", 360, 50, 4, within=inset), Mark("York", 296, 50, 1)]
    hackney, york = place_labels(marks, PAPER, LETTERING, [inset, title])
    assert hackney is not None
    assert york is not None
    assert hackney.box.inside(inset)
    assert not hackney.box.overlaps(title)
    assert not york.box.overlaps(inset)


def test_a_label_keeps_off_the_shape_of_a_neighbour() -> None:
    shape = tuple((float(x), float(y)) for x in range(210, 300, 4) for y in range(180, 220, 4))
    neighbour = Mark("Kent", 250, 200, 4, shape)
    label, _ = place_labels([Mark("York", 200, 200, 4, ((200.0, 200.0),)), neighbour], PAPER, LETTERING)
    assert label is not None
    assert not any(label.box.holds(point) for point in shape)


def test_a_leader_goes_round_a_neighbour() -> None:
    shape = tuple((float(x), 240.0) for x in range(100, 300, 4))
    neighbour = Mark("Kent", 200, 240, 1, shape)
    walls = [Box(0, 0, 440, 195), Box(0, 205, 198, 300), Box(202, 205, 440, 235)]
    label, _ = place_labels(
        [Mark("York", 200, 200, 1, ((200.0, 200.0),)), neighbour], PAPER, LETTERING, walls
    )
    assert label is None or label.leader is not None


def test_the_same_marks_always_get_the_same_places() -> None:
    marks = [Mark(f"Place {i}", 100 + 13 * i, 200 + (i * 37) % 50, 4) for i in range(9)]
    assert place_labels(marks, PAPER, LETTERING) == place_labels(marks, PAPER, LETTERING)


def test_a_wide_shape_carries_its_name_on_its_middle() -> None:
    (label,) = centred_labels([Mark("Cornwall", 200, 200, 100)], PAPER, LETTERING)
    assert label is not None
    assert label.middle == pytest.approx(200)


def test_a_shape_narrower_than_its_name_has_it_beside() -> None:
    wide, narrow = centred_labels(
        [Mark("Dorset", 200, 200, 100), Mark("Poole", 260, 200, 4)], PAPER, LETTERING
    )
    assert wide is not None
    assert narrow is not None
    assert not narrow.box.holds((260, 200))
    assert not narrow.box.overlaps(wide.box)


def test_two_names_on_one_middle_part_company() -> None:
    labels = centred_labels([Mark("A", 200, 200, 100), Mark("B", 200, 200, 100)], PAPER, LETTERING)
    one, two = [label for label in labels if label]
    assert not one.box.overlaps(two.box)


def test_lines_stand_in_the_middle_of_their_box() -> None:
    label = Label(("West", "Cheshire"), Box(0, 0, 60, 40), None)
    assert label.middle == 30
    assert 10 < label.baseline(13) < 20


@pytest.mark.parametrize(
    ("line", "meets"),
    [
        (((0, 5), (20, 5)), True),
        (((12, 5), (20, 5)), False),
        (((0, 0), (5, 5)), True),
        (((5, 5), (30, 30)), True),
        (((-1, 3), (3, -1.5)), True),
        (((-1, 1.5), (1.5, -1)), True),
        (((-5, 4), (4, -5)), False),
    ],
)
def test_a_line_meets_a_box_or_does_not(
    line: tuple[tuple[float, float], tuple[float, float]], meets: bool
) -> None:
    assert crosses_box(line, Box(0, 0, 10, 10)) is meets
