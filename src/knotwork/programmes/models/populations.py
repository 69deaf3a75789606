from typing import ClassVar

from django.db import models

from knotwork.programmes.models.areas import Area


class AreaPopulation(models.Model):
    """How many people of an age live in an area, by an official source: ages ``[from_age, to_age]``, open when blank.

    ``year`` is the year of the figures, which are those of its middle.
    """

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="populations")
    year = models.PositiveSmallIntegerField()
    from_age = models.PositiveSmallIntegerField()
    to_age = models.PositiveSmallIntegerField(null=True, blank=True)
    people = models.PositiveIntegerField()
    source = models.CharField(max_length=300)
    licence = models.CharField(max_length=120)

    class Meta:
        ordering: ClassVar[list[str]] = ["area", "year", "from_age"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["area", "year", "from_age"], name="area_population_once")
        ]

    def __str__(self) -> str:
        ages = f"{self.from_age} to {self.to_age}" if self.to_age is not None else f"{self.from_age} or over"
        return f"{self.people} people aged {ages} in {self.area} in {self.year}"
