"""The stop rule as a pure function: on which side of the line, from when, and the same whatever the order."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knotwork.actions.stop_rule import Rule, Seen, first_that_says_stop

pytestmark = pytest.mark.pure

WEEK_12 = date(2026, 3, 30)
FEWER_THAN_8 = Rule(is_below=True, threshold=Decimal(8), from_on=WEEK_12)
MORE_THAN_8 = Rule(is_below=False, threshold=Decimal(8), from_on=WEEK_12)

DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
VALUES = st.decimals(0, 20, places=1)
NUMBERS = st.lists(st.builds(Seen, DAYS, VALUES), max_size=12)
RULES = st.builds(Rule, st.booleans(), VALUES, DAYS)


def on(day: date, value: str) -> Seen:
    return Seen(day, Decimal(value))


def test_a_number_below_the_line_says_stop() -> None:
    assert first_that_says_stop(FEWER_THAN_8, [on(WEEK_12, "7.9")]) == on(WEEK_12, "7.9")


def test_a_number_on_the_line_says_nothing() -> None:
    assert first_that_says_stop(FEWER_THAN_8, [on(WEEK_12, "8")]) is None
    assert first_that_says_stop(MORE_THAN_8, [on(WEEK_12, "8")]) is None


def test_a_number_above_the_line_says_stop_where_more_is_the_reason() -> None:
    assert first_that_says_stop(MORE_THAN_8, [on(WEEK_12, "8.1")]) is not None


def test_what_was_seen_before_the_day_says_nothing() -> None:
    assert first_that_says_stop(FEWER_THAN_8, [on(WEEK_12 - timedelta(days=1), "2")]) is None


def test_the_earliest_speaks() -> None:
    later = on(WEEK_12 + timedelta(days=7), "3")
    assert first_that_says_stop(FEWER_THAN_8, [later, on(WEEK_12, "5")]) == on(WEEK_12, "5")


@given(RULES, NUMBERS)
def test_whatever_speaks_was_seen_late_enough_and_on_the_wrong_side(rule: Rule, numbers: list[Seen]) -> None:
    found = first_that_says_stop(rule, numbers)
    if found is not None:
        assert found in numbers
        assert found.on >= rule.from_on
        assert (found.value < rule.threshold) if rule.is_below else (found.value > rule.threshold)


@given(RULES, NUMBERS, st.randoms(use_true_random=False))
def test_the_order_of_the_numbers_does_not_matter(rule: Rule, numbers: list[Seen], chance: object) -> None:
    shuffled = list(numbers)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert first_that_says_stop(rule, shuffled) == first_that_says_stop(rule, numbers)


@given(RULES, NUMBERS, st.builds(Seen, DAYS, VALUES))
def test_a_further_number_never_silences_a_rule(rule: Rule, numbers: list[Seen], further: Seen) -> None:
    if first_that_says_stop(rule, numbers) is not None:
        assert first_that_says_stop(rule, [*numbers, further]) is not None
