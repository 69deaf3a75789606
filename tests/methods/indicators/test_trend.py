import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from knotwork.methods.indicators.trend import INDIRECT, THRESHOLD, recent_trend
from tests.methods.indicators.published import table

FALLING = [24.0, 23.0, 22.0, 21.0, 20.0]
POLARITY = {"Low is good": "low", "High is good": "high", "No judgement": "none"}
PUBLISHED = {
    "Increasing": ("increasing", ""),
    "DecreasingAndGettingBetter": ("decreasing", "better"),
    "CannotBeCalculated": ("", ""),
}


def trend_of(values, reach=0.5, polarity="low", **more):
    values = np.asarray(values, float)
    return recent_trend(values, values - reach, values + reach, polarity=polarity, **more)


@pytest.mark.parametrize("case", ["DiabetesPrevalence", "EmergencyReadmissions", "Under75CancerMortality"])
def test_the_trend_is_the_one_that_is_published(case):
    rows = table("recent-trends.csv").filter(table("recent-trends.csv")["case"] == case)
    about = rows.row(0, named=True)
    found = recent_trend(
        *(rows[name].to_numpy() for name in ("value", "lower_ci", "upper_ci", "count", "denominator")),
        polarity=POLARITY[about["polarity"]],
        obstacle=INDIRECT if about["value_type"].startswith("Indirectly") else "",
    )
    assert (found.trend, found.better_or_worse) == PUBLISHED[about["expected"]]


def test_the_slope_is_that_of_weighted_least_squares():
    values, reach = np.array([10.0, 12, 11, 15, 14]), np.array([1.0, 2, 1, 3, 0.5])
    found = recent_trend(values, values - reach, values + reach, polarity="none")
    weight = (1.96 / reach) ** 2
    (slope, _), covariance = np.polyfit(np.arange(5.0), values, 1, w=np.sqrt(weight), cov="unscaled")
    assert found.chi_squared == pytest.approx(slope**2 / covariance[0, 0], rel=1e-9)


@pytest.mark.parametrize(
    ("values", "polarity", "words"),
    [
        (FALLING, "low", ("decreasing", "better")),
        (FALLING, "high", ("decreasing", "worse")),
        (FALLING, "none", ("decreasing", "")),
        (FALLING[::-1], "low", ("increasing", "worse")),
        (FALLING[::-1], "high", ("increasing", "better")),
        ([20.0] * 5, "low", ("no_change", "")),
    ],
)
def test_better_or_worse_follows_from_which_end_is_good(values, polarity, words):
    found = trend_of(values, polarity=polarity)
    assert (found.trend, found.better_or_worse) == words


def test_a_trend_that_hangs_on_one_point_is_no_change():
    assert trend_of([20, 19.9, 19.8, 19.7, 25]).trend == "no_change"
    assert trend_of([20, 19.9, 19.8, 19.7, 25]).chi_squared > THRESHOLD


def test_only_the_last_five_periods_count():
    assert trend_of([90, 10, 70, *FALLING]) == trend_of(FALLING)


def test_a_point_without_a_value_is_left_out():
    assert trend_of([24, np.nan, 23, 22, np.nan, 21, 20]) == trend_of(FALLING)


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (trend_of(FALLING[1:]), "fewer than 5 periods"),
        (trend_of([]), "fewer than 5 periods"),
        (
            trend_of(FALLING, count=[1, 2, 3, 4, 5], denominator=[9, 2, 9, 9, 9]),
            "a count is equal to its denominator",
        ),
        (trend_of(FALLING, reach=np.nan), "no limits supplied"),
        (trend_of(FALLING, reach=0), "the limits of a value do not lie apart"),
        (trend_of(FALLING, obstacle=INDIRECT), "the values are indirectly standardised"),
    ],
)
def test_where_nothing_can_be_said_the_reason_is(found, reason):
    assert (found.trend, found.better_or_worse, found.reason) == ("", "", reason)
    assert np.isnan(found.chi_squared)


def test_counts_beyond_the_last_five_periods_do_not_matter():
    count, denominator = [7, 1, 2, 3, 4, 5], [7, 9, 9, 9, 9, 9]
    assert trend_of([1, *FALLING], count=count, denominator=denominator).trend == "decreasing"


def test_a_polarity_that_is_none_of_three_is_refused():
    with pytest.raises(ValueError, match="high, low or none"):
        trend_of(FALLING, polarity="up")


VALUES = some.lists(some.floats(1, 100), min_size=5, max_size=9)


@given(VALUES, some.sampled_from([1e-6, 0.01, 1000.0, 1e9]))
def test_other_units_change_nothing(values, factor):
    plain = trend_of(values, reach=2)
    scaled = trend_of(np.array(values) * factor, reach=2 * factor)
    assert scaled.chi_squared == pytest.approx(plain.chi_squared, rel=1e-6, abs=1e-9)


@given(VALUES)
def test_a_series_turned_upside_down_has_the_opposite_trend(values):
    there, back = trend_of(values, reach=1), trend_of(200 - np.array(values), reach=1)
    opposite = {"increasing": "decreasing", "decreasing": "increasing", "no_change": "no_change"}
    near = abs(there.chi_squared - THRESHOLD) < 1e-6
    assert near or back.trend == opposite[there.trend]


def test_a_slope_of_nought_without_one_point_is_no_trend():
    values = np.array([1.0, 1.4105333427495843, 44.984948220487915, 44.984948220487915, 1.4105333427495843])
    assert trend_of(values).trend == trend_of(200 - values).trend == "no_change"
