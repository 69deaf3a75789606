from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from knotwork.core import clock
from knotwork.core.identifiers import new_public_id
from knotwork.programmes.models.duties import PublicDuties
from knotwork.programmes.models.visibility import Stage


class Provenance(models.TextChoices):
    """Where a programme's content comes from; shown on every page of it."""

    OWN = "own", _("this programme's own work")
    REAL_FACTS = "real_facts", _("real facts with their sources")
    OPEN_DATA = "open_data", _("open data, with attribution")
    MADE_UP = "made_up", _("made up, to show how Knotwork works")


class Programme(PublicDuties):
    """A set of places that take on knotty issues together, with its thesis, its aims and those who oversee it.

    ``sites_stated`` is the number of sites that the sources state; it may differ from the number listed, and both
    are shown. ``mailbox`` is where 'contact the team' goes.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80, blank=True)
    summary = models.TextField(blank=True)
    thesis = models.TextField(blank=True)
    country = models.CharField(max_length=80, blank=True)
    began = models.PositiveSmallIntegerField(null=True, blank=True)
    overseen_by = models.TextField(blank=True)
    bid_sponsor = models.TextField(blank=True)
    sites_stated = models.PositiveSmallIntegerField(null=True, blank=True)
    mailbox = models.EmailField(max_length=254, blank=True)
    attribution = models.TextField(blank=True)
    language = models.CharField(max_length=12, default="en")
    time_zone = models.CharField(max_length=60, default="Europe/London")
    provenance = models.CharField(max_length=12, choices=Provenance.choices, default=Provenance.OWN)
    visibility = models.CharField(max_length=10, choices=Stage.choices, default=Stage.PROGRAMME)
    order = models.PositiveSmallIntegerField(default=100)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["order", "name"]

    def __str__(self) -> str:
        return self.short_name or self.name


class Aim(models.Model):
    """One of a programme's aims, in its order."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="aims")
    order = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering: ClassVar[list[str]] = ["order"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme", "order"], name="one_aim_per_order")
        ]

    def __str__(self) -> str:
        return self.text


class Fact(models.Model):
    """Something known about a programme or a place, with the source that says so."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="facts")
    place = models.ForeignKey(
        "programmes.Place", on_delete=models.CASCADE, related_name="facts", null=True, blank=True
    )
    order = models.PositiveSmallIntegerField(default=0)
    text = models.TextField()
    source = models.CharField(max_length=300)

    class Meta:
        ordering: ClassVar[list[str]] = ["order", "id"]

    def __str__(self) -> str:
        return self.text


class FormerAddress(models.Model):
    """A slug that a programme or a place had before; the old address leads to the new one."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="former_addresses")
    place = models.ForeignKey(
        "programmes.Place", on_delete=models.CASCADE, null=True, blank=True, related_name="former_addresses"
    )
    slug = models.SlugField(max_length=80)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["programme", "slug"],
                condition=models.Q(place__isnull=False),
                name="former_place_once",
            ),
            models.UniqueConstraint(
                fields=["slug"], condition=models.Q(place__isnull=True), name="former_programme_once"
            ),
        ]

    def __str__(self) -> str:
        return self.slug
