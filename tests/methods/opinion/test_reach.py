import math
from collections import defaultdict
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from knotwork.methods.opinion.reach import Reach, ReachOptions, reach

NO = float("nan")
COUNTS = some.lists(some.integers(0, 300), min_size=1, max_size=8)
WITH_POPULATION = COUNTS.flatmap(
    lambda counts: some.tuples(
        some.just(counts),
        some.lists(
            some.one_of(some.just(NO), some.integers(0, 9000).map(float)),
            min_size=len(counts),
            max_size=len(counts),
        ),
    )
)


def same(one: Reach, other: Reach) -> bool:
    """Whether two results are the same in everything that is published."""
    return one.to_frame().equals(other.to_frame()) and np.array_equal(
        [one.people, one.distance], [other.people, other.distance], equal_nan=True
    )


# Worked by hand


def test_five_in_a_hundred_of_those_who_said_beside_twelve_of_the_population():
    found = reach([5, 95], [1200, 8800])
    assert found.people == 100
    assert found.share.tolist() == [0.05, 0.95]
    assert found.population.tolist() == [0.12, 0.88]
    # Wilson's limits of 5 in 100, as published tables give them: 2.15 % to 11.18 %.
    assert (found.lower[0], found.upper[0]) == pytest.approx((0.02154, 0.11175), abs=5e-5)
    assert found.ratio[0] == pytest.approx(0.05 / 0.12)
    assert found.ratio_upper[0] == pytest.approx(0.11175 / 0.12, abs=1e-3)
    assert found.verdict == ("fewer", "more")
    assert found.distance == pytest.approx(0.07)


def test_a_difference_that_chance_could_make_is_no_difference():
    assert reach([10, 90], [1200, 8800]).verdict == ("alike", "alike")


def test_counts_are_rounded_before_shares_are_worked_out():
    found = reach([12, 33], [1, 1])
    assert found.count.tolist() == [10, 35]
    assert found.share.tolist() == [pytest.approx(10 / 45), pytest.approx(35 / 45)]


def test_a_small_count_is_hidden_with_the_smallest_other_one():
    found = reach([2, 13, 60], [100, 100, 100])
    assert np.isnan(found.count).tolist() == [True, True, False]
    assert found.is_small.tolist() == [True, False, False]
    assert found.people == 75
    assert math.isnan(found.distance)


def test_two_small_counts_hide_each_other():
    assert np.isnan(reach([2, 3, 60], [1, 1, 1]).count).tolist() == [True, True, False]


def test_of_a_hidden_small_count_it_is_still_known_that_it_is_less_than_the_population_has():
    # At most 4 of 100: at the most 9.8 %, and 12 % live there.
    assert reach([3, 6, 91], [1200, 800, 8000]).verdict == ("fewer", "", "more")
    assert reach([3, 6, 91], [500, 800, 8700]).verdict[0] == ""


def test_those_without_a_population_figure_stand_beside_the_comparison():
    found = reach([50, 50, 100], [3000, 1000, NO])
    assert found.people == 100
    assert found.share[:2].tolist() == [0.5, 0.5]
    assert math.isnan(found.share[2])
    assert found.count[2] == 100
    assert found.population[:2].tolist() == [0.75, 0.25]
    assert found.verdict == ("fewer", "more", "")


def test_beside_a_hidden_count_those_outside_the_comparison_are_hidden_too():
    assert np.isnan(reach([3, 50, 60, 100], [10, 10, 10, NO]).count).tolist() == [True, True, False, True]
    outside = reach([50, 60, 3], [10, 10, NO])
    assert np.isnan(outside.count).tolist() == [False, False, True]
    assert not outside.is_small.any()


def test_without_any_population_figure_shares_are_of_all_who_answered():
    found = reach([50, 150], [NO, NO])
    assert found.share.tolist() == [0.25, 0.75]
    assert found.verdict == ("", "")
    assert math.isnan(found.distance)


def test_a_population_of_nobody_gives_no_ratio():
    found = reach([50, 50], [0, 0])
    assert np.isnan(found.population).all()
    assert np.isnan(found.ratio).all()
    assert np.isinf(reach([50, 50], [0, 10]).ratio).sum() == 0


def test_where_all_are_outside_the_comparison_there_is_no_share():
    found = reach([0, 60], [500, NO])
    assert math.isnan(found.people)
    assert np.isnan(found.share).all()


def test_where_only_a_few_are_in_the_comparison_there_is_no_share():
    found = reach([3, 60], [500, NO])
    assert math.isnan(found.people)


def test_too_few_answers_publish_nothing_but_the_population():
    found = reach([9, 10], [1, 3])
    assert np.isnan(found.count).all()
    assert found.verdict == ("", "")
    assert found.population.tolist() == [0.25, 0.75]
    assert not np.isnan(reach([10, 10], [1, 3]).count).any()


def test_the_table_counts_choices_from_one_and_leaves_missing_cells_empty():
    frame = reach([2, 13, 60], [100, 100, 200]).to_frame()
    assert frame["choice"].to_list() == [1, 2, 3]
    assert frame["people"].to_list() == [None, None, 60]
    assert frame["population"].to_list() == [0.25, 0.25, 0.5]
    assert frame["share"].to_list() == [None, None, 0.8]


@pytest.mark.parametrize(
    ("counts", "population"),
    [([1, 2], [1]), ([[1, 2]], [[1, 2]]), ([30, 2], [-1, 1]), ([30, -2], [1, 1]), ([30.5, 2], [1, 1])],
)
def test_bad_input_is_refused(counts, population):
    with pytest.raises(ValueError, match=r"figure|whole numbers"):
        reach(counts, population)


# What must always hold


@given(WITH_POPULATION)
def test_no_published_count_is_small_and_all_are_rounded(case):
    found = reach(*case)
    shown = found.count[~np.isnan(found.count)]
    assert (shown % 5 == 0).all()
    for count, published in zip(case[0], found.count, strict=True):
        assert np.isnan(published) or count == 0 or count >= 5


@given(WITH_POPULATION)
def test_one_hidden_count_never_stands_alone_among_others_that_are_compared(case):
    found = reach(*case)
    compared = ~np.isnan(found.population)
    hidden = int(np.isnan(found.count[compared]).sum())
    assert hidden != 1 or not (found.count[compared] > 0).any()


@given(WITH_POPULATION)
def test_shares_lie_within_their_limits_and_within_one(case):
    found = reach(*case)
    known = ~np.isnan(found.share)
    assert (found.lower[known] <= found.share[known] + 1e-12).all()
    assert (found.share[known] <= found.upper[known] + 1e-12).all()
    assert (found.upper[known] <= 1).all()
    if not np.isnan(found.distance):
        assert 0 <= found.distance <= 1


@given(COUNTS)
def test_whoever_took_part_in_the_shape_of_the_population_is_at_no_distance(counts):
    found = reach(np.array(counts) * 5, np.array(counts, float) * 1000)
    if not np.isnan(found.distance):
        assert found.distance == pytest.approx(0, abs=1e-12)
        assert set(found.verdict) <= {"alike"}


@given(WITH_POPULATION, some.randoms(use_true_random=False))
def test_the_order_of_choices_changes_nothing_but_their_order(case, chance):
    order = list(range(len(case[0])))
    chance.shuffle(order)
    counts, figures = np.array(case[0]), np.array(case[1])
    ties = len(set(counts.tolist())) < len(counts)
    one, other = reach(counts, figures), reach(counts[order], figures[order])
    if not ties:
        assert np.array_equal(one.count[order], other.count, equal_nan=True)
        assert [one.verdict[place] for place in order] == list(other.verdict)


@pytest.mark.parametrize("took_part", [22, 27])
@pytest.mark.parametrize("figures", [[500.0, 300, 200], [500, 300, NO]])
def test_from_what_is_published_no_hidden_count_can_be_worked_back(figures, took_part):
    """Whoever knows the method, the number of all who took part and everything published has several possibilities."""
    options = ReachOptions(fewest=20, took_part=took_part)
    possible = defaultdict(list)
    for one, other in product(range(took_part + 1), repeat=2):
        for third in range(max(0, 18 - one - other), took_part + 1 - one - other):
            found = reach([one, other, third], figures, options)
            published = (str(found.count), str(found.is_small), found.people, found.verdict)
            possible[str(published)].append(((one, other, third), found))
    assert len(possible) > 10
    for cases in possible.values():
        for place in np.flatnonzero(cases[0][1].is_small):
            assert len({counts[place] for counts, _ in cases}) > 1, cases[0]


def test_where_everything_else_gives_a_hidden_count_away_nothing_is_published():
    assert np.isnan(reach([4, 4, 12], [1, 1, 1]).count).all()
    assert np.isnan(reach([1, 5, 18], [1, 1, 1], ReachOptions(took_part=24)).count).all()
    assert not np.isnan(reach([1, 5, 18], [1, 1, 1], ReachOptions(took_part=60)).count).all()


def test_the_same_published_counts_give_the_same_everything():
    assert same(reach([38, 62], [1, 1]), reach([41, 58], [1, 1]))
