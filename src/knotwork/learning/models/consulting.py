"""A place asks, others give their view without seeing each other's, and the place says what it takes."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from knotwork.core import clock
from knotwork.core.identifiers import new_public_id
from knotwork.programmes.models import StagedVisibility, Written


class ConsultingRound(Written):
    """A round of co-consulting: the knot that a place is stuck with, and the window in which others answer.

    The window is ``[opens_at, closes_at)``. ``takes`` is what the place takes from what it was given and ``why``; both
    are empty until the round has closed and the place has spoken (``taken_at``).
    """

    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    takes = models.TextField(blank=True)
    why = models.TextField(blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"co-consulting round {self.public_id}"


class RoundPerspective(StagedVisibility):
    """How somebody of another place sees a knot. It stands as it was written: others are read only afterwards.

    ``giver`` is a keyed hash of the person and the round, so that each gives one, also when hers was taken out of
    sight or she was erased. ``author`` is her account, so that she finds her own.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    round = models.ForeignKey(ConsultingRound, on_delete=models.CASCADE, related_name="perspectives")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    author_id: int | None
    giver = models.CharField(max_length=64)
    text = models.TextField()
    signed = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=12, default="en")
    written_at = models.DateTimeField(default=clock.now)

    class Meta(StagedVisibility.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "giver"], name="perspective_once")
        ]

    def __str__(self) -> str:
        return f"perspective {self.public_id}"
