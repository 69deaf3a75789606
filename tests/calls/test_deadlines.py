"""Deadlines are those of the programme's clocks, also on the nights on which clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knotwork.calls.deadlines import NoSuchTime, is_end_of_day, last_day, local_in, moment_in

LONDON = "Europe/London"
ZONES = st.sampled_from(
    [LONDON, "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Santiago"]
)
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


@given(ZONES, DAYS, st.times())
def test_the_clocks_show_at_the_deadline_what_was_written(zone, day, at):
    local = datetime.combine(day, at)
    try:
        moment = moment_in(zone, local)
    except NoSuchTime:
        before = (local - timedelta(hours=3)).replace(tzinfo=ZoneInfo(zone)).utcoffset()
        after = (local + timedelta(hours=3)).replace(tzinfo=ZoneInfo(zone)).utcoffset()
        assert after > before  # only where the clocks jump forward
    else:
        assert local_in(zone, moment).replace(tzinfo=None, fold=0) == local.replace(fold=0)


@given(ZONES, DAYS)
def test_midnight_belongs_to_the_day_before(zone, day):
    try:
        moment = moment_in(zone, datetime.combine(day, time(0)))
    except NoSuchTime:
        return  # there are zones that jump over midnight
    assert is_end_of_day(zone, moment)
    assert last_day(zone, moment).date() in (day - timedelta(days=1), day)


@given(DAYS)
def test_in_london_the_whole_last_day_counts_whatever_its_length(day):
    opens, closes = (
        moment_in(LONDON, datetime.combine(each, time(0))) for each in (day, day + timedelta(days=1))
    )
    hours = {SPRING: 23, AUTUMN: 25}.get(day)
    assert closes - opens in (
        [timedelta(hours=hours)] if hours else [timedelta(hours=each) for each in (23, 24, 25)]
    )
    assert last_day(LONDON, closes).date() == day


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25), (date(2026, 6, 1), 24)])
def test_days_of_three_lengths(day, hours):
    opens, closes = (
        moment_in(LONDON, datetime.combine(each, time(0))) for each in (day, day + timedelta(days=1))
    )
    assert closes - opens == timedelta(hours=hours)


def test_a_time_that_the_clocks_jump_over_is_refused():
    with pytest.raises(NoSuchTime, match="2026-03-29 01:30 does not exist in Europe/London"):
        moment_in(LONDON, datetime.combine(SPRING, time(1, 30)))


def test_of_an_hour_that_comes_twice_the_second_is_meant_so_that_nobody_is_late():
    assert moment_in(LONDON, datetime.combine(AUTUMN, time(1, 30))) == datetime(
        2026, 10, 25, 1, 30, tzinfo=UTC
    )


def test_a_summer_deadline_is_an_hour_earlier_in_utc():
    assert moment_in(LONDON, datetime(2026, 7, 1, 12)) == datetime(2026, 7, 1, 11, tzinfo=UTC)


def test_a_time_with_a_zone_is_not_local():
    with pytest.raises(ValueError, match="no time zone of its own"):
        moment_in(LONDON, datetime(2026, 7, 1, tzinfo=UTC))
