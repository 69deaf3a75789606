"""What is measured: an indicator, its series by area, and their observations. Shared by places; a choice is not."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from knotwork.core import clock
from knotwork.core.identifiers import new_public_id
from knotwork.programmes.models import Programme


class Polarity(models.TextChoices):
    """Which way is better. More recorded cases may be good news (found earlier) or bad: then it depends."""

    HIGH = "high", _("higher is better")
    LOW = "low", _("lower is better")
    DEPENDS = "depends", _("it depends")


class Indicator(models.Model):
    """One thing that can be measured the same way in many areas, in one edition (``vintage``) of its source.

    Two editions of one source are two indicators: their figures differ, and must not be strung together. Without a
    programme it is held for everybody; with one, for whoever may see that programme. ``is_indirect``: its values are
    standardised to the country's own level of each year, so they have no line through time.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )
    key = models.SlugField(max_length=120)
    name = models.CharField(max_length=300)
    definition = models.TextField(blank=True)
    unit = models.CharField(max_length=120, blank=True)
    polarity = models.CharField(max_length=8, choices=Polarity.choices, default=Polarity.DEPENDS)
    source = models.CharField(max_length=300)
    source_url = models.URLField(max_length=300, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    attribution = models.TextField(blank=True)
    vintage = models.CharField(max_length=120, blank=True)
    is_indirect = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "vintage"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["programme", "key"], nulls_distinct=False, name="indicator_key_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Series(models.Model):
    """An indicator for one area, sex and age, and one category where it is divided further (a tenth by deprivation).

    ``area_code`` is the code of an official area, or any other short name where the area has none.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="series")
    area_code = models.CharField(max_length=20)
    area_name = models.CharField(max_length=200, blank=True)
    area_type = models.CharField(max_length=80, blank=True)
    sex = models.CharField(max_length=40, blank=True)
    age = models.CharField(max_length=120, blank=True)
    category_type = models.CharField(max_length=160, blank=True)
    category = models.CharField(max_length=160, blank=True)

    class Meta:
        verbose_name_plural = "series"
        ordering: ClassVar[list[str]] = ["area_name", "sex", "age", "category"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["indicator", "area_code", "sex", "age", "category_type", "category"],
                name="series_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.area_name or self.area_code}: {self.indicator}"


class Observation(models.Model):
    """A value of a series for the period ``[period_from, period_until)``, with what the source says of its limits.

    ``period`` is the source's own label. Limits are of 95 %; missing ones were not supplied.
    """

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="observations")
    period = models.CharField(max_length=60)
    period_from = models.DateField()
    period_until = models.DateField()
    value = models.FloatField(null=True)
    lower = models.FloatField(null=True)
    upper = models.FloatField(null=True)
    count = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["period_from", "period_until"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["series", "period_from", "period_until"], name="observation_once")
        ]

    def __str__(self) -> str:
        return f"{self.period}: {self.value}"
