"""Scales, ticks and keys: round, in order, and never too near each other."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knotwork.drawing.axes import KeyEntry, Scale, grid, key, round_ticks, tick_words, time_ticks
from knotwork.drawing.svg import element

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NUMBERS = st.floats(-1e6, 1e6, allow_nan=False).filter(lambda value: value == 0 or abs(value) > 1e-3)


def test_a_scale_leads_from_its_start_to_its_end() -> None:
    scale = Scale(10, 20, 100, 0)
    assert [scale.at(value) for value in (10, 15, 20)] == [100, 50, 0]


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 100, [0, 20, 40, 60, 80, 100]),
        (38.2, 54.1, [36, 40, 44, 48, 52, 56]),
        (62.1, 66.3, [62, 63, 64, 65, 66, 67]),
        (0.38, 0.42, [0.38, 0.39, 0.4, 0.41, 0.42]),
        (-3, 3, [-4, -2, 0, 2, 4]),
        (7, 7, [6, 7, 8]),
    ],
)
def test_ticks_are_round_and_hold_all_that_is_shown(low: float, high: float, expected: list[float]) -> None:
    assert round_ticks(low, high) == pytest.approx(expected)


@given(NUMBERS, NUMBERS)
def test_any_two_numbers_lie_within_at_most_eight_ticks(one: float, other: float) -> None:
    low, high = sorted((one, other))
    ticks = round_ticks(low, high)
    slack = 1e-6 * max(1.0, abs(low), abs(high))
    assert 2 <= len(ticks) <= 8
    assert ticks == sorted(ticks)
    assert ticks[0] <= low + slack
    assert ticks[-1] >= high - slack


def test_numbers_have_thin_spaces_a_true_minus_and_equal_places() -> None:
    assert tick_words([-10000, 0, 10000]) == ["\u221210\u202f000", "0", "10\u202f000"]
    assert tick_words([0.5, 1.0]) == ["0.5", "1.0"]


def test_few_years_are_told_in_months_and_the_first_and_january_bear_the_year() -> None:
    ticks = time_ticks(date(2025, 1, 15), date(2026, 9, 15), room=560, months=MONTHS)
    assert [label for _, label in ticks] == ["Apr 2025", "Jul", "Oct", "2026", "Apr", "Jul"]


def test_a_few_months_are_told_one_by_one() -> None:
    ticks = time_ticks(date(2025, 1, 1), date(2025, 6, 1), room=560, months=MONTHS)
    assert [label for _, label in ticks] == ["2025", "Feb", "Mar", "Apr", "May", "Jun"]


def test_many_years_are_told_in_steps() -> None:
    ticks = time_ticks(date(1990, 7, 1), date(2024, 7, 1), room=560, months=MONTHS)
    assert [label for _, label in ticks] == ["1995", "2000", "2005", "2010", "2015", "2020"]


def test_where_months_have_no_room_years_are_told() -> None:
    ticks = time_ticks(date(2020, 7, 1), date(2023, 1, 10), room=60, months=MONTHS)
    assert [label for _, label in ticks] == ["2022"]


def test_centuries_are_told_in_the_longest_steps() -> None:
    ticks = time_ticks(date(1000, 1, 1), date(2024, 1, 1), room=60, months=MONTHS)
    assert all(int(label) % 50 == 0 for _, label in ticks)


@given(st.dates(date(1950, 1, 1), date(2040, 1, 1)), st.integers(1, 20_000))
def test_ticks_of_time_lie_within_it(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    ticks = time_ticks(first, last, room=560, months=MONTHS)
    assert all(first <= day <= last for day, _ in ticks)


def test_a_grid_has_a_line_and_a_number_for_every_tick() -> None:
    drawn = grid([0, 50, 100], Scale(0, 100, 250, 0), 40, 600)
    assert drawn.count("<text") == 3
    assert drawn.count("H600") == 3


def test_a_long_key_goes_on_in_a_second_line() -> None:
    entry = KeyEntry("A rather long word for one line", element("path", d="M-11 0H11"))
    assert key([], 0, 640, 0)[1] == 0
    assert key([entry, entry], 0, 640, 0)[1] == 21
    assert key([entry] * 4, 0, 640, 0)[1] == 42
