from typing import ClassVar

from django.db import models

from knotwork.core import clock


class Attempt(models.Model):
    """That somebody tried something, known only by a keyed hash; swept after a day."""

    kind = models.CharField(max_length=40)
    who = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["kind", "who", "at"], name="attempt_recent")
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at:%Y-%m-%d %H:%M}"
