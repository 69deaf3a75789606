from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from knotwork.core.identifiers import new_public_id


class Organisation(models.Model):
    """A body that takes part somewhere; shared by all programmes of the installation."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    name = models.CharField(max_length=200, unique=True)
    note = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.name


class Part(models.TextChoices):
    """What an organisation is to a programme or a place."""

    FOUNDER = "founder", _("founder and partner")
    PARTNER = "partner", _("partner")
    CONVERSATION = "conversation", _("part of the founding conversation")
    SOURCE = "source", _("gave the data")


class Partnership(models.Model):
    """An organisation's part in a programme, or in one place of it."""

    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.CASCADE, related_name="partnerships"
    )
    place = models.ForeignKey(
        "programmes.Place", on_delete=models.CASCADE, related_name="partnerships", null=True, blank=True
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="partnerships")
    part = models.CharField(max_length=20, choices=Part.choices)
    order = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["order", "organisation__name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["programme", "place", "organisation", "part"],
                nulls_distinct=False,
                name="one_part_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.part}"
