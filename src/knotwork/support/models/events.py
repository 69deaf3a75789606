from typing import ClassVar

from django.conf import settings
from django.db import models

from knotwork.core import clock
from knotwork.programmes.models import Stage, Written


class LearningEvent(Written):
    """A day or an hour on which people of a programme learn together: ``[starts_at, ends_at)``.

    ``most`` is how many can come; who signs up later waits. ``notes`` are written afterwards and have readers of their
    own. ``revision`` counts changes, so that calendars know the newer of two.
    """

    title = models.CharField(max_length=200)
    what = models.TextField(blank=True)
    where = models.CharField(max_length=300, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    most = models.PositiveSmallIntegerField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=clock.now)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    notes = models.TextField(blank=True)
    notes_visibility = models.CharField(max_length=10, choices=Stage.choices, default=Stage.PROGRAMME)

    class Meta(Written.Meta):
        ordering: ClassVar[list[str]] = ["starts_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="learning_event_takes_some_time"
            ),
            models.CheckConstraint(
                condition=models.Q(most__isnull=True) | models.Q(most__gt=0), name="learning_event_has_room"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class EventSignUp(models.Model):
    """That somebody wants to come. Whoever signed up first comes first; beyond the limit one waits, and moves up."""

    event = models.ForeignKey(LearningEvent, on_delete=models.CASCADE, related_name="sign_ups")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    person_id: int
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["event", "person"], name="signed_up_once")
        ]

    def __str__(self) -> str:
        return f"{self.event}"
