import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from knotwork.methods.indicators.inequality import SlopeOptions, slope_index, standard_errors
from tests.methods.indicators.published import table

OBESITY = table("inequality-input.csv")
RESULT = table("inequality-result.csv")
PER_CENT = SlopeOptions("proportion", multiplier=-100)
# The published limits are order statistics of 20,000 draws. The p-quantile of n normal draws varies with a standard
# error of sqrt(p (1 - p) / n) / density = 0.019 standard deviations at p = 0.025; with 96 limits four of these
# pass by chance once in 160 such tables. For the relative index our own 20,000 draws vary likewise: sqrt(2) times it.
NOISE = np.sqrt(0.025 * 0.975 / 20_000) / 0.0584


def index_of(period, year, options=PER_CENT):
    rows = OBESITY.filter((OBESITY["Period"] == period) & (OBESITY["SchoolYear"] == year))
    value = rows["v"].to_numpy()
    error = standard_errors(value, np.full(10, np.nan), rows["l"], rows["u"], options)
    return slope_index(rows["Decile"], rows["Measured"], value, error, options)


@pytest.mark.parametrize(
    "row", RESULT.rows(named=True), ids=lambda row: f"{row['Period']}-{row['SchoolYear']}"
)
def test_the_indices_are_those_that_are_published(row):
    found = index_of(row["Period"], row["SchoolYear"])
    assert found.sii == pytest.approx(row["sii"], rel=1e-9)
    assert found.rii == pytest.approx(row["rii"], rel=1e-9)
    assert found.intercept == pytest.approx(row["intercept"], rel=1e-9)
    assert (found.method, found.reason) == ("closed form", "")
    spread = (found.upper - found.lower) / (2 * 1.96)
    assert found.lower == pytest.approx(row["sii_lower95_0cl"], abs=4 * NOISE * spread)
    assert found.upper == pytest.approx(row["sii_upper95_0cl"], abs=4 * NOISE * spread)
    spread = (found.rii_upper - found.rii_lower) / (2 * 1.96)
    assert found.rii_lower == pytest.approx(row["rii_lower95_0cl"], abs=4 * 2**0.5 * NOISE * spread)
    assert found.rii_upper == pytest.approx(row["rii_upper95_0cl"], abs=4 * 2**0.5 * NOISE * spread)


QUANTILES = [1, 2, 3, 4, 5]
PEOPLE = [100, 120, 80, 100, 90]
VALUES = [0.30, 0.27, 0.25, 0.22, 0.21]


def simple(quantile=QUANTILES, population=PEOPLE, value=VALUES, error=None, **options):
    error = [0.01] * len(value) if error is None else error
    return slope_index(quantile, population, value, error, SlopeOptions(**options))


def test_the_line_is_that_of_weighted_least_squares():
    share = np.array(PEOPLE) / sum(PEOPLE)
    slope, begin = np.polyfit(np.cumsum(share) - share / 2, VALUES, 1, w=np.sqrt(share))
    found = simple()
    assert (found.sii, found.intercept) == (pytest.approx(slope), pytest.approx(begin))
    assert found.rii == pytest.approx((begin + slope) / begin)


def test_a_negative_multiplier_turns_both_indices():
    plain, turned = simple(), simple(multiplier=-100)
    assert turned.sii == pytest.approx(-100 * plain.sii)
    assert (turned.lower, turned.upper) == (
        pytest.approx(-100 * plain.upper),
        pytest.approx(-100 * plain.lower),
    )
    assert turned.rii == pytest.approx(1 / plain.rii)
    assert turned.rii_lower == pytest.approx(1 / plain.rii_upper, rel=1e-3)


def test_limits_in_closed_form_are_those_that_drawing_would_find():
    rng, found = np.random.default_rng(5), simple()
    drawn = [simple(value=rng.normal(VALUES, 0.01), resamples=0).sii for _ in range(4000)]
    assert np.quantile(drawn, [0.025, 0.975]) == pytest.approx([found.lower, found.upper], abs=0.003)


@pytest.mark.parametrize("kind", ["rate", "proportion"])
def test_a_transformed_line_is_fitted_on_the_other_scale_and_taken_back(kind):
    values = np.array(VALUES)
    scaled = np.log(values) if kind == "rate" else np.log(values / (1 - values))
    line = simple(value=scaled)
    ends = np.array([line.intercept, line.intercept + line.sii])
    first, last = np.exp(ends) if kind == "rate" else 1 / (1 + np.exp(-ends))
    found = simple(kind=kind, transform=True)
    assert (found.sii, found.rii) == (pytest.approx(last - first), pytest.approx(last / first))
    assert found.lower < found.sii < found.upper
    assert found.rii_lower < found.rii < found.rii_upper
    assert found.method == "simulation"


def test_the_same_seed_gives_the_same_limits_and_another_seed_others():
    assert simple(seed=1) == simple(seed=1)
    assert simple(seed=1).rii_lower != simple(seed=2).rii_lower
    assert simple(seed=1).lower == simple(seed=2).lower


def test_without_draws_there_are_no_simulated_limits():
    found = simple(resamples=0)
    assert np.isnan([found.rii_lower, found.rii_upper]).all()
    assert found.lower < found.sii
    assert np.isnan(simple(kind="rate", transform=True, resamples=0).lower)


def test_one_draw_is_both_limits():
    found = simple(resamples=1)
    assert found.rii_lower == found.rii_upper


def test_without_standard_errors_the_indices_have_no_limits():
    found = slope_index(QUANTILES, PEOPLE, VALUES)
    assert found.reason == "no limits supplied"
    assert found.sii == simple().sii
    assert np.isnan([found.lower, found.rii_upper]).all()


def test_standard_errors_of_nought_give_limits_that_are_the_index():
    found = simple(error=[0] * 5)
    assert found.lower == found.upper == found.sii
    assert found.rii_lower == pytest.approx(found.rii)


def test_a_line_that_leaves_the_positive_has_no_relative_index():
    found = simple(value=[4, 2, 0, -2, -4])
    assert found.sii < 0
    assert np.isnan(found.rii)
    assert found.reason == "the line does not stay above 0: no relative index"
    assert found.lower < found.sii < found.upper


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"value": [0.3, np.nan, 0.2, 0.2, 0.2]}, "a number is missing"),
        ({"quantile": [1, 2, 3, 4, np.inf]}, "a number is missing"),
        ({"quantile": [1, 2, 3, 4, 4]}, "the quantiles are not 1, 2, 3 and so on, each once"),
        ({"quantile": [1, 2, 3, 4, 6]}, "the quantiles are not 1, 2, 3 and so on, each once"),
        ({"population": [100, 0, 1, 1, 1]}, "a population is not above 0"),
        ({"error": [0.1, -0.1, 0.1, 0.1, 0.1]}, "a standard error is below 0"),
        (
            {"value": [1.2, 0.3, 0.2, 0.1, 0.1], "kind": "proportion"},
            "a proportion does not lie between 0 and 1",
        ),
        (
            {"value": [1.0, 0.3, 0.2, 0.1, 0.1], "kind": "proportion", "transform": True},
            "a value is at the end of its scale and cannot be transformed",
        ),
        (
            {"value": [3, 2, 1, 1, 0], "kind": "rate", "transform": True},
            "a value is at the end of its scale and cannot be transformed",
        ),
    ],
)
def test_bad_values_give_no_index_and_a_reason(changed, reason):
    found = simple(**changed)
    assert found.reason == reason
    assert np.isnan([found.sii, found.rii, found.intercept]).all()
    assert found.method == ""


@pytest.mark.parametrize("count", [0, 4, 101])
def test_fewer_than_five_and_more_than_a_hundred_quantiles_are_refused(count):
    found = slope_index(range(1, count + 1), [1] * count, [1] * count, [1] * count)
    assert found.reason == "there are not 5 to 100 quantiles"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"kind": "count"}, "value, rate or proportion"),
        ({"kind": "value", "transform": True}, "plain values cannot"),
        ({"level": 95}, "between 0 and 1"),
    ],
)
def test_senseless_options_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        SlopeOptions(**options)


@pytest.mark.parametrize("kind", ["rate", "proportion"])
def test_a_given_standard_error_is_taken_to_the_scale_of_the_line(kind):
    options = SlopeOptions(kind, transform=True)
    value, error = np.array([0.2, 0.5]), np.array([1e-4, np.nan])
    limits = value - 1.96e-4, value + 1.96e-4
    found = standard_errors(value, error, *limits, options)
    stretched = 1 / value if kind == "rate" else 1 / (value * (1 - value))
    assert found == pytest.approx(1e-4 * stretched, rel=1e-3)


def test_standard_errors_of_plain_values_come_from_limits_where_none_is_given():
    found = standard_errors(
        [1, 1, 1], [0.5, np.nan, np.nan], [0, 0, np.nan], [9, 3.919928, 3], SlopeOptions()
    )
    assert found == pytest.approx([0.5, 1, np.nan], nan_ok=True)


@given(some.permutations(range(5)))
def test_the_order_of_the_quantiles_does_not_matter(order):
    shuffled = simple(*(np.array(column)[order] for column in (QUANTILES, PEOPLE, VALUES)))
    assert shuffled == simple()


@given(some.lists(some.floats(10, 90), min_size=5, max_size=20), some.floats(-50, 50), some.floats(0.1, 10))
def test_the_slope_index_scales_with_the_unit_and_stays_when_all_rise_alike(values, shift, factor):
    quantile, people = range(1, len(values) + 1), [10] * len(values)
    plain = slope_index(quantile, people, values)
    moved = slope_index(quantile, people, factor * (np.array(values) + shift))
    assert moved.sii == pytest.approx(factor * plain.sii, rel=1e-6, abs=1e-6)
