from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knotwork.core.windows import Window, WindowState

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
MOMENTS = st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2030, 1, 1), timezones=st.just(UTC))


def test_the_opening_moment_is_inside_and_the_closing_moment_is_not():
    window = Window(NOON, NOON + timedelta(hours=1))
    assert window.contains(NOON)
    assert not window.contains(NOON + timedelta(hours=1))


def test_a_window_without_ends_is_always_open():
    assert Window().state(NOON) is WindowState.OPEN


def test_a_window_that_closes_before_it_opens_is_refused():
    with pytest.raises(ValueError, match="closes after it opens"):
        Window(NOON, NOON)


def test_a_moment_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        Window(datetime(2026, 6, 1))


@given(opens=MOMENTS, length=st.integers(1, 10**6), at=MOMENTS)
def test_every_moment_is_in_exactly_one_state(opens, length, at):
    window = Window(opens, opens + timedelta(seconds=length))
    state = window.state(at)
    assert (state is WindowState.BEFORE) == (at < opens)
    assert (state is WindowState.AFTER) == (at >= opens + timedelta(seconds=length))


@given(first=MOMENTS, lengths=st.tuples(st.integers(1, 10**6), st.integers(1, 10**6)), at=MOMENTS)
def test_two_windows_that_touch_never_overlap_and_leave_no_gap(first, lengths, at):
    middle = first + timedelta(seconds=lengths[0])
    end = middle + timedelta(seconds=lengths[1])
    inside = [Window(first, middle).contains(at), Window(middle, end).contains(at)]
    assert sum(inside) == Window(first, end).contains(at)
