from datetime import date, datetime
from decimal import Decimal

import pytest

from knotwork.formats.problems import InputProblem
from knotwork.formats.sheet_rows import SheetRow


def row(value: object) -> SheetRow:
    return SheetRow("ledger.xlsx, sheet Ledger", 7, {"a": value})


def refusal(ask, *words, **how) -> str:
    with pytest.raises(InputProblem) as problem:
        ask(*words, **how)
    return str(problem.value)


def test_words_are_without_the_spaces_around_them():
    assert row("  rooms ").text("a") == "rooms"
    assert row(12).text("a") == "12"
    assert row(None).text("a") == row(1).text("b") == ""


def test_words_that_are_missing_or_too_long_are_refused_with_their_place():
    place = "ledger.xlsx, sheet Ledger, row 7, column a"
    assert refusal(row(" ").text, "a", is_required=True) == f"{place}: found nothing, expected words."
    assert refusal(row("xxx").text, "a", longest=2) == f"{place}: found xxx, expected at most 2 characters."
    assert "found nothing" in refusal(row(None).text, "a", is_required=True)


@pytest.mark.parametrize("written", ["£1,200.50", "1200.50", " 1 200.50", Decimal("1200.50")])
def test_a_number_may_be_written_as_people_write_it(written):
    assert row(written).decimal("a") == Decimal("1200.50")


def test_an_empty_cell_is_no_number_and_no_day():
    assert row(None).decimal("a") is row("").decimal("a") is row(None).day("a") is row("").day("a") is None
    assert row(3).decimal("a") == 3


@pytest.mark.parametrize("written", ["many", "NaN", True, date(2026, 1, 1)])
def test_what_is_no_number_is_refused(written):
    assert "column a: found" in refusal(row(written).decimal, "a")


@pytest.mark.parametrize("written", [date(2026, 3, 31), datetime(2026, 3, 31, 9), "2026-03-31 "])
def test_a_day_may_be_a_day_a_moment_or_words(written):
    assert row(written).day("a") == date(2026, 3, 31)


def test_what_is_no_day_is_refused():
    assert "found 31/3, expected a day such as 2026-03-31" in refusal(row("31/3").day, "a")


def test_a_choice_is_one_of_its_words_in_any_case():
    choices = {"cash": "cash", "in kind": "in_kind", "": ""}
    assert row("In kind").choice("a", choices) == "in_kind"
    assert row(None).choice("a", choices) == ""
    assert "found gold, expected cash or in kind or nothing" in refusal(row("gold").choice, "a", choices)
