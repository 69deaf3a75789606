import numpy as np
import pytest

from knotwork.methods.opinion.counts import VoteCounts
from knotwork.methods.opinion.representative import (
    Representative,
    consensus_statements,
    probability_test,
    representative_statements,
    two_proportion_test,
)


def chosen(
    agree: list[list[int]], disagree: list[list[int]], passed: list[list[int]] | None = None, **options
):
    counts = VoteCounts(
        np.array(agree), np.array(disagree), np.array(passed or np.zeros_like(agree).tolist())
    )
    shown = np.array(options.get("shown", [True] * counts.agree.shape[1]))
    return [
        [(one.statement, one.direction) for one in group]
        for group in representative_statements(counts, shown)
    ]


def test_the_tests_are_those_of_the_formulas():
    assert probability_test(np.array([9]), np.array([10]))[0] == pytest.approx(
        2 * np.sqrt(11) * (10 / 11 - 0.5)
    )
    x, y, m, n = 10, 3, 11, 21
    pooled = (x + y) / (m + n)
    z = (x / m - y / n) / np.sqrt(pooled * (1 - pooled) * (1 / m + 1 / n))
    found = two_proportion_test(np.array([9]), np.array([2]), np.array([10]), np.array([20]))
    assert found[0] == pytest.approx(z)


def test_where_all_of_both_succeed_there_is_no_difference():
    assert two_proportion_test(np.array([5]), np.array([7]), np.array([5]), np.array([7]))[0] == 0


def test_agreements_come_before_disagreements():
    groups = chosen([[0, 20, 1], [20, 1, 1]], [[20, 0, 1], [0, 19, 1]])
    assert groups[0] == [(1, "agree"), (0, "disagree")]


def test_five_statements_are_enough():
    agree, disagree = [[20] * 8, [0] * 8], [[0] * 8, [20] * 8]
    assert [len(group) for group in chosen(agree, disagree)] == [5, 5]


def test_a_statement_that_is_not_shown_is_skipped():
    groups = chosen([[20, 20], [0, 0]], [[0, 0], [20, 20]], shown=[False, True])
    assert groups == [[(1, "agree")], [(1, "disagree")]]


def test_the_best_agree_stands_first_where_it_does_not_set_the_group_apart():
    # Both groups agree on statement 0; statement 1 alone sets the first apart, by disagreeing.
    groups = chosen([[27, 2], [29, 28]], [[3, 28], [1, 2]], [[0, 0], [0, 0]])
    assert groups[0] == [(0, "disagree"), (1, "disagree")]
    assert groups[1][0] == (1, "agree")


def test_without_a_sufficient_statement_the_best_agree_stands_alone():
    groups = chosen([[10, 2], [10, 2]], [[1, 2], [2, 2]])
    assert [[statement for statement, _ in group] for group in groups] == [[0], [0]]


def test_without_any_the_statement_with_the_largest_difference_speaks():
    groups = chosen([[0, 0], [0, 0]], [[1, 2], [1, 1]], passed=[[5, 4], [5, 6]])
    assert [len(group) for group in groups] == [1, 1]
    assert groups[0][0] == (1, "disagree")


def test_without_statements_a_group_has_none():
    assert chosen([[1], [2]], [[0], [0]], shown=[False]) == [[], []]


def test_the_best_agree_is_replaced_by_all_four_figures_once_it_stands_out():
    # Statement 1 is agreed with by more, but elsewhere too; statement 2 sets the group apart more than 0.
    groups = chosen([[15, 19, 20], [9, 20, 1]], [[5, 1, 0], [11, 0, 19]])
    assert groups[0][0] == (2, "agree")


def test_the_best_agree_is_replaced_by_its_probability_until_it_stands_out():
    # Statement 0 is agreed with, though less than elsewhere; statement 1 more.
    groups = chosen([[15, 18], [20, 20]], [[5, 2], [0, 0]])
    assert groups[0][0][0] == 1


def test_the_score_is_the_product_of_the_four_figures():
    assert Representative(0, "agree", 0.5, 2.0, 3.0, 4.0).score == 12


def test_consensus_lists_the_strongest_of_each_direction():
    counts = VoteCounts(np.array([[50, 2, 40, 10]]), np.array([[1, 50, 2, 10]]), np.zeros((1, 4), int))
    found = consensus_statements(counts, np.array([True, True, True, True]))
    assert [(one.statement, one.direction) for one in found] == [(0, "agree"), (2, "agree"), (1, "disagree")]


def test_consensus_skips_what_is_not_shown_and_keeps_five():
    counts = VoteCounts(np.full((1, 8), 30), np.zeros((1, 8), int), np.zeros((1, 8), int))
    found = consensus_statements(counts, np.array([False] + [True] * 7))
    assert [one.statement for one in found] == [1, 2, 3, 4, 5]
