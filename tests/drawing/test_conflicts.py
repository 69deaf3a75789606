from hypothesis import given
from hypothesis import strategies as st

from knotwork.drawing.conflicts import Corners, conflicts
from knotwork.drawing.labels import Box, crosses_box, segments_cross

corner = st.integers(0, 12).map(float)
boxes = st.tuples(corner, corner, st.integers(1, 6), st.integers(1, 6)).map(
    lambda at: (at[0], at[1], at[0] + at[2], at[1] + at[3])
)
lines = st.none() | st.tuples(corner, corner, corner, corner)


def meet(one: tuple[Corners, Corners | None], two: tuple[Corners, Corners | None]) -> bool:
    """The same question for one pair, in plain words."""
    (box, line), (other_box, other_line) = one, two
    return (
        Box(*box).overlaps(Box(*other_box))
        or (line is not None and crosses_box((line[:2], line[2:]), Box(*other_box)))
        or (other_line is not None and crosses_box((other_line[:2], other_line[2:]), Box(*box)))
        or (
            line is not None
            and other_line is not None
            and segments_cross((line[:2], line[2:]), (other_line[:2], other_line[2:]))
        )
    )


@given(st.lists(st.tuples(boxes, lines), max_size=8))
def test_the_table_says_of_every_pair_what_one_look_says(
    labels: list[tuple[Corners, Corners | None]],
) -> None:
    found = conflicts([box for box, _ in labels], [line for _, line in labels])
    assert found.shape == (len(labels), len(labels))
    for i, one in enumerate(labels):
        for j, two in enumerate(labels):
            if i != j:
                assert found[i, j] == meet(one, two)
