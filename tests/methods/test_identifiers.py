import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as some

from knotwork.methods.identifiers import number_identifiers, ordered_identifiers, positions_in


def test_integers_in_text_sort_as_numbers():
    assert ordered_identifiers(pl.Series(["10", "9", "-3", "+4"])).to_list() == ["-3", "+4", "9", "10"]


def test_a_single_text_that_is_no_number_makes_all_sort_by_code_point():
    assert ordered_identifiers(pl.Series(["é", "10", "9", "Z", "a"])).to_list() == ["10", "9", "Z", "a", "é"]


def test_numbers_that_are_written_differently_stay_different_people():
    assert ordered_identifiers(pl.Series(["7", "07", "1"])).to_list() == ["1", "07", "7"]


def test_integers_too_long_to_be_numbers_sort_by_code_point():
    long = "9" * 39
    assert ordered_identifiers(pl.Series(["10", long, "2"])).to_list() == ["10", "2", long]


def test_whole_numbers_stay_whole_numbers():
    distinct, positions = number_identifiers(pl.Series([30, 7, 30], dtype=pl.UInt16))
    assert distinct.dtype == pl.Int64
    assert (distinct.to_list(), positions.tolist()) == ([7, 30], [1, 0, 1])


def test_a_missing_id_is_refused_with_its_row():
    with pytest.raises(ValueError, match="missing at row 1"):
        ordered_identifiers(pl.Series(["a", None]))


def test_an_unknown_id_has_no_position():
    assert positions_in(pl.Series([1, 2]), pl.Series(["2", "3"])).tolist() == [1, -1]


@given(some.lists(some.text(max_size=4) | some.integers().map(str)))
def test_every_id_is_found_where_its_position_says(identifiers):
    series = pl.Series(identifiers, dtype=pl.String)
    distinct, positions = number_identifiers(series)
    assert distinct.gather(positions).to_list() == identifiers


@given(some.lists(some.text(max_size=3)))
def test_the_order_of_rows_does_not_matter(identifiers):
    one = ordered_identifiers(pl.Series(identifiers, dtype=pl.String)).to_list()
    assert one == ordered_identifiers(pl.Series(identifiers[::-1], dtype=pl.String)).to_list()
    assert all(identifier.isdigit() for identifier in identifiers) or one == sorted(set(identifiers))


@given(
    some.lists(some.integers(-50, 50) | some.integers(-(2**62), 2**62)), some.lists(some.integers(-60, 60))
)
def test_whole_numbers_are_found_whether_they_lie_densely_or_not(known, wanted):
    distinct = ordered_identifiers(pl.Series(known, dtype=pl.Int64))
    assert distinct.to_list() == sorted(set(known))
    places = {identifier: place for place, identifier in enumerate(distinct)}
    found = positions_in(distinct, pl.Series(wanted, dtype=pl.Int64))
    assert found.tolist() == [places.get(identifier, -1) for identifier in wanted]


def test_a_missing_whole_number_is_refused_with_its_row():
    with pytest.raises(ValueError, match="missing at row 1"):
        ordered_identifiers(pl.Series([1, None, 2]))
