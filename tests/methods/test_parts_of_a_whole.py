import numpy as np
from hypothesis import given
from hypothesis import strategies as some

from knotwork.methods.parts_of_a_whole import hidden_with_another, is_given_away

PARTS = some.lists(some.integers(0, 60), min_size=1, max_size=6)


def test_nothing_above_nothing_is_left_to_hide_beside_the_only_part():
    parts = hidden_with_another([3, 0])
    assert np.isnan(parts.shown).tolist() == [True, False]
    assert parts.is_small.tolist() == [True, False]
    assert parts.highest().tolist() == [4, 0]


def test_the_other_hidden_part_is_at_most_the_smallest_that_is_shown():
    parts = hidden_with_another([2, 9, 14, 40])
    assert parts.lowest().tolist() == [1, 5, 13, 38]
    assert parts.highest().tolist() == [4, 17, 17, 42]


def test_where_nothing_else_is_shown_the_other_hidden_part_may_be_any_number():
    assert hidden_with_another([2, 9]).highest().tolist() == [4, np.inf]


def test_an_even_base_rounds_halves_up():
    parts = hidden_with_another([12, 30], 5, 10)
    assert parts.lowest().tolist() == [5, 25]
    assert parts.highest().tolist() == [14, 34]


@given(PARTS)
def test_every_part_lies_within_what_is_published_of_it(counts):
    parts = hidden_with_another(counts)
    assert (parts.lowest() <= counts).all()
    assert (parts.highest() >= counts).all()


@given(PARTS, some.integers(0, 40), some.integers(0, 40))
def test_what_is_given_away_is_the_true_number(counts, below, above):
    whole = sum(counts)
    parts = hidden_with_another(counts)
    if is_given_away(parts, whole - below, whole + above):
        assert not is_given_away(parts, -np.inf, np.inf)
