import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from knotwork.methods.indicators.spc import ChartOptions, run_charts, xmr_chart
from tests.methods.indicators.published import table

PUBLISHED = table("xmr-charts.csv.gz")
CASES = PUBLISHED["case"].unique(maintain_order=True).to_list()
FLAGS = {
    "Common Cause": "",
    "Above UCL": "outside",
    "Below LCL": "outside",
    "7 Point Trend (Increasing)": "trend",
    "7 Point Trend (Decreasing)": "trend",
    "2 in 3 Above CL": "two_of_three",
    "2 in 3 Below CL": "two_of_three",
    "7 Points Above CL": "shift",
    "7 Points Below CL": "shift",
}
DIRECTIONS = {
    "common_cause": "common_cause",
    "special_cause_concern": "concern",
    "special_cause_improvement": "improvement",
}
ASSURANCES = {
    None: "",
    "consistent_pass": "passes",
    "consistent_fail": "fails",
    "inconsistent": "inconsistent",
}


@pytest.mark.parametrize("case", CASES)
def test_every_point_is_as_published(case):
    rows = PUBLISHED.filter(PUBLISHED["case"] == case)
    about = rows.row(0, named=True)
    chart = xmr_chart(
        rows["y"],
        improvement=about["improvement_direction"],
        target=about["target"],
        rebase=(np.flatnonzero(rows["rebase_group"].diff().fill_null(0))).tolist(),
        baseline=about["fix_after_n_points"],
        screening=about["screen_outliers"],
    )
    # Published with fifteen digits.
    assert chart.mean == pytest.approx(rows["mean"].to_numpy(), rel=1e-12)
    assert chart.lower == pytest.approx(rows["lpl"].to_numpy(), rel=1e-12)
    assert chart.upper == pytest.approx(rows["upl"].to_numpy(), rel=1e-12)
    assert chart.flag.tolist() == rows["special_cause_type"].replace_strict(FLAGS).to_list()
    assert chart.direction.tolist() == rows["point_type"].replace_strict(DIRECTIONS).to_list()
    assert chart.segment.tolist() == (rows["rebase_group"] + 1).to_list()
    assert chart.assurance == ASSURANCES[about["assurance"]]
    assert not chart.is_short
    assert chart.variation == chart.direction[-1]


def test_all_published_points_are_asked():
    assert (len(CASES), len(PUBLISHED)) == (23, 746)


STEADY = [4.0, 6.0] * 8


def flags(values, **more):
    return xmr_chart(values, improvement="increase", **more).flag.tolist()


def test_nothing_is_flagged_where_nothing_happens():
    assert set(flags(STEADY)) == {""}


def test_a_point_outside_is_flagged_and_its_neighbours_are_not():
    assert flags([*STEADY, 20, *STEADY]) == [""] * 16 + ["outside"] + [""] * 16


def test_seven_rising_points_are_a_trend_and_six_are_none():
    rising = [5.0, 5.1, 5.2, 5.3, 5.4, 5.5, 5.6]
    assert flags([*STEADY, 4, *rising[:5], 4, *STEADY]).count("trend") == 0
    assert flags([*STEADY, 6, *rising, 4, *STEADY])[17:24] == ["trend"] * 7


def test_equal_neighbours_end_a_trend():
    assert "trend" not in flags([*STEADY, 6, 5.0, 5.1, 5.2, 5.3, 5.3, 5.4, 5.5, 5.6, 4, *STEADY])


def test_the_turning_point_belongs_to_the_trend_that_it_ends():
    up = np.linspace(4.4, 5.6, 7)
    chart = xmr_chart([*STEADY, *up, *up[-2::-1], *STEADY[::-1]], improvement="increase")
    assert chart.flag[22:24].tolist() == ["trend", "trend"]
    assert chart.direction[22:24].tolist() == ["improvement", "concern"]


def test_two_of_three_close_points_are_flagged_and_the_third_is_not():
    values = np.array([*STEADY, 5.0, 9.2, 5.5, 9.2, 4.0, *STEADY])
    chart = xmr_chart(values, improvement="increase", baseline=16)
    assert chart.near_upper[0] < 9.2 < chart.upper[0]
    assert chart.flag[16:21].tolist() == ["", "two_of_three", "", "two_of_three", ""]


def test_two_close_points_with_one_on_the_other_side_between_are_no_signal():
    values = np.array([*STEADY, 5.0, 9.2, 4.9, 9.2, 4.0, *STEADY])
    assert "two_of_three" not in flags(values, baseline=16)


def test_seven_on_one_side_are_a_shift_unless_one_is_on_the_mean():
    assert flags([*STEADY, 6, 5.5, 6, 5.5, 6, 5.5, 6, 4, *STEADY], baseline=16)[16:23] == ["shift"] * 7
    assert "shift" not in flags([*STEADY[:-1], 5, 6, 5.5, 6, 5, 6, 5.5, 6, 4, *STEADY], baseline=14)


@pytest.mark.parametrize(
    ("improvement", "high", "low"),
    [
        ("increase", "improvement", "concern"),
        ("decrease", "concern", "improvement"),
        ("neutral", "neutral", "neutral"),
    ],
)
def test_which_way_is_better_decides_what_a_flag_means(improvement, high, low):
    chart = xmr_chart([*STEADY, 20, *STEADY, -20], improvement=improvement)
    assert (chart.direction[16], chart.direction[-1], chart.variation) == (high, low, low)
    assert chart.direction[0] == "common_cause"


@pytest.mark.parametrize(
    ("improvement", "target", "assurance"),
    [
        ("increase", -5, "passes"),
        ("increase", 15, "fails"),
        ("increase", 5, "inconsistent"),
        ("decrease", 15, "passes"),
        ("decrease", -5, "fails"),
        ("neutral", 5, ""),
        ("increase", None, ""),
    ],
)
def test_assurance_follows_from_the_limits_of_the_last_point(improvement, target, assurance):
    assert xmr_chart(STEADY, improvement=improvement, target=target).assurance == assurance


def test_screening_drops_the_largest_moving_ranges_once():
    values = [*STEADY, 60, *STEADY]
    with_it, without = (xmr_chart(values, improvement="increase", screening=on) for on in (True, False))
    assert with_it.upper[0] - with_it.mean[0] == pytest.approx(2.66 * 2)
    assert without.upper[0] > with_it.upper[0]


def test_a_fixed_baseline_holds_for_the_rest_of_its_segment():
    chart = xmr_chart([*STEADY, *np.array(STEADY) + 30], improvement="increase", baseline=16)
    assert set(chart.mean) == {5}
    assert set(chart.flag[16:]) == {"outside"}


def test_a_rebase_begins_a_segment_with_a_mean_of_its_own():
    chart = xmr_chart([*STEADY, *np.array(STEADY) + 30], improvement="increase", rebase=[16])
    assert chart.segment.tolist() == [1] * 16 + [2] * 16
    assert (chart.mean[0], chart.mean[-1]) == (5, 35)
    assert set(chart.flag) == {""}


def test_a_rebase_on_the_first_point_changes_nothing():
    chart = xmr_chart(STEADY, improvement="increase", rebase=[0])
    assert set(chart.segment) == {1}


def test_a_point_without_a_value_is_left_out_and_has_no_result():
    values = [*STEADY[:4], np.nan, *STEADY[4:]]
    chart, plain = (xmr_chart(one, improvement="increase") for one in (values, STEADY))
    assert np.isnan(chart.mean[4])
    assert (chart.flag[4], chart.direction[4]) == ("", "")
    assert np.delete(chart.upper, 4).tolist() == plain.upper.tolist()


def test_equal_values_that_no_binary_number_holds_are_on_their_mean():
    chart = xmr_chart([0.1] * 30, improvement="increase")
    assert set(chart.flag) == {""}
    assert chart.lower == pytest.approx(0.1)


def test_fewer_than_thirteen_points_in_a_segment_are_said_to_be_short():
    assert xmr_chart(STEADY[:12], improvement="increase").is_short
    assert not xmr_chart(STEADY[:13], improvement="increase").is_short
    assert xmr_chart(STEADY, improvement="increase", rebase=[14]).is_short
    assert xmr_chart([*STEADY, np.nan], improvement="increase", rebase=[16]).is_short


def test_one_point_has_a_mean_and_no_limits():
    chart = xmr_chart([3], improvement="increase", target=2)
    assert (chart.mean[0], chart.flag[0], chart.assurance) == (3, "", "")
    assert np.isnan(chart.lower[0])


@pytest.mark.parametrize("values", [[], [np.nan, np.nan]])
def test_no_points_are_an_empty_chart(values):
    chart = xmr_chart(values, improvement="increase", target=1)
    assert (chart.variation, chart.assurance, chart.is_short) == ("", "", True)
    assert len(chart.flag) == len(values)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"preset": "house rules"}, "The preset is one of nhsr"),
        ({"improvement": "up"}, "increase, decrease or neutral"),
        ({"baseline": 11}, "at least 12"),
        ({"rebase": [16]}, "0 to 15"),
        ({"rebase": [-1]}, "position of a point"),
    ],
)
def test_senseless_options_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        xmr_chart(STEADY, **{"improvement": "increase", **options})


SERIES = some.lists(some.integers(0, 20), min_size=2, max_size=50).map(lambda values: np.array(values, float))


@given(some.lists(SERIES, min_size=1, max_size=5))
def test_many_series_at_once_are_the_series_one_by_one(series):
    which = np.repeat(np.arange(len(series)), [len(one) for one in series])
    together = np.concatenate(series)
    charts = run_charts(together, which, np.zeros(len(together), bool), ChartOptions("increase"))
    for chart, values in zip(charts, series, strict=True):
        alone = xmr_chart(values, improvement="increase")
        assert chart.flag.tolist() == alone.flag.tolist()
        assert chart.upper == pytest.approx(alone.upper, nan_ok=True)


@given(SERIES, some.data())
def test_flags_never_cross_a_rebase(values, data):
    at = data.draw(some.integers(1, len(values) - 1))
    whole = xmr_chart(values, improvement="increase", rebase=[at])
    parts = [xmr_chart(part, improvement="increase") for part in (values[:at], values[at:])]
    assert whole.flag.tolist() == [flag for part in parts for flag in part.flag]
    assert whole.lower == pytest.approx(np.concatenate([part.lower for part in parts]), nan_ok=True)


@given(SERIES, some.sampled_from([0.5, 4.0, 1024.0]), some.integers(-8, 8))
def test_other_units_and_another_zero_change_no_flag(values, factor, shift):
    plain = xmr_chart(values, improvement="increase")
    moved = xmr_chart(factor * values + shift, improvement="increase")
    assert moved.flag.tolist() == plain.flag.tolist()
    assert moved.mean == pytest.approx(factor * plain.mean + shift)


@given(SERIES)
def test_a_series_turned_upside_down_turns_improvement_into_concern(values):
    there = xmr_chart(values, improvement="increase")
    back = xmr_chart(-values, improvement="increase")
    other = {"improvement": "concern", "concern": "improvement", "common_cause": "common_cause"}
    assert back.direction.tolist() == [other[way] for way in there.direction]
    assert xmr_chart(-values, improvement="decrease").direction.tolist() == there.direction.tolist()


@given(SERIES)
def test_a_flag_and_a_direction_go_together(values):
    chart = xmr_chart(values, improvement="decrease")
    assert ((chart.flag == "") == (chart.direction == "common_cause")).all()
    assert (chart.lower <= chart.near_lower).all()
    assert (chart.near_upper <= chart.upper).all()
