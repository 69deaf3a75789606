"""Who may see what people write: a ladder of four steps, in one base class for all rooms."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """The steps of the ladder, from the writer alone to everybody."""

    ME = "me", _("only me")
    PLACE = "place", _("people of my place")
    PROGRAMME = "programme", _("people of the programme")
    PUBLIC = "public", _("everybody")


class StagedVisibility(models.Model):
    """Something that a person wrote and shows to more people step by step."""

    visibility = models.CharField(max_length=10, choices=Stage.choices, default=Stage.ME)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True
        indexes: ClassVar[list[models.Index]] = []
