import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from knotwork.methods.opinion.common_ground import common_ground
from knotwork.methods.opinion.counts import VoteCounts

GROUP = some.tuples(some.integers(0, 60), some.integers(0, 60), some.integers(0, 30))


def counts_of(*groups: tuple[int, int, int]) -> VoteCounts:
    agree, disagree, passed = (np.array([[group[i]] for group in groups]) for i in range(3))
    return VoteCounts(agree, disagree, passed)


@given(some.lists(GROUP, min_size=1, max_size=5))
def test_consensus_is_the_product_of_the_groups_rates(groups):
    found = common_ground(counts_of(*groups), np.full(len(groups), 100))
    expected = np.prod([(a + 1) / (a + d + p + 2) for a, d, p in groups])
    assert found.consensus_agree[0] == pytest.approx(expected)
    expected = np.prod([(d + 1) / (a + d + p + 2) for a, d, p in groups])
    assert found.consensus_disagree[0] == pytest.approx(expected)


@given(some.lists(GROUP, min_size=1, max_size=5))
def test_the_interval_holds_the_consensus_within_zero_and_one(groups):
    found = common_ground(counts_of(*groups), np.full(len(groups), 100))
    assert 0 <= found.consensus_agree_low[0] < found.consensus_agree[0] < found.consensus_agree_high[0] <= 1


@pytest.mark.parametrize("level", [0.8, 0.95])
@pytest.mark.parametrize(
    "groups",
    [[(0, 0, 0)], [(3, 0, 0)], [(0, 5, 0)], [(9, 1, 1), (8, 1, 0)], [(40, 5, 5), (2, 2, 0), (0, 0, 0)]],
)
def test_the_interval_is_that_of_draws_from_the_posteriors(groups, level):
    random = np.random.default_rng(0)
    draws = np.prod([random.beta(a + 1, d + p + 1, 200_000) for a, d, p in groups], axis=0)
    low, high = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2])
    found = common_ground(counts_of(*groups), np.full(len(groups), 50), level=level)
    assert found.consensus_agree_low[0] == pytest.approx(low, abs=0.02)
    assert found.consensus_agree_high[0] == pytest.approx(high, abs=0.02)


@given(some.lists(GROUP, min_size=1, max_size=5), some.lists(some.integers(1, 99), min_size=5, max_size=5))
def test_divisiveness_lies_between_nothing_and_a_quarter(groups, sizes):
    found = common_ground(counts_of(*groups), np.array(sizes[: len(groups)]))
    assert 0 <= found.divisiveness[0] <= 0.25


def test_groups_that_vote_alike_are_not_divided():
    assert common_ground(counts_of((30, 10, 0), (30, 10, 0)), np.array([40, 40])).divisiveness[0] == 0


def test_two_halves_against_each_other_are_divided_as_much_as_can_be():
    found = common_ground(counts_of((10**6, 0, 0), (0, 10**6, 0)), np.array([50, 50]))
    assert found.divisiveness[0] == pytest.approx(0.25, abs=1e-5)


def test_a_difference_that_chance_explains_is_no_division():
    assert common_ground(counts_of((2, 1, 0), (1, 2, 0)), np.array([3, 3])).divisiveness[0] == 0


def test_without_groups_nothing_can_be_said():
    nothing = np.zeros((0, 2), np.int64)
    found = common_ground(VoteCounts(nothing, nothing, nothing), np.zeros(0, np.int64))
    assert np.isnan(found.consensus_agree).all()
    assert np.isnan(found.divisiveness).all()


def test_groups_that_are_none_are_hardly_ever_divided():
    # One people, cut at random into groups of different sizes who saw different numbers of statements.
    random = np.random.default_rng(3)
    sizes, seen = np.array([60, 30, 15]), np.array([[50], [20], [12]])
    rate = random.random(4000)
    agree = random.binomial(np.broadcast_to(seen, (3, 4000)), rate)
    passed = np.zeros_like(agree)
    found = common_ground(VoteCounts(agree, seen - agree, passed), sizes).divisiveness
    assert (found == 0).mean() > 0.5
    assert found.mean() < 0.005
    # Where there is a difference, the estimate is near it: two halves, 0.3 apart, in the mean.
    agree = np.stack([random.binomial(200, 0.35, 4000), random.binomial(200, 0.65, 4000)])
    whole = np.full_like(agree, 200)
    found = common_ground(VoteCounts(agree, whole - agree, 0 * agree), np.array([50, 50])).divisiveness
    assert found.mean() == pytest.approx(0.15**2, rel=0.05)
