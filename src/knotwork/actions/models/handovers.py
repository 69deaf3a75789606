"""A try-out goes from one pair of hands to another."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from knotwork.actions.models.try_outs import TryOut
from knotwork.core import clock


class Handover(models.Model):
    """That somebody else leads a try-out from a moment on, and what she should know."""

    try_out = models.ForeignKey(TryOut, on_delete=models.CASCADE, related_name="handovers")
    handed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    note = models.TextField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]

    def __str__(self) -> str:
        return f"handed over at {self.at}"
