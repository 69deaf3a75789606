"""When something first came out, as exactly as is known."""

import pytest

from knotwork.publications.dates import NotADate, date_in_words, good_date


@pytest.mark.parametrize(
    ("published", "words"),
    [("", ""), ("2013", "2013"), ("2013-01", "January 2013"), ("2013-01-15", "15 January 2013")],
)
def test_a_year_a_month_or_a_day_in_words(published, words):
    assert good_date(f" {published} ") == published
    assert date_in_words(published) == words


@pytest.mark.parametrize(
    "typed", ["spring", "13", "2013-13", "2013-02-30", "2013-1", "0000", "2013-01-15 noon"]
)
def test_what_is_no_date_is_refused_with_an_example(typed):
    with pytest.raises(NotADate, match="2013-01-15"):
        good_date(typed)
