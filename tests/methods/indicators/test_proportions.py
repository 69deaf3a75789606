import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from knotwork.methods.indicators.proportions import proportions
from tests.methods.indicators.published import table

# Published with PHEindicatormethods 2.1.0 (phe_proportion): count, denominator, 95 % and 99.8 % limits.
PUBLISHED = [
    (1, 100, 0.0017674320641406511, 0.054486196178705294, 0.000873065697299977, 0.10455445283705821),
    (5, 100, 0.02154367915436798, 0.11175046923191911, 0.013865320725997183, 0.16458852282596442),
    (20, 100, 0.1333669333310325, 0.28882916559315885, 0.10519162066711432, 0.3471109417008601),
    (65, 100, 0.55254443296887967, 0.73635751756902468, 0.49549465740704313, 0.77835406140896968),
]


@pytest.mark.parametrize(("count", "denominator", "lower", "upper", "low", "high"), PUBLISHED)
def test_the_limits_are_those_that_are_published(count, denominator, lower, upper, low, high):
    found, wide = proportions(count, denominator), proportions(count, denominator, level=0.998)
    assert (found.lower, found.upper) == (pytest.approx(lower, rel=1e-12), pytest.approx(upper, rel=1e-12))
    assert (wide.lower, wide.upper) == (pytest.approx(low, rel=1e-12), pytest.approx(high, rel=1e-12))


@given(some.integers(1, 10**6).flatmap(lambda n: some.tuples(some.integers(0, n), some.just(n))))
def test_a_proportion_lies_within_its_limits(pair):
    found = proportions(*pair)
    assert 0 <= found.lower <= found.value <= found.upper <= 1
    assert found.reason == ("",)


def test_a_bad_row_gets_a_reason_and_fails_no_other():
    found = proportions([1, 1, -1, 3, np.nan, 1], [2, 0, 2, 2, 2, np.inf])
    assert found.value[0] == 0.5
    assert np.isnan(found.value[1:]).all()
    assert np.isnan(found.lower[1:]).all()
    assert found.reason == (
        "",
        "the denominator is not above 0",
        "the count is below 0",
        "the count is above the denominator",
        "a number is missing",
        "a number is missing",
    )


def test_a_multiplier_scales_value_and_limits():
    plain, per_cent = proportions([3], [11]), proportions([3], [11], multiplier=100)
    assert per_cent.value == pytest.approx(100 * plain.value)
    assert per_cent.upper == pytest.approx(100 * plain.upper)


@pytest.mark.parametrize("level", [0, 1])
def test_a_senseless_level_is_refused(level):
    with pytest.raises(ValueError, match="between 0 and 1"):
        proportions([1], [2], level=level)


@pytest.mark.parametrize("name", ["proportions.csv", "proportions-grouped.csv"])
def test_all_published_proportions_are_reproduced(name):
    rows = table(name).filter(table(name)["value"].is_not_null())
    ends = {0.95: ("lower95_0cl", "upper95_0cl"), 0.998: ("lower99_8cl", "upper99_8cl")}
    for level, (lower, upper) in (
        ends.items() if name == "proportions.csv" else [(0.95, ("lowercl", "uppercl"))]
    ):
        found = proportions(rows["Numerator"], rows["Denominator"], level=level)
        times = rows["multiplier"].to_numpy()
        assert found.value * times == pytest.approx(rows["value"].to_numpy(), rel=1e-12)
        assert found.lower * times == pytest.approx(rows[lower].to_numpy(), rel=1e-12)
        assert found.upper * times == pytest.approx(rows[upper].to_numpy(), rel=1e-12)


def test_rows_without_a_published_proportion_have_none():
    rows = table("proportions.csv").filter(table("proportions.csv")["value"].is_null())
    assert proportions(rows["Numerator"], rows["Denominator"]).reason == ("a number is missing",) * 3
