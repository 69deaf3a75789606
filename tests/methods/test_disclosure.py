import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from knotwork.methods.disclosure import publishable_counts, publishable_parts, publishable_shares

PART_AND_WHOLE = some.integers(0, 400).flatmap(
    lambda whole: some.tuples(some.integers(0, whole), some.just(whole))
)


@given(some.lists(some.integers(0, 5000)))
def test_every_count_is_shown_to_the_nearest_five_or_not_at_all(counts):
    found = publishable_counts(np.array(counts, int))
    for count, shown, reason in zip(counts, found.value, found.reason, strict=True):
        if 0 < count < 5:
            assert np.isnan(shown)
            assert reason == "fewer than 5"
        else:
            assert shown % 5 == 0
            assert abs(shown - count) <= 2
            assert reason == ""


@given(PART_AND_WHOLE, PART_AND_WHOLE)
def test_the_same_published_counts_give_the_same_shares(one, other):
    published = [publishable_counts(np.array(pair)).value for pair in (one, other)]
    if np.array_equal(*published, equal_nan=True):
        shares = [publishable_shares(*pair) for pair in (one, other)]
        for name in ("value", "lower", "upper"):
            assert np.array_equal(*(getattr(share, name) for share in shares), equal_nan=True)


@given(PART_AND_WHOLE)
def test_a_share_lies_within_its_limits_and_is_missing_where_a_count_is(pair):
    found = publishable_shares(*pair)
    part, whole = publishable_counts(np.array(pair)).value
    if np.isnan(part) or np.isnan(whole) or whole == 0:
        assert np.isnan(found.value)
        assert np.isnan(found.lower)
        assert np.isnan(found.upper)
    else:
        assert found.value == part / whole
        assert 0 <= found.lower <= found.value <= found.upper <= 1


def test_another_minimum_and_base_are_kept():
    assert publishable_counts([9, 10, 14, 15], minimum=10, base=10).value.tolist()[1:] == [10, 10, 20]
    assert publishable_counts([9], minimum=10, base=10).reason == ("fewer than 10",)


def test_counts_keep_their_shape():
    assert publishable_counts(np.array([[5, 6], [7, 8]])).value.tolist() == [[5, 5], [5, 10]]


@pytest.mark.parametrize("wrong", [[-1], [2.5]])
def test_what_is_no_count_of_people_is_refused(wrong):
    with pytest.raises(ValueError, match="whole numbers from 0"):
        publishable_counts(wrong)


def test_a_senseless_minimum_is_refused():
    with pytest.raises(ValueError, match="from 1"):
        publishable_counts([5], minimum=0)


def test_a_part_larger_than_its_whole_is_refused():
    with pytest.raises(ValueError, match="a part of"):
        publishable_shares([7], [6])


def test_no_hidden_part_can_be_worked_back_from_what_is_published():
    """Every table of three parts up to 24 people: each hidden part could still be any of 1 to 4."""
    everything = [(a, d, p) for a in range(25) for d in range(25 - a) for p in range(25 - a - d) if a + d + p]
    shown, whole = publishable_parts(everything)
    behind = {}
    for parts, published in zip(everything, np.column_stack([shown, whole]).tolist(), strict=True):
        behind.setdefault(str(published), (published, []))[1].append(parts)
    for published, possible in behind.values():
        if max(sum(one) for one in possible) > 20:
            continue  # tables beyond this list could stand behind it too
        for place, count in enumerate(published[:3]):
            if np.isnan(count):
                assert {one[place] for one in possible} == {1, 2, 3, 4}, published


@given(some.lists(some.tuples(*[some.integers(0, 900)] * 3), min_size=1))
def test_a_whole_is_near_the_truth_and_never_below_a_part(tables):
    shown, whole = publishable_parts(tables)
    for parts, published, total in zip(tables, shown, whole, strict=True):
        if np.isnan(total):
            assert sum(parts) <= 12
        else:
            assert abs(total - sum(parts)) <= 7
            assert total >= np.nanmax(published)
