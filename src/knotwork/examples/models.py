from typing import ClassVar

from django.db import models

from knotwork.core import clock


class ExampleLoad(models.Model):
    """That a built-in example was loaded at a version, or left out on purpose."""

    key = models.CharField(max_length=60, unique=True)
    version = models.PositiveSmallIntegerField(default=0)
    loaded_at = models.DateTimeField(default=clock.now)
    left_out = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["key"]

    def __str__(self) -> str:
        return f"{self.key} {self.version}{' (left out)' if self.left_out else ''}"
