"""The analysis of a measure: figures -> ``methods.indicators`` -> a snapshot with its numbers, table and pictures.

When: its state holds the moments at which the choice, or a figure of its indicator, last changed. So nothing is asked
of the figures themselves to know whether a run is due.
"""

from typing import Any
from uuid import UUID

import polars as pl
from django.conf import settings
from django.utils import translation

from knotwork.core.analyses import registry
from knotwork.core.analyses.registry import Outcome
from knotwork.drawing.picture import Picture
from knotwork.measures.models import Measure, Reading
from knotwork.measures.pictures import picture_by_decile, picture_through_time
from knotwork.measures.points import area_name, points_of, tenths_of
from knotwork.measures.querysets import causes_of
from knotwork.measures.readings import GapReading, TimeReading, read_by_decile, read_through_time

KIND = "measure"
LAYOUT = 2
"""Raised when what is kept or drawn changes, so that every measure is worked out anew."""


class MeasureAnalysis:
    """Whether a measure moved by more than the usual ups and downs, its trend, or its gap by deprivation."""

    kind = KIND
    method = "indicators"
    version = "1"

    def subjects(self) -> list[tuple[UUID, str]]:
        """Every measure that stands, and the state of its choice and of its indicator's figures; one query."""
        rows = Measure.objects.filter(withdrawn_at__isnull=True).values_list(
            "public_id", "changed_at", "indicator__changed_at"
        )
        return [(public_id, _state(changed, held)) for public_id, changed, held in rows]

    def run(self, subject: UUID, *, seed: int) -> Outcome:
        """Work one measure out and draw it."""
        measure = Measure.objects.select_related("indicator", "programme", "place").get(public_id=subject)
        state = _state(measure.changed_at, measure.indicator.changed_at)
        reading = _read(measure)
        names = _names(measure)
        return Outcome(
            state=state,
            result=reading.result | {"reading": measure.reading, "names": names},
            tables={"points": _table(reading)},
            pictures=_pictures(measure, reading, names),
            options={"preset": measure.preset, "baseline": measure.baseline or 0},
        )


def register() -> None:
    """Called when the room starts."""
    registry.register(MeasureAnalysis())


def _state(*moments: Any) -> str:
    return " ".join([*(moment.isoformat() for moment in moments), f"layout:{LAYOUT}"])


def _read(measure: Measure) -> TimeReading | GapReading:
    beside = measure.compare_area_code
    if measure.reading == Reading.BY_DECILE:
        return read_by_decile(
            tenths_of(measure, measure.area_code), tenths_of(measure, beside) if beside else []
        )
    rebases = list(measure.rebases.values_list("from_date", flat=True))
    other = points_of(measure, beside) if beside else []
    return read_through_time(measure, points_of(measure, measure.area_code), other, rebases)


def _names(measure: Measure) -> list[str]:
    other = area_name(measure, measure.compare_area_code) if measure.compare_area_code else ""
    return [area_name(measure, measure.area_code), other]


def _pictures(
    measure: Measure, reading: TimeReading | GapReading, names: list[str]
) -> dict[str, tuple[Picture, ...]]:
    """One picture in each language; none while there is nothing to draw."""
    if not reading.points or (isinstance(reading, GapReading) and reading.result["gap"]["sii"] is None):
        return {}
    pictures: dict[str, tuple[Picture, ...]] = {}
    for language in settings.LANGUAGES_OF_PICTURES:
        with translation.override(language):
            if isinstance(reading, GapReading):
                pictures[language] = (picture_by_decile(measure, reading, names),)
            else:
                causes = list(causes_of(measure).exclude(from_date__isnull=True))
                pictures[language] = (picture_through_time(measure, reading, names, causes),)
    return pictures


_COLUMNS: dict[str, Any] = {
    "period": pl.String,
    "category": pl.String,
    "period_from": pl.Date,
    "period_until": pl.Date,
    **dict.fromkeys(("value", "lower", "upper", "count", "denominator"), pl.Float64),
}


def _table(reading: TimeReading | GapReading) -> pl.DataFrame:
    """The figures as they were read, with what the chart says of each, for whoever takes the result apart."""
    points = pl.DataFrame(
        [[getattr(row, name) for name in _COLUMNS] for row in reading.points], schema=_COLUMNS, orient="row"
    )
    if isinstance(reading, GapReading) or reading.chart is None:
        return points
    chart = reading.chart
    return points.with_columns(
        segment=pl.Series(chart.segment),
        mean=pl.Series(chart.mean),
        lower_limit=pl.Series(chart.lower),
        upper_limit=pl.Series(chart.upper),
        flag=pl.Series(chart.flag.tolist(), dtype=pl.String),
        direction=pl.Series(chart.direction.tolist(), dtype=pl.String),
    )
