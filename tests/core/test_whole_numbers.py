"""Whole columns of numbers out of the database."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knotwork.core.whole_numbers import whole_numbers

NUMBER = st.integers(-(2**53), 2**53)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(NUMBER, NUMBER), min_size=1, max_size=30))
def test_every_number_comes_as_it_is_and_in_its_row(rows: list[tuple[int, int]]) -> None:
    row = "SELECT CAST(%s AS bigint) AS a, CAST(%s AS bigint) AS b"
    query = " UNION ALL ".join([row] * len(rows))
    read = whole_numbers(query, [number for pair in rows for number in pair], ("a", "b"))
    assert read.dtype == np.int64
    assert sorted(map(tuple, read.tolist())) == sorted(rows)


@pytest.mark.django_db
def test_no_rows_are_an_array_without_rows() -> None:
    read = whole_numbers(
        "SELECT id, number FROM conversations_participant WHERE id = %s", [0], ("id", "number")
    )
    assert read.shape == (0, 2)
    assert read.dtype == np.int64


@pytest.mark.django_db
def test_columns_come_in_the_order_that_is_asked_for() -> None:
    read = whole_numbers("SELECT 1 AS a, 2 AS b WHERE %s = %s", [1, 1], ("b", "a"))
    assert read.tolist() == [[2, 1]]
