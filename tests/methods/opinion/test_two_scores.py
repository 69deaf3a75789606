import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from scipy.stats import spearmanr

from knotwork.methods.opinion import OpinionOptions, analyse
from knotwork.methods.opinion.two_scores import compare
from tests.methods.opinion.material import conversation

SCORES = some.lists(some.tuples(some.integers(0, 9), some.integers(0, 9)), min_size=3, max_size=40)


@given(SCORES)
def test_the_correlation_is_that_of_spearman(pairs):
    one, other = np.array(pairs, float).T
    found = compare(one, other).correlation
    if np.ptp(one) and np.ptp(other):
        assert found == pytest.approx(spearmanr(one, other).statistic)
    else:
        assert np.isnan(found)


@given(SCORES)
def test_what_is_far_apart_is_more_than_a_quarter_of_the_ranks_apart_and_the_furthest_comes_first(pairs):
    one, other = np.array(pairs, float).T
    ranks = [[np.mean(side < x) + np.mean(side <= x) for x in side] for side in (one, other)]
    apart = np.abs(np.subtract(*ranks)) / 2
    found = compare(one, other).far_apart
    assert set(found) == set(np.flatnonzero(apart > 0.25 + 1e-12))
    assert (np.diff(apart[found]) <= 1e-12).all()


def test_only_statements_with_both_scores_are_compared():
    found = compare(np.array([1, 2, 3, np.nan, 9]), np.array([1, 2, 3, 4, np.nan]))
    assert found.correlation == pytest.approx(1)
    assert found.statements == 3


def test_too_few_statements_have_no_correlation():
    assert np.isnan(compare(np.array([1.0, 2]), np.array([1.0, 2])).correlation)
    assert not len(compare(np.full(4, np.nan), np.ones(4)).far_apart)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("vtaiwan", 0.96), ("biodiversity", 0.90), ("bowling-green", 0.94), ("austria", 0.93)],
)
def test_bridging_ranks_the_statements_of_real_conversations_nearly_as_the_groups_do(name, expected):
    result = analyse(conversation(name), OpinionOptions(resamples=0))
    assert result.two_scores.correlation == pytest.approx(expected, abs=0.006)
    assert len(result.two_scores.far_apart) <= 0.06 * result.two_scores.statements
    said = next(notice for notice in result.notices if notice.code == "two_scores_differ")
    assert set(said.values) <= set(result.table.statements)
