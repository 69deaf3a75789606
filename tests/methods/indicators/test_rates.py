import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from scipy.stats import chi2, poisson

from knotwork.methods.indicators.rates import count_limits, rate_limits
from tests.methods.indicators.published import table

COUNTS = some.integers(0, 100_000)


def given_rows(name="rates.csv"):
    return table(name).filter(table(name)["value"].is_not_null())


@pytest.mark.parametrize(("level", "suffix"), [(0.95, "95_0cl"), (0.998, "99_8cl")])
def test_rates_and_limits_are_those_that_are_published(level, suffix):
    rows = given_rows()
    found = rate_limits(rows["Numerator"], rows["Denominator"], multiplier=1, level=level)
    times = rows["multiplier"].to_numpy()
    assert found.value * times == pytest.approx(rows["value"].to_numpy(), rel=1e-12)
    assert found.lower * times == pytest.approx(rows[f"lower{suffix}"].to_numpy(), rel=1e-12)
    assert found.upper * times == pytest.approx(rows[f"upper{suffix}"].to_numpy(), rel=1e-12)
    assert list(found.method) == rows["method"].replace({"Exact": "exact", "Byars": "Byar"}).to_list()


def test_rows_without_a_published_value_have_none_and_a_reason():
    rows = table("rates.csv").filter(table("rates.csv")["value"].is_null())
    found = rate_limits(rows["Numerator"], rows["Denominator"])
    assert np.isnan(found.value).all()
    assert found.reason == ("a number is missing",) * 3
    assert found.method == ("",) * 3


def test_a_bad_row_gets_a_reason_and_fails_no_other():
    found = rate_limits([12, 12, -1, np.nan, 3], [100, 0, 100, 100, np.inf])
    assert found.value[0] == 12_000
    assert np.isnan(found.upper[1:]).all()
    assert found.reason == (
        "",
        "the denominator is not above 0",
        "the count is below 0",
        "a number is missing",
        "a number is missing",
    )


def test_no_events_have_a_lower_limit_of_nought_and_an_upper_one_above():
    found = rate_limits([0], [100], multiplier=100)
    assert (found.value[0], found.lower[0]) == (0, 0)
    assert found.upper[0] == pytest.approx(-np.log(0.025))


def test_a_count_may_exceed_its_denominator():
    assert rate_limits([250], [220], multiplier=1).value[0] == pytest.approx(250 / 220)


@given(COUNTS, some.sampled_from([0.8, 0.95, 0.998]))
def test_a_count_lies_within_its_limits_and_wider_limits_are_wider(count, level):
    (lower,), (upper,) = count_limits(np.array([float(count)]), level)
    (low,), (high,) = count_limits(np.array([float(count)]), level + 0.001)
    assert 0 <= low <= lower <= count < upper < high


@given(some.integers(0, 9))
def test_below_ten_the_limits_leave_the_tails_that_they_promise(count):
    (lower,), (upper,) = count_limits(np.array([float(count)]), 0.95)
    assert poisson.cdf(count, upper) == pytest.approx(0.025)
    assert count == 0 or poisson.sf(count - 1, lower) == pytest.approx(0.025)


def test_from_ten_on_the_limits_are_near_the_exact_ones():
    counts = np.arange(10.0, 500)
    lower, upper = count_limits(counts, 0.95)
    assert lower == pytest.approx(chi2.ppf(0.025, 2 * counts) / 2, rel=2e-3)
    assert upper == pytest.approx(chi2.ppf(0.975, 2 * counts + 2) / 2, rel=2e-3)


@given(COUNTS, some.integers(1, 10**6), some.floats(0.01, 1e6))
def test_a_multiplier_scales_value_and_limits(count, denominator, multiplier):
    plain, scaled = (rate_limits([count], [denominator], multiplier=m) for m in (1, multiplier))
    for name in ("value", "lower", "upper"):
        assert getattr(scaled, name) == pytest.approx(multiplier * getattr(plain, name), rel=1e-12)


def test_a_table_without_rows_gives_none():
    assert rate_limits([], []).reason == ()


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_senseless_level_is_refused(level):
    with pytest.raises(ValueError, match="between 0 and 1"):
        rate_limits([1], [2], level=level)
