"""How a group changed, from the same people at two moments."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from knotwork.methods.reflection import group_change
from knotwork.methods.reflection.change import ALL_ALIKE, person_changes

pytestmark = pytest.mark.pure

# Student (1908), table 1: hours of sleep gained by the same ten patients under two drugs.
DRUG_1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
DRUG_2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]

answer = st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0, np.nan])
tables = st.integers(5, 12).flatmap(
    lambda people: st.tuples(*(arrays(np.float64, (people, 4), elements=answer) for _ in range(2)))
)


def column(values: list[float]) -> np.ndarray:
    return np.array(values, np.float64)[:, None]


def test_students_own_table_gives_his_mean_and_the_limits_known_for_it():
    found = group_change(column(DRUG_1), column(DRUG_2), way_of=[0], scale=(-10, 10))
    assert found.people == (10,)
    assert found.mean[0] == pytest.approx(1.58)
    assert (found.lower[0], found.upper[0]) == pytest.approx((0.7001142, 2.4598858), abs=1e-7)


def test_another_programs_paired_interval_is_the_same():
    before, after = column([1, 2, 3, 3, 2, 4, 1]), column([2, 2, 4, 3, 4, 5, 3])
    found = group_change(before, after, way_of=[0], level=0.9)
    theirs = stats.ttest_rel(after[:, 0], before[:, 0]).confidence_interval(0.9)
    assert (found.lower[0], found.upper[0]) == pytest.approx((theirs.low, theirs.high))


def test_four_people_are_refused_and_five_are_not():
    before, after = column([1, 2, 3, 2, 1]), column([2, 2, 4, 4, 1])
    assert group_change(before[:4], after[:4], way_of=[0]).people == (None,)
    assert group_change(before[:4], after[:4], way_of=[0]).reason == ("fewer than 5",)
    assert np.isnan(group_change(before[:4], after[:4], way_of=[0]).mean).all()
    assert group_change(before, after, way_of=[0]).people == (5,)


def test_a_person_without_an_answer_at_one_moment_does_not_count():
    before, after = column([1, 2, 3, 2, np.nan]), column([2, 2, 4, 4, 1])
    assert group_change(before, after, way_of=[0]).reason == ("fewer than 5",)


def test_only_prompts_answered_both_times_make_a_change():
    moved = person_changes([[1, 5, 2]], [[2, np.nan, 2]], way_of=[0, 0, 1])
    assert moved.tolist() == [[1.0, 0.0]]


def test_a_group_that_changed_alike_is_not_shown_because_its_mean_would_be_everybodys_answer():
    found = group_change(column([1, 2, 3, 2, 1]), column([2, 3, 4, 3, 2]), way_of=[0])
    assert found.reason == (ALL_ALIKE,)
    assert np.isnan(found.mean[0])


def test_limits_end_where_a_change_can_go_no_further():
    found = group_change(column([1, 1, 1, 1, 5]), column([5, 5, 5, 5, 1]), way_of=[0])
    assert (found.lower[0], found.upper[0]) == (pytest.approx(-2.0419, abs=1e-3), 4.0)


def test_no_prompts_are_no_ways():
    found = group_change(np.empty((6, 0)), np.empty((6, 0)), way_of=[])
    assert (found.people, found.mean.tolist()) == ((), [])


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"before": [[1]], "after": [[1, 2]], "way_of": [0]}, "same people"),
        ({"before": [1], "after": [1], "way_of": [0]}, "same people"),
        ({"before": [[1]], "after": [[1]], "way_of": [0, 0]}, "same people"),
        ({"before": [[0]], "after": [[1]], "way_of": [0]}, "between 1 and 5"),
        ({"before": [[1]], "after": [[6]], "way_of": [0]}, "between 1 and 5"),
        ({"before": [[1]], "after": [[2]], "way_of": [0], "level": 1.0}, "level"),
        ({"before": [[1]], "after": [[2]], "way_of": [0], "minimum": 4}, "fewer than 5"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_reason(words, reason):
    with pytest.raises(ValueError, match=reason):
        group_change(words.pop("before"), words.pop("after"), **words)


@given(tables)
def test_the_order_of_people_does_not_matter_and_the_limits_hold_the_mean(pair):
    before, after = pair
    found = group_change(before, after, way_of=[0, 0, 1, 1])
    turned = group_change(before[::-1], after[::-1], way_of=[0, 0, 1, 1])
    assert found.people == turned.people
    np.testing.assert_allclose(found.mean, turned.mean, atol=1e-12)
    shown = ~np.isnan(found.mean)
    assert np.all(found.lower[shown] <= found.mean[shown])
    assert np.all(found.mean[shown] <= found.upper[shown])


@given(tables)
def test_going_back_is_the_same_change_with_the_other_sign(pair):
    there, back = (group_change(*both, way_of=[0, 0, 1, 1]) for both in (pair, pair[::-1]))
    np.testing.assert_allclose(there.mean, -back.mean, atol=1e-12)
    np.testing.assert_allclose(there.lower, -back.upper, atol=1e-12)


def test_the_intervals_of_small_groups_hold_about_as_often_as_they_say():
    chance = np.random.default_rng(5)
    held = 0
    for _ in range(2000):
        before, after = (chance.integers(1, 6, (6, 2)).astype(np.float64) for _ in range(2))
        found = group_change(before, after, way_of=[0, 0])
        held += bool(found.reason[0] or found.lower[0] <= 0 <= found.upper[0])
    assert 0.93 <= held / 2000 <= 0.97
