from typing import ClassVar

from django.db import models

from knotwork.core import clock
from knotwork.programmes.models import Place


class ThreeWords(models.Model):
    """Up to three words that somebody of a place's team gave in one quarter of a year: how the work feels.

    A log of its own: the database refuses to change or remove a row, and no event tells of it. ``giver`` is a keyed
    hash of the person, the place and the quarter, so that a person counts once in a quarter (her last words stand), and
    her words of two quarters cannot be joined by reading this table. ``quarter`` is its first day.
    """

    place = models.ForeignKey(Place, on_delete=models.DO_NOTHING, related_name="+")
    quarter = models.DateField()
    giver = models.CharField(max_length=64)
    words = models.JSONField(default=list)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["place", "quarter"], name="three_words_of_quarter")
        ]

    def __str__(self) -> str:
        return f"three words {self.pk}"
