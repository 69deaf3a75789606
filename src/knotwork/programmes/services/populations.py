"""Hold official figures of how many people live in an area, by age."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.programmes.models import Area, AreaPopulation
from knotwork.programmes.services.made import refuse


@dataclass(frozen=True)
class PopulationFacts:
    """How many people of ages ``[from_age, to_age]`` live in an area, as an official source says."""

    code: str
    year: int
    from_age: int
    to_age: int | None
    people: int
    source: str
    licence: str


def hold_populations(facts: Sequence[PopulationFacts]) -> int:
    """Take figures in, or bring those we hold up to date; how many were new or different.

    They are official, shared by all programmes, and no act of anybody: like areas they leave no event.
    """
    with transaction.atomic():
        areas = {area.code: area for area in Area.objects.filter(code__in={fact.code for fact in facts})}
        unknown = sorted({fact.code for fact in facts} - set(areas))
        if unknown:
            raise refuse(_("No area with the code %(code)s is known here.") % {"code": ", ".join(unknown)})
        held = {
            (row.area_id, row.year, row.from_age): row
            for row in AreaPopulation.objects.filter(area__in=areas.values())
        }
        changed = []
        for fact in facts:
            area = areas[fact.code]
            row = held.get((area.pk, fact.year, fact.from_age))
            figures = {name: value for name, value in vars(fact).items() if name != "code"}
            if row is None or any(getattr(row, name) != value for name, value in figures.items()):
                changed.append(AreaPopulation(area=area, **figures))
        AreaPopulation.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["area", "year", "from_age"],
            update_fields=["to_age", "people", "source", "licence"],
        )
    return len(changed)
