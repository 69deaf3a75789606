from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from knotwork.formats.series_periods import (
    Period,
    label_of,
    longer_than_a_year,
    overlapping,
    period_of,
    periods_of,
    periods_where_understood,
)

UNDERSTOOD = [
    ("2019", "2019-01-01", "2019-12-31"),
    ("2015/16", "2015-04-01", "2016-03-31"),
    ("1999/00", "1999-04-01", "2000-03-31"),
    ("2015/2016", "2015-04-01", "2016-03-31"),
    ("FY 2015/16", "2015-04-01", "2016-03-31"),
    ("2015 - 17", "2015-01-01", "2017-12-31"),
    ("2015-17", "2015-01-01", "2017-12-31"),
    ("2015–17", "2015-01-01", "2017-12-31"),
    ("2015-2017", "2015-01-01", "2017-12-31"),
    ("2015 to 2017", "2015-01-01", "2017-12-31"),
    ("1998 - 00", "1998-01-01", "2000-12-31"),
    ("2001 - 03", "2001-01-01", "2003-12-31"),
    ("2020/21-24/25", "2020-04-01", "2025-03-31"),
    ("2020/21 - 2024/25", "2020-04-01", "2025-03-31"),
    ("1999/00 - 01/02", "1999-04-01", "2002-03-31"),
    ("2019 Q1", "2019-01-01", "2019-03-31"),
    ("Q4 2019", "2019-10-01", "2019-12-31"),
    ("2019/20 Q1", "2019-04-01", "2019-06-30"),
    ("2019/20 Q4", "2020-01-01", "2020-03-31"),
    ("Q2 2019/20", "2019-07-01", "2019-09-30"),
    ("2021/22 Q1-2022/23 Q2", "2021-04-01", "2022-09-30"),
    ("Jan 2020", "2020-01-01", "2020-01-31"),
    ("February 2020", "2020-02-01", "2020-02-29"),
    ("Sept 2020", "2020-09-01", "2020-09-30"),
    ("2020 Jan", "2020-01-01", "2020-01-31"),
    ("Aug 2016 - Jul 2019", "2016-08-01", "2019-07-31"),
    ("2020-01-05", "2020-01-05", "2020-01-05"),
    ("2020-01-05T08:00:00Z", "2020-01-05", "2020-01-05"),
    ("5 Jan 2020", "2020-01-05", "2020-01-05"),
    ("2016-04", "2016-04-01", "2016-04-30"),
    ("2001-12", "2001-12-01", "2001-12-31"),
]
NOT_UNDERSTOOD = [
    "", "x", "20", "9999", "2015/17", "2013/15", "05/01/2020", "2017-15", "2020-13", "2020-02-30", "31 Feb 2020",
    "2015/16-17", "2015-16/17", "2015-17-19", "Janitor 2020", "2019/21 Q1", "2019 Q5", "2017-2015", "2019-",
]  # fmt: skip


@pytest.mark.parametrize(("label", "start", "end"), UNDERSTOOD)
def test_a_label_is_read_as_tables_mean_it(label, start, end):
    assert period_of(label) == (date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize("label", NOT_UNDERSTOOD)
def test_a_label_that_could_mean_several_things_or_none_is_refused(label):
    with pytest.raises(ValueError, match="not understood"):
        period_of(label)


def test_years_and_months_that_look_alike_are_told_apart_by_their_company():
    assert periods_of(["2001-03", "2002-04"])["2001-03"].end == date(2003, 12, 31)
    assert periods_of(["2001-03", "2001-01"])["2001-03"].end == date(2001, 3, 31)
    assert periods_of(["2001-03", "2016-04", "2019"])["2019"].end == date(2019, 12, 31)


def test_a_label_that_is_not_understood_is_told():
    assert periods_where_understood(["x", "2019"])["x"] is None
    with pytest.raises(ValueError, match="'x'"):
        periods_of(["2019", "x"])


@pytest.mark.parametrize("label", ["2015 - 17", "2015-17", " 2015  –  17 ", "2015−17"])
def test_labels_come_in_one_spelling(label):
    assert label_of(label) == "2015-17"


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["2015-17", "2016-18"], True),
        (["2015-17", "2018-20"], False),
        (["2015/16", "2016/17"], False),
        (["2015", "2015/16"], True),
        (["2021/22 Q1", "2021/22 Q1-2021/22 Q2"], True),
        (["2016", "2016"], False),
        (["2014-20", "2015", "2018"], True),
        (["2014-20", "2015", "2021"], True),
        ([], False),
    ],
)
def test_periods_that_share_a_day_overlap(labels, expected):
    assert overlapping(map(period_of, labels)) is expected
    assert overlapping(map(period_of, reversed(labels))) is expected


@pytest.mark.parametrize(
    ("label", "expected"), [("2020", False), ("2015/16", False), ("2015-17", True), ("Q1 2015", False)]
)
def test_several_years_put_together_are_longer_than_a_year(label, expected):
    assert longer_than_a_year(period_of(label)) is expected


YEARS = some.integers(1801, 2190)


@given(YEARS)
def test_a_financial_year_begins_where_the_one_before_ends(year):
    one, other = (period_of(f"{y}/{(y + 1) % 100:02}") for y in (year, year + 1))
    assert (other.start - one.end).days == 1
    assert not overlapping([one, other])


@given(YEARS, some.integers(1, 10))
def test_a_range_is_its_years_one_after_the_other(year, more):
    short, long = period_of(f"{year} - {(year + more) % 100:02}"), period_of(f"{year}-{year + more}")
    assert long == Period(period_of(str(year)).start, period_of(str(year + more)).end)
    # 1903-12 alone could be a month.
    assert short == long or more > 10


@given(some.text(max_size=20))
def test_any_text_is_read_or_refused_and_nothing_else(text):
    found = periods_where_understood([text])[text]
    assert found is None or found.start <= found.end


@given(some.dates(date(1801, 1, 1), date(2190, 1, 1)))
def test_every_day_is_read_as_itself(day):
    assert period_of(day.isoformat()) == (day, day)
    assert period_of(f"{day.day} {day:%B} {day.year}") == (day, day)
