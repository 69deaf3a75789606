"""Small true things of this room to test with, made by its own services."""

from datetime import date
from typing import Any
from uuid import UUID

from knotwork.core.analyses.services import run_now
from knotwork.measures import services
from knotwork.measures.analyses import KIND
from knotwork.measures.models import Measure
from knotwork.measures.words import Choice, IndicatorWords, ObservationRow
from knotwork.programmes.models import Place, Programme, Stage
from tests.builders import a_place
from tests.programmes.build import ADMINISTRATOR

BEFORE = (41.2, 40.1, 42.6, 41.5, 39.4, 40.8, 43.0, 41.9, 40.2, 42.1, 40.7, 39.9)
AFTER = (48.8, 50.2, 51.9, 50.6, 52.4, 51.1, 53.0, 50.9, 52.2)
TRIPS = BEFORE + AFTER


def an_indicator(programme: Programme | None, values: Any = TRIPS, **words: Any) -> UUID:
    """An indicator with monthly figures of Northvale from January 2025 on."""
    given = {
        "key": "trips",
        "name": "Trips after four",
        "source": "Northvale Buses",
        "polarity": "high",
    } | words
    made = services.hold_indicator(
        IndicatorWords(**given), by=ADMINISTRATOR, programme_id=programme.pk if programme else None
    )
    services.hold_observations(made.public_id, monthly(values), by=ADMINISTRATOR)
    return made.public_id


def monthly(values: Any, area: str = "northvale", name: str = "Northvale") -> list[ObservationRow]:
    """One figure for each month from January 2025 on."""
    return [
        ObservationRow(area, f"{2025 + at // 12}-{at % 12 + 1:02d}", value, area_name=name)
        for at, value in enumerate(values)
    ]


def yearly(limits: Any, first: int = 2020, area: str = "northvale", **words: Any) -> list[ObservationRow]:
    """One figure with limits for each year."""
    return [
        ObservationRow(area, str(first + at), value, low, high, area_name=area.title(), **words)
        for at, (value, low, high) in enumerate(limits)
    ]


def a_choice(**words: Any) -> Choice:
    given = {
        "indicator_key": "trips",
        "area_code": "northvale",
        "why": "If people can get home, they can stay.",
        "visibility": Stage.PUBLIC.value,
    } | words
    return Choice(**given)


def a_measure(place: Place | None = None, *, values: Any = TRIPS, **words: Any) -> Measure:
    """A public measure of a place, not worked out yet."""
    where = place or a_place()
    if "indicator_key" not in words:
        an_indicator(where.programme, values)
    public_id = services.choose_measure(where.pk, a_choice(**words), by=ADMINISTRATOR)
    return Measure.objects.get(public_id=public_id)


def worked_out(measure: Measure) -> Measure:
    """The same measure, with its result."""
    run_now(KIND, measure.public_id)
    return Measure.objects.select_related("indicator", "programme", "place").get(pk=measure.pk)


CHANGED_FROM = date(2026, 1, 1)
