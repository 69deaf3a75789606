import numpy as np
import pytest
from benchmarks.coverage import consensus_coverage
from hypothesis import given
from hypothesis import strategies as some
from scipy.stats import beta

from knotwork.methods.opinion.consensus_interval import beta_quantiles, consensus_interval

SIZE = some.floats(0.05, 5000)


@given(SIZE, SIZE, some.sampled_from([0.005, 0.025, 0.1, 0.5, 0.9, 0.975, 0.995]))
def test_quantiles_are_those_of_the_beta_distribution(a, b, share):
    (found,) = beta_quantiles(np.array([a]), np.array([b]), (share,))
    assert found[0] == pytest.approx(beta.ppf(share, a, b), abs=5e-4)


@given(some.integers(0, 5000), some.integers(0, 5000))
def test_for_one_group_the_interval_is_that_of_the_posterior(agree, others):
    low, high = consensus_interval(np.array([[agree]]), np.array([[agree + others]]), 0.95)
    expected = beta.ppf([0.025, 0.975], agree + 1, others + 1)
    assert [low[0], high[0]] == pytest.approx(expected, abs=5e-4)


def test_millions_of_votes_leave_little_doubt():
    low, high = consensus_interval(
        np.array([[3_000_000], [900_000]]), np.array([[4_000_000], [1_000_000]]), 0.95
    )
    assert low[0] < 0.675 < high[0]
    assert high[0] - low[0] < 0.002


def test_no_statements_have_no_intervals():
    nothing = np.zeros((2, 0), np.int64)
    assert [limits.tolist() for limits in consensus_interval(nothing, nothing, 0.95)] == [[], []]


@pytest.mark.parametrize("groups", [1, 2, 4])
def test_over_all_rates_alike_the_interval_holds_as_often_as_it_says(groups):
    even = consensus_coverage(20, groups=groups, draws=6000, is_even=True)
    assert 0.94 <= even.held <= 0.97
    # Rates near the ends are not what the flat prior expects: the shortfall is in docs/methods/opinion.md.
    near_the_ends = consensus_coverage(20, groups=groups, draws=6000, is_even=False)
    assert 0.90 <= near_the_ends.held < even.held
    wider = consensus_coverage(20, groups=groups, draws=6000, is_even=True, level=0.5)
    assert 0.47 <= wider.held <= 0.55
