"""How many people live in a place's areas, by age: what those who took part are compared with."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max, Q

from knotwork.core import clock
from knotwork.programmes.models import AreaPopulation, PlaceArea


@dataclass(frozen=True)
class AgeGroup:
    """How many people are of an age: ``[from_age, to_age]``, open above when ``to_age`` is none."""

    from_age: int
    to_age: int | None
    people: int


@dataclass(frozen=True)
class AreaPeople:
    """An area with its people by age."""

    code: str
    name: str
    ages: tuple[AgeGroup, ...]

    @property
    def people(self) -> int:
        return sum(age.people for age in self.ages)


@dataclass(frozen=True)
class PlacePopulation:
    """The people of the areas that a place is made of now, of one year and source."""

    areas: tuple[AreaPeople, ...]
    year: int
    source: str

    def people_aged(self, from_age: int, to_age: int | None) -> int | None:
        """How many are of these ages; ``None`` where the figures' own age groups cannot say."""
        whole = 0
        for area in self.areas:
            within = [age for age in area.ages if _is_within(age, from_age, to_age)]
            if not within or any(_cuts_across(age, from_age, to_age) for age in area.ages):
                return None
            whole += sum(age.people for age in within)
        return whole


def _is_within(age: AgeGroup, from_age: int, to_age: int | None) -> bool:
    starts = age.from_age >= from_age
    return starts and (to_age is None or (age.to_age is not None and age.to_age <= to_age))


def _cuts_across(age: AgeGroup, from_age: int, to_age: int | None) -> bool:
    touches = (to_age is None or age.from_age <= to_age) and (age.to_age is None or age.to_age >= from_age)
    return touches and not _is_within(age, from_age, to_age)


def population_of_place(place: UUID) -> PlacePopulation | None:
    """The newest figures that all present areas of the place have; ``None`` where one of them has none."""
    today = clock.now().date()
    now = Q(until_date__isnull=True) | Q(until_date__gt=today)
    begun = Q(from_date__isnull=True) | Q(from_date__lte=today)
    parts = PlaceArea.objects.filter(now, begun, place__public_id=place).select_related("area")
    areas = [part.area for part in parts.order_by("order", "pk")]
    rows = AreaPopulation.objects.filter(area__in=areas)
    newest = rows.values("area").annotate(newest=Max("year")).values_list("newest", flat=True)
    if not areas or len(newest) < len(areas):
        return None
    year = min(newest)
    of_year = list(rows.filter(year=year))
    people = [
        AreaPeople(
            area.code,
            area.name,
            tuple(
                AgeGroup(row.from_age, row.to_age, row.people) for row in of_year if row.area_id == area.pk
            ),
        )
        for area in areas
    ]
    if not all(area.ages for area in people):
        return None
    return PlacePopulation(tuple(people), year, of_year[0].source)
