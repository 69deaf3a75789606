import numpy as np
from hypothesis import given
from hypothesis import strategies as some

from knotwork.methods.indicators.runs import in_runs, run_lengths, two_of_three

SIGNS = some.lists(some.sampled_from([-1, 0, 1]), max_size=30).map(lambda signs: np.array(signs, np.int8))


def one_segment(sign):
    return np.zeros(len(sign), np.int64)


@given(SIGNS)
def test_the_lengths_of_all_runs_add_up_to_the_points(sign):
    lengths = run_lengths(sign, one_segment(sign))
    assert np.isclose((1 / lengths).sum(), 0 if not len(sign) else 1 + np.count_nonzero(np.diff(sign)))


@given(SIGNS)
def test_points_in_segments_of_their_own_make_no_run(sign):
    assert not in_runs(sign, np.arange(len(sign)), 2).any()


def test_noughts_make_no_run():
    assert not in_runs(np.zeros(9, np.int8), np.zeros(9, np.int64), 2).any()


@given(SIGNS)
def test_two_of_three_flags_close_points_only(sign):
    close = np.arange(len(sign)) % 2 == 0
    assert not (two_of_three(sign, close, one_segment(sign)) & ~close).any()


def test_a_window_of_three_stays_in_its_segment():
    side, close = np.ones(3, np.int8), np.array([True, True, False])
    assert two_of_three(side, close, np.array([0, 0, 0])).tolist() == [True, True, False]
    assert two_of_three(side, close, np.array([0, 0, 1])).tolist() == [False] * 3


def test_fewer_than_three_points_have_no_window():
    assert two_of_three(np.ones(2, np.int8), np.ones(2, bool), np.zeros(2, np.int64)).tolist() == [
        False,
        False,
    ]
