from datetime import UTC, datetime

import pytest

from knotwork.core import clock


def test_the_clock_stands_where_it_is_moved_and_goes_on_after():
    moment = datetime(2013, 1, 1, tzinfo=UTC)
    with clock.moved_to(moment):
        assert clock.now() == moment
    assert clock.now() > moment


def test_the_clock_is_not_moved_to_a_moment_without_a_time_zone():
    with pytest.raises(ValueError, match="time zone"), clock.moved_to(datetime(2013, 1, 1)):
        pass
