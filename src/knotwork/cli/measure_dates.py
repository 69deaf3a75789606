"""When a row belongs: dates, times and periods as people write them, in order.

'2020-01-05', '2020-01-05 08:00', 'Jan 2020', '2019/20 Q1', '2015 - 17' (see
:mod:`knotwork.formats.series_periods`). A time with an offset is taken to UTC.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import polars as pl

    from knotwork.formats.series_periods import Period

__all__ = ["Moment", "moment_of", "moments_of", "overlapping_groups"]

ISO = re.compile(r"\d{4}-\d\d-\d\d([T ].+)?", re.ASCII)


class Moment(NamedTuple):
    """When it begins, and from which to which day it is."""

    at: datetime
    period: Period


def moment_of(label: str) -> Moment | None:
    """The moment that a label means by itself; None for one that is not understood."""
    return moments_of([label])[label]


def moments_of(labels: Iterable[str]) -> dict[str, Moment | None]:
    """The moment of each different label; together they say whether 2001-03 is a month."""
    from knotwork.formats.series_periods import periods_where_understood

    different = list(dict.fromkeys(labels))
    found = {label: _iso(label) for label in different}
    for label, period in periods_where_understood(one for one in different if found[one] is None).items():
        found[label] = period and Moment(datetime.combine(period.start, datetime.min.time()), period)
    return found


def _iso(label: str) -> Moment | None:
    from knotwork.formats.series_periods import Period

    text = label.strip()
    try:
        at = datetime.fromisoformat(text) if ISO.fullmatch(text) else None
    except ValueError:
        at = None
    if at is None:
        return None
    at = at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at
    return Moment(at, Period(at.date(), at.date()))


def overlapping_groups(rows: pl.DataFrame, group: str) -> set[str]:
    """The groups (text) whose different periods, in the columns start and end, share a day."""
    import polars as pl

    moments = rows.select(group, "start", "end").unique().sort(group, "start", "end")
    before = pl.col("end").cum_max().shift(1).over(group)
    return set(moments.filter(pl.col("start") <= before)[group])
