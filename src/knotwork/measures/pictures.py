"""A reading as a picture, with its words in the reader's language and the same figures as a table."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from knotwork.core.pages.days import short_months
from knotwork.core.pages.numbers import number_in_words
from knotwork.drawing.deciles import DecileWords, SlopeLine, Tenth, decile_slope
from knotwork.drawing.picture import Cell, Picture
from knotwork.drawing.run_chart import (
    ChartPoint,
    ChartWords,
    Happening,
    RunChartFigures,
    Standing,
    UsualRange,
    run_chart,
)
from knotwork.measures.models import Measure, RivalCause
from knotwork.measures.points import Point
from knotwork.measures.readings import GapReading, TimeReading
from knotwork.methods.indicators.inequality import SlopeIndex
from knotwork.methods.indicators.spc import RunChart

LONGEST_AT_FOOT = 160


def picture_name(measure: Measure) -> str:
    """The name of a measure's picture; part of ids, so different for each measure of a page."""
    return f"measure-{measure.public_id.hex[-12:]}"


def picture_through_time(
    measure: Measure, reading: TimeReading, names: Sequence[str], causes: Sequence[RivalCause]
) -> Picture:
    """The run chart of a measure: with its usual range where there are points enough."""
    figures = RunChartFigures(
        points=_points(reading.points, reading.chart),
        other=_points(reading.other, None),
        ranges=_ranges(reading),
        happenings=_happenings(measure, causes),
        shade=_shade(measure),
        target=measure.target if reading.chart is not None else None,
    )
    words = ChartWords(
        own=names[0],
        other=names[1],
        unit=measure.indicator.unit,
        mean=_("Usual level"),
        usual=_("Usual range"),
        target=_("Target"),
        shade=_("Time of the work"),
        improvement=_("Better than usual"),
        concern=_("Worse than usual"),
        neutral=_("Not as usual"),
        months=short_months(),
    )
    description = _("%(count)d points from %(first)s to %(last)s.") % {
        "count": len(reading.points),
        "first": reading.points[0].period,
        "last": reading.points[-1].period,
    }
    return run_chart(
        figures,
        words,
        _table(reading, names),
        name=picture_name(measure),
        title=measure.title,
        description=description,
    )


def picture_by_decile(measure: Measure, reading: GapReading, names: Sequence[str]) -> Picture:
    """The tenths of a measure with the line through them."""
    tenths = [
        Tenth(middle, row.value, row.lower, row.upper)
        for middle, row in zip(reading.result["middles"], reading.points, strict=True)
        if row.value is not None
    ]
    words = DecileWords(
        own=names[0],
        other=names[1],
        unit=measure.indicator.unit,
        gap=gap_in_words(reading.own),
        most=_("Most deprived tenth"),
        least=_("Least deprived tenth"),
    )
    rows = tuple((int(row.category), row.value, row.lower, row.upper) for row in reading.points)
    columns = (_("Tenth (1 is the most deprived)"), names[0], _("Low"), _("High"))
    return decile_slope(
        tenths,
        _line(reading.own),
        words,
        (columns, rows),
        name=picture_name(measure),
        texts=(measure.title, _("Ten points, from the most to the least deprived, and a line through them.")),
        beside=_line(reading.other) if reading.other is not None and not reading.other.reason else None,
    )


def gap_in_words(found: SlopeIndex) -> str:
    """The gap with its limits: *7.9 (6.3 to 9.5)*."""
    way = -1 if found.sii < 0 else 1
    gap = number_in_words(way * found.sii, 1)
    if found.lower != found.lower:  # NaN: no limits were supplied
        return gap
    low, high = (number_in_words(limit, 1) for limit in sorted((way * found.lower, way * found.upper)))
    return _("%(gap)s (%(low)s to %(high)s)") % {"gap": gap, "low": low, "high": high}


def _line(found: SlopeIndex) -> SlopeLine:
    return SlopeLine(found.intercept, found.intercept + found.sii)


def _points(points: Sequence[Point], chart: RunChart | None) -> tuple[ChartPoint, ...]:
    return tuple(
        ChartPoint(row.middle, row.value, row.lower, row.upper, _standing(chart, at))
        for at, row in enumerate(points)
    )


def _standing(chart: RunChart | None, at: int) -> Standing:
    found = "" if chart is None else str(chart.direction[at])
    standings: dict[str, Standing] = {
        "improvement": "improvement",
        "concern": "concern",
        "neutral": "neutral",
    }
    return standings.get(found, "")


def _ranges(reading: TimeReading) -> tuple[UsualRange, ...]:
    """One for each part of the chart between new beginnings."""
    chart = reading.chart
    if chart is None:
        return ()
    found = []
    for _segment, part in groupby(range(len(reading.points)), key=lambda at: int(chart.segment[at])):
        places = list(part)
        first, last = places[0], places[-1]
        found.append(
            UsualRange(
                reading.points[first].period_from,
                reading.points[last].period_until,
                float(chart.mean[first]),
                float(chart.lower[first]),
                float(chart.upper[first]),
            )
        )
    return tuple(one for one in found if one.low <= one.high)


def _happenings(measure: Measure, causes: Sequence[RivalCause]) -> tuple[Happening, ...]:
    found = [Happening(one.from_date, _short(one.words)) for one in causes if one.from_date is not None]
    found += [
        Happening(one.from_date, _("A new beginning of the chart. %(cause)s") % {"cause": one.cause})
        for one in measure.rebases.all()
    ]
    if measure.expected_from is not None:
        found.append(Happening(measure.expected_from, _("From here on a change was expected.")))
    return tuple(found)


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= LONGEST_AT_FOOT else line[: LONGEST_AT_FOOT - 1].rstrip() + "…"


def _shade(measure: Measure) -> tuple[date, date] | None:
    if measure.work_began is None or measure.work_ended is None:
        return None
    return measure.work_began, measure.work_ended


def _table(
    reading: TimeReading, names: Sequence[str]
) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    """Period, value, limits where there are any, the area beside, and whether the point stands out."""
    has_limits = any(row.has_limits for row in reading.points)
    other = {(row.period_from, row.period_until): row.value for row in reading.other}
    columns = [_("Period"), names[0]]
    columns += [_("Low"), _("High")] if has_limits else []
    columns += [names[1]] if other else []
    columns += [_("Stands out")] if reading.chart is not None else []
    rows: list[tuple[Cell, ...]] = []
    for at, row in enumerate(reading.points):
        cells: list[Cell] = [row.period, row.value]
        cells += [row.lower, row.upper] if has_limits else []
        cells += [other.get((row.period_from, row.period_until))] if other else []
        cells += [_flag(str(reading.chart.flag[at]))] if reading.chart is not None else []
        rows.append(tuple(cells))
    return tuple(columns), tuple(rows)


def _flag(code: str) -> str:
    return {
        "outside": _("outside the usual range"),
        "trend": _("one of seven in one direction"),
        "two_of_three": _("two of three near the edge"),
        "shift": _("one of seven on one side"),
    }.get(code, "")
