from typing import ClassVar

from django.conf import settings
from django.db import models

from knotwork.core import clock
from knotwork.core.identifiers import new_public_id
from knotwork.programmes.models import Written


class HelpRequest(Written):
    """'We are stuck': a place's own word, never a status that others give it. Others answer; the place closes it."""

    words = models.TextField()
    closed_at = models.DateTimeField(null=True, blank=True)
    what_helped = models.TextField(blank=True)

    class Meta(Written.Meta):
        ordering: ClassVar[list[str]] = ["-written_at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(place__isnull=False), name="help_is_asked_by_a_place")
        ]

    def __str__(self) -> str:
        return self.words[:60]


class HelpAnswer(models.Model):
    """What somebody answers to a place that is stuck; read by those who may read the request."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    request = models.ForeignKey(HelpRequest, on_delete=models.CASCADE, related_name="answers")
    words = models.TextField()
    signed = models.CharField(max_length=120, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    author_id: int | None
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["written_at", "id"]

    def __str__(self) -> str:
        return self.words[:60]
