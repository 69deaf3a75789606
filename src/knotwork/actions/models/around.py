"""What must change around a try-out, or it will not last."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from knotwork.actions.models.try_outs import TryOut
from knotwork.core import clock


class ChangeKey(models.TextChoices):
    """What may have to change around a try-out. The first four hold things in place; the last four turn a system."""

    MONEY = "money", _("Money")
    RULES = "rules", _("Rules")
    DATA = "data", _("Data")
    HABITS = "habits", _("Habits")
    PURPOSE = "purpose", _("Purpose")
    POWER = "power", _("Power")
    RELATIONSHIPS = "relationships", _("Relationships")
    RESOURCES = "resources", _("Resources")


class MustChange(models.Model):
    """One thing that must change around a try-out, or it will not last."""

    try_out = models.ForeignKey(TryOut, on_delete=models.CASCADE, related_name="must_change")
    key = models.CharField(max_length=14, choices=ChangeKey.choices)
    words = models.TextField()
    said_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["try_out", "key"], name="try_out_key_once")
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.words}"


class ChangeState(models.TextChoices):
    """How far something is that must change around a try-out."""

    NOT_YET = "not_yet", _("not yet")
    MOVING = "moving", _("moving")
    CHANGED = "changed", _("changed")


class ChangeStep(models.Model):
    """That on a day something around a try-out had not changed yet, was moving, or had changed; and how one sees it."""

    must_change = models.ForeignKey(MustChange, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=8, choices=ChangeState.choices)
    on = models.DateField()
    words = models.CharField(max_length=300, blank=True)
    said_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.on}: {self.state}"
