import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from knotwork.methods.opinion import answer_sums
from knotwork.methods.opinion.answer_sums import AnswerTable, answers_of, exact_mean, summable
from tests.methods.opinion.material import conversation, matrices, table_from_matrix


def dense(table: AnswerTable) -> np.ndarray:
    matrix = np.zeros((table.people, table.answers))
    matrix[np.repeat(np.arange(table.people), table.per_person), table.answer] = 1
    return matrix


@given(matrices(), some.integers(0, 2**32))
def test_both_sums_are_products_with_the_table_of_answers(matrix, seed):
    votes = table_from_matrix(matrix)
    table = answers_of(votes, len(matrix[0]))
    random = np.random.default_rng(seed)
    of_answers, of_people = random.normal(size=(table.answers, 2)), random.normal(size=(table.people, 2))
    assert table.by_person(of_answers) == pytest.approx(dense(table) @ of_answers)
    assert table.by_answer(of_people) == pytest.approx(dense(table).T @ of_people)


def test_an_answer_is_a_statement_and_what_was_said_to_it():
    assert answers_of(table_from_matrix([[-1, 0, 1]]), 3).answer.tolist() == [0, 4, 8]


@pytest.mark.parametrize("at_once", [50, 4_000_000])
def test_sparse_products_and_any_number_of_parts_change_no_byte(monkeypatch, at_once):
    votes = conversation("15-per-hour")
    table = answers_of(votes, len(votes.statements))
    random = np.random.default_rng(0)
    of_answers, of_people = random.normal(size=(table.answers, 4)), random.normal(size=(table.people, 4))
    small = table.by_person(of_answers), table.by_answer(of_people)
    monkeypatch.setattr(answer_sums, "FEW", 0)
    monkeypatch.setattr(answer_sums, "AT_ONCE", at_once)
    assert np.array_equal(table.by_person(of_answers), small[0])
    assert np.array_equal(table.by_answer(of_people), small[1])


@given(some.lists(some.floats(-1e6, 1e6), min_size=1, max_size=200), some.integers(0, 2**32))
def test_a_sum_is_the_same_in_any_order(values, seed):
    numbers = np.array(values)
    shuffled = np.random.default_rng(seed).permutation(numbers)
    assert exact_mean(numbers, 1) == exact_mean(shuffled, 1)
    assert exact_mean(numbers, 1) == pytest.approx(numbers.sum(), abs=1e-9 * max(1, np.abs(numbers).max()))


def test_rounding_takes_next_to_nothing_even_for_a_million_people():
    values = np.random.default_rng(0).normal(size=1000)
    assert np.abs(summable(values, 10**6) - values).max() < 1e-9
    assert summable(np.array([0, 5e-324, -1e-300]), 10).tolist() == [0, 0, 0]
