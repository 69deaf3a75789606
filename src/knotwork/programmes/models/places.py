from typing import ClassVar

from django.db import models

from knotwork.core import clock
from knotwork.core.identifiers import new_public_id
from knotwork.programmes.models.areas import Area
from knotwork.programmes.models.organisations import Organisation
from knotwork.programmes.models.programmes import Programme
from knotwork.programmes.models.visibility import Stage


class Theme(models.Model):
    """A word under which places with alike issues find each other; shared by programmes."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=60, unique=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """A site of one programme with its one knotty issue, in plain words.

    A sensitive place has its own setting: by invitation, no open box, nothing shown before it is checked, help links
    and a quick exit, a named safeguarding lead (``help_text`` and ``help_url`` are shown there).
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="places")
    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=120)
    issue = models.TextField(blank=True)
    sponsor = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="sponsored_places", null=True, blank=True
    )
    themes = models.ManyToManyField(Theme, related_name="places", blank=True)
    is_sensitive = models.BooleanField(default=False)
    help_text = models.TextField(blank=True)
    help_url = models.URLField(blank=True)
    visibility = models.CharField(max_length=10, choices=Stage.choices, default=Stage.PROGRAMME)
    order = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["order", "name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme", "slug"], name="place_slug_per_programme")
        ]

    def __str__(self) -> str:
        return self.name


class PlaceArea(models.Model):
    """That a place is made of an area, for a time: ``[from_date, until_date)``, open at either end when blank."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="place_areas")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="place_areas")
    from_date = models.DateField(null=True, blank=True)
    until_date = models.DateField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["order", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["place", "area"], name="place_area_once")
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.area}"
