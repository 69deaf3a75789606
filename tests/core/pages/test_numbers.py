"""Numbers and ages as people read them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.template import Context, Template

from knotwork.core import clock
from knotwork.core.pages.numbers import age_in_words, change_in_words, number_in_words, percent_in_words

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "digits", "words"),
    [
        (0, 0, "0"),
        (2026, 0, "2026"),
        (12398, 0, "12\u202f398"),
        (1_234_567, 0, "1\u202f234\u202f567"),
        (12345.678, 1, "12\u202f345.7"),
        (-3, 0, "\u22123"),
        (-0.004, 2, "0.00"),
        (Decimal("1500000.00"), 2, "1\u202f500\u202f000.00"),
    ],
)
def test_number_in_words(value: float, digits: int, words: str) -> None:
    assert number_in_words(value, digits) == words


@pytest.mark.parametrize(
    ("share", "digits", "words"),
    [(0.842, 0, "84%"), (1, 0, "100%"), (0.0049, 1, "0.5%"), (0.285, 1, "28.5%")],
)
def test_percent_in_words(share: float, digits: int, words: str) -> None:
    assert percent_in_words(share, digits) == words


@pytest.mark.parametrize(("value", "words"), [(3, "+3"), (-3, "\u22123"), (0, "0")])
def test_change_always_shows_its_sign(value: int, words: str) -> None:
    assert change_in_words(value) == words


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59, seconds=59), "59 minutes ago"),
        (timedelta(hours=2), "2 hours ago"),
        (timedelta(days=6), "6 days ago"),
        (timedelta(days=10), "on 4 March 2026"),
        (timedelta(seconds=-5), "just now"),
    ],
)
def test_age_in_words(passed: timedelta, words: str) -> None:
    with clock.moved_to(NOON):
        assert age_in_words(NOON - passed) == words


def test_filters_leave_nothing_where_nothing_is_known() -> None:
    source = "{% load pages %}{{ x|age }}{{ x|percent }}{{ x|number }}{{ x|change }}"
    assert Template(source).render(Context({"x": None})) == ""


def test_filters_speak_as_the_functions_do() -> None:
    source = "{% load pages %}{{ a|percent:1 }} {{ b|number }} {{ c|change }}"
    assert Template(source).render(Context({"a": 0.5, "b": 12000, "c": 2})) == "50.0% 12\u202f000 +2"
