"""Periods as public tables write them: '2015 - 17', '2015/16', '2019/20 Q1', 'Jan 2020', and when they begin
and end.

Read as follows; spaces round a dash or slash do not count, so '2015 - 17' is '2015-17'.

| label | meaning |
|---|---|
| 2019 | the calendar year |
| 2015/16, 2015/2016 | the financial year, 1 April 2015 to 31 March 2016 |
| 2015-17, 2015-2017 | the calendar years 2015 to 2017; with two figures at most ten years on |
| 2020/21-24/25 | the financial years from one to the other |
| 2019 Q1, Q1 2019 | January to March 2019 |
| 2019/20 Q1 | the first quarter of the financial year: April to June 2019 |
| 2021/22 Q1-2022/23 Q2 | from the one quarter to the other |
| Jan 2020, January 2020, 2020 Jan | the month |
| Aug 2016 - Jul 2019 | the months from the one to the other |
| 2020-01-05, 5 Jan 2020 | the day |
| 2016-04 | the month, as no year within ten ends in 04; all such labels are months where one is |

'2001-03' by itself is 2001 to 2003; among labels such as '2001-01' it is March 2001. Days such as 05/01/2020
are refused: nobody can say whether May or January is meant.

>>> period_of("2015 - 17")
Period(start=datetime.date(2015, 1, 1), end=datetime.date(2017, 12, 31))
>>> period_of("2019/20 Q1").end
datetime.date(2019, 6, 30)
>>> overlapping([period_of("2015-17"), period_of("2016-18")])
True
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import NamedTuple

__all__ = [
    "Period",
    "label_of",
    "longer_than_a_year",
    "overlapping",
    "period_of",
    "periods_of",
    "periods_where_understood",
]

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
FULL_MONTHS = {
    *MONTHS, "january", "february", "march", "april", "june", "july", "august", "september", "sept",
    "october", "november", "december",
}  # fmt: skip
YEAR = r"(?P<year>(?:1[89]|20|21)\d\d)"
FINANCIAL = rf"(?:fy ?)?{YEAR}/(?P<next>\d\d(?:\d\d)?)"
SHORT_YEAR = re.compile(r"(?P<short>\d\d)(?:/(?P<next>\d\d))?", re.ASCII)
LONG_YEAR = 366
LONGEST_SHORT_RANGE = 10
MONTH_OR_RANGE = re.compile(rf"{YEAR}-(?P<month>0[1-9]|1[0-2])", re.ASCII)


class Period(NamedTuple):
    """The first and the last day."""

    start: date
    end: date


def period_of(label: str) -> Period:
    """The period that a label means by itself; ``ValueError`` for one that is not understood."""
    return periods_of([label])[label]


def periods_of(labels: Iterable[str]) -> dict[str, Period]:
    """The period of each different label of one series: '2001-03' is a month where another label can only be
    one."""
    read = periods_where_understood(labels)
    for label, period in read.items():
        if period is None:
            raise ValueError(f"The period {label!r} is not understood.")
    return {label: period for label, period in read.items() if period is not None}


def periods_where_understood(labels: Iterable[str]) -> dict[str, Period | None]:
    """The same, with None for a label that is not understood."""
    different = dict.fromkeys(labels)
    months = any(_only_a_month(label_of(label)) for label in different)
    return {label: _read(label_of(label), months=months) for label in different}


def overlapping(periods: Iterable[Period]) -> bool:
    """Whether any two different periods share a day, as 2015-17 and 2016-18 do, and quarters that add up."""
    last = date.min
    for period in sorted(set(periods)):
        if period.start <= last:
            return True
        last = period.end
    return False


def longer_than_a_year(period: Period) -> bool:
    """Whether several years were put together."""
    return (period.end - period.start).days + 1 > LONG_YEAR


def label_of(label: str) -> str:
    """The label in one spelling: no spaces round dashes and slashes, one kind of dash."""
    plain = re.sub(r"[\u2010-\u2015\u2212]", "-", " ".join(label.split()))
    plain = re.sub(r"(?<=\w) to (?=\w)", "-", plain)
    return re.sub(r" ?([-/]) ?", r"\1", plain)


def _read(label: str, *, months: bool) -> Period | None:
    return (_month_in_figures(label) if months else None) or _one(label) or _from_to(label)


def _only_a_month(label: str) -> bool:
    """2016-04: nobody puts the years from 2016 to 2104 together."""
    matched = MONTH_OR_RANGE.fullmatch(label)
    return matched is not None and _later_year(int(matched["year"]), matched["month"]) is None


def _later_year(year: int, short: str) -> int | None:
    """The year within ten years after ``year`` that is written with these two figures."""
    after = (int(short) - year) % 100
    return year + after if 0 < after <= LONGEST_SHORT_RANGE else None


def _month_in_figures(label: str) -> Period | None:
    matched = MONTH_OR_RANGE.fullmatch(label)
    return _months(int(matched["year"]), int(matched["month"])) if matched else None


def _from_to(label: str) -> Period | None:
    """Two ends with a dash between; the second may leave the century out."""
    for dash in re.finditer("-", label):
        first = _one(label[: dash.start()])
        last = first and (_one(label[dash.end() :]) or _shortened(label[dash.end() :], first))
        if first and last and first.start < last.start:
            return Period(first.start, last.end)
    return None


def _shortened(label: str, first: Period) -> Period | None:
    """17 after 2015, 24/25 after 2020/21. The end of a range is of the kind of its beginning."""
    matched = SHORT_YEAR.fullmatch(label)
    year = _later_year(first.start.year, matched["short"]) if matched else None
    if matched is None or year is None or (first.start.month == 4) != bool(matched["next"]):
        return None
    return _one(f"{year}/{matched['next']}" if matched["next"] else str(year))


def _one(label: str) -> Period | None:
    """A year, a financial year, a quarter, a month or a day."""
    for pattern, read in READINGS:
        if matched := pattern.fullmatch(label.lower()):
            return read(matched)
    return None


def _year(found: re.Match[str]) -> Period:
    return _months(int(found["year"]), 1, 12)


def _financial_year(found: re.Match[str]) -> Period | None:
    year = int(found["year"])
    follows = str(year + 1).endswith(found["next"])
    return _months(year, 4, 12) if follows else None


def _quarter(found: re.Match[str]) -> Period:
    return _months(int(found["year"]), 3 * int(found["quarter"]) - 2, 3)


def _financial_quarter(found: re.Match[str]) -> Period | None:
    whole = _financial_year(found)
    return whole and _months(whole.start.year, 3 * int(found["quarter"]) + 1, 3)


def _month(found: re.Match[str]) -> Period | None:
    word = re.search(r"[a-z]+", found[0])
    known = word is not None and word[0] in FULL_MONTHS
    return _months(int(found["year"]), MONTHS.index(found["month"]) + 1) if known else None


def _day(found: re.Match[str]) -> Period | None:
    month = found["month"]
    try:
        day = date(
            int(found["year"]), int(month) if month.isdigit() else MONTHS.index(month) + 1, int(found["day"])
        )
    except ValueError:
        return None
    return Period(day, day)


def _months(year: int, month: int, count: int = 1) -> Period:
    """So many months from a month on; months beyond 12 are of the next year."""
    beyond = month - 1 + count
    first = date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    return Period(first, date(year + beyond // 12, beyond % 12 + 1, 1) - timedelta(days=1))


READINGS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Period | None]], ...] = tuple(
    (re.compile(pattern, re.ASCII), read)
    for pattern, read in (
        (YEAR, _year),
        (FINANCIAL, _financial_year),
        (rf"{YEAR} ?q(?P<quarter>[1-4])", _quarter),
        (rf"q(?P<quarter>[1-4]) {YEAR}", _quarter),
        (rf"{FINANCIAL} ?q(?P<quarter>[1-4])", _financial_quarter),
        (rf"q(?P<quarter>[1-4]) {FINANCIAL}", _financial_quarter),
        (rf"{MONTH}[ -]{YEAR}", _month),
        (rf"{YEAR}[ -]{MONTH}", _month),
        (rf"{YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?:[t ][\d:.]+(?:z|[+-][\d:]+)?)?", _day),
        (rf"(?P<day>\d\d?) {MONTH} {YEAR}", _day),
    )
)
