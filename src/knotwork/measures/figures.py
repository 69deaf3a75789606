"""Figures on their way into the tables: which are new, which differ, which are held already."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from typing import NamedTuple

from knotwork.formats.series import periods_of
from knotwork.measures.models import Observation, Series
from knotwork.measures.words import Changes, ObservationRow
from knotwork.programmes.services.made import refuse

AT_ONCE = 2_000


class SeriesKey(NamedTuple):
    """What tells one series of an indicator from the next."""

    area_code: str
    sex: str
    age: str
    category_type: str
    category: str


@dataclass(frozen=True)
class Figure:
    """What is held of one period."""

    period: str
    value: float | None
    lower: float | None
    upper: float | None
    count: float | None
    denominator: float | None
    note: str


class AreaNames(NamedTuple):
    """How the source calls an area, and what kind of area it is."""

    name: str
    kind: str


COLUMNS = tuple(field.name for field in fields(Figure))
Days = tuple[date, date]
Figures = dict[tuple[SeriesKey, Days], Figure]


@dataclass(frozen=True)
class Brought:
    """Figures as they came: each moment of each series once, and the names of their areas."""

    figures: Mapping[tuple[SeriesKey, Days], Figure]
    areas: Mapping[str, AreaNames]


@dataclass(frozen=True)
class Differences:
    """Those that are new or differ, and how many are of each kind."""

    new: Figures
    different: Figures
    areas: Mapping[str, AreaNames]
    changes: Changes


def figures_of(rows: Iterable[ObservationRow]) -> Brought:
    """Rows as figures; of two for one moment the later one counts. Refused where a period is not understood."""
    listed = list(rows)
    try:
        periods = periods_of(row.period for row in listed if row.period_from is None)
    except ValueError as problem:
        raise refuse(str(problem)) from problem
    figures: Figures = {}
    areas: dict[str, AreaNames] = {}
    for row in listed:
        if row.period_from is not None and row.period_until is not None:
            days = (row.period_from, row.period_until)
        else:
            period = periods[row.period]
            days = (period.start, period.end + timedelta(days=1))
        key = SeriesKey(row.area_code, row.sex, row.age, row.category_type, row.category)
        figures[key, days] = Figure(
            row.period, row.value, row.lower, row.upper, row.count, row.denominator, row.note[:300]
        )
        if row.area_name or row.area_code not in areas:
            areas[row.area_code] = AreaNames(row.area_name, row.area_type)
    return Brought(figures, areas)


def differences(indicator_id: int | None, brought: Brought) -> Differences:
    """Held against what is there; ``None`` for an indicator that is not there yet."""
    held = {} if indicator_id is None else _held(indicator_id)
    new = {key: figure for key, figure in brought.figures.items() if key not in held}
    different = {
        key: figure for key, figure in brought.figures.items() if key in held and held[key] != figure
    }
    unchanged = len(brought.figures) - len(new) - len(different)
    return Differences(new, different, brought.areas, Changes(len(new), len(different), unchanged))


def write_figures(indicator_id: int, found: Differences) -> None:
    """Write what is new and what differs."""
    wanted = found.new | found.different
    series = _series_of(indicator_id, {key for key, _ in wanted}, found.areas)
    rows = [
        Observation(series_id=series[key], period_from=days[0], period_until=days[1], **asdict(figure))
        for (key, days), figure in wanted.items()
    ]
    Observation.objects.bulk_create(
        rows,
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["series", "period_from", "period_until"],
        update_fields=list(COLUMNS),
    )


def _held(indicator_id: int) -> Figures:
    rows = Observation.objects.filter(series__indicator_id=indicator_id).values_list(
        *(f"series__{name}" for name in SeriesKey._fields), "period_from", "period_until", *COLUMNS
    )
    width = len(SeriesKey._fields)
    return {
        (SeriesKey(*row[:width]), (row[width], row[width + 1])): Figure(*row[width + 2 :])
        for row in rows.iterator(chunk_size=AT_ONCE)
    }


def _series_of(
    indicator_id: int, keys: set[SeriesKey], areas: Mapping[str, AreaNames]
) -> dict[SeriesKey, int]:
    """The series by their keys; missing ones are made, in an order that does not depend on the file's."""
    there = _series_there(indicator_id)
    Series.objects.bulk_create(
        [
            Series(
                indicator_id=indicator_id,
                area_name=areas[key.area_code].name[:200],
                area_type=areas[key.area_code].kind[:80],
                **key._asdict(),
            )
            for key in sorted(keys - there.keys())
        ],
        batch_size=AT_ONCE,
    )
    return _series_there(indicator_id)


def _series_there(indicator_id: int) -> dict[SeriesKey, int]:
    rows = Series.objects.filter(indicator_id=indicator_id).values_list(*SeriesKey._fields, "pk")
    return {SeriesKey(*row[:-1]): row[-1] for row in rows}
