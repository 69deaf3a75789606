"""The figures of one measure as they are held, in order of time or from the most to the least deprived tenth."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from knotwork.formats.series import Period, longer_than_a_year, overlapping
from knotwork.measures.models import Measure, Observation, Series
from knotwork.programmes.models import Area

DECILE = "Deprivation decile"
"""The category type of series that are divided into tenths by deprivation; their categories are 1 (most) to 10."""

_SHORTEST_YEAR = timedelta(days=360)


@dataclass(frozen=True)
class Point:
    """One period of a series; ``category`` is empty unless the series is divided."""

    period: str
    period_from: date
    period_until: date
    value: float | None
    lower: float | None
    upper: float | None
    count: float | None
    denominator: float | None
    category: str = ""

    @property
    def middle(self) -> date:
        """The day on which it is drawn."""
        return self.period_from + (self.period_until - self.period_from) / 2

    @property
    def has_limits(self) -> bool:
        return self.lower is not None and self.upper is not None


def points_of(measure: Measure, area_code: str) -> list[Point]:
    """The figures of an area for the measure's indicator, sex and age, not divided further, in order of time."""
    return _points(measure, Q(series__area_code=area_code, series__category_type=""))


def tenths_of(measure: Measure, area_code: str) -> list[Point]:
    """The newest figures of an area by tenths, the most deprived first."""
    divided = Q(series__area_code=area_code, series__category_type=DECILE)
    rows = [row for row in _points(measure, divided) if row.category.isdigit()]
    newest = max((row.period_until for row in rows), default=None)
    return sorted((row for row in rows if row.period_until == newest), key=lambda row: int(row.category))


def area_name(measure: Measure, area_code: str) -> str:
    """How the source calls the area, else its official name, else its code."""
    of_source = Series.objects.filter(indicator_id=measure.indicator_id, area_code=area_code).exclude(
        area_name=""
    )
    name = of_source.values_list("area_name", flat=True).first()
    return name or Area.objects.filter(code=area_code).values_list("name", flat=True).first() or area_code


def periods_overlap(points: list[Point]) -> bool:
    """Whether periods share days or put several years together, so that neighbours are no separate evidence."""
    periods = [Period(row.period_from, row.period_until - timedelta(days=1)) for row in points]
    return overlapping(periods) or any(longer_than_a_year(period) for period in periods)


def is_yearly(points: list[Point]) -> bool:
    """Whether every period lasts a year or longer."""
    return all(row.period_until - row.period_from >= _SHORTEST_YEAR for row in points)


def _points(measure: Measure, where: Q) -> list[Point]:
    rows = Observation.objects.filter(
        where,
        series__indicator_id=measure.indicator_id,
        series__sex=measure.sex,
        series__age=measure.age,
    ).order_by("period_from", "period_until")
    names = ("period", "period_from", "period_until", "value", "lower", "upper", "count", "denominator")
    return [Point(*row) for row in rows.values_list(*names, "series__category")]
