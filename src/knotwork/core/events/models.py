from typing import ClassVar
from uuid import UUID

from django.db import models

from knotwork.core import clock
from knotwork.core.identifiers import new_public_id


class EventQuerySet(models.QuerySet["Event"]):
    """Events, as sentences."""

    def newest_first(self) -> "EventQuerySet":
        return self.order_by("-at", "-id")

    def about(self, subject_kind: str, subject_id: UUID) -> "EventQuerySet":
        return self.filter(subject_kind=subject_kind, subject_id=subject_id)


class Event(models.Model):
    """One act: who did what to which thing, when. No names, no mail, no free text, so that erasure leaves it whole.

    The database refuses to change or remove a row.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    at = models.DateTimeField(default=clock.now)
    verb = models.CharField(max_length=60)
    by = models.UUIDField(null=True)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    programme = models.UUIDField(null=True)
    place = models.UUIDField(null=True)
    details = models.JSONField(default=dict)

    objects: ClassVar[models.Manager["Event"]] = EventQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["programme", "-at"], name="event_programme_at"),
            models.Index(fields=["place", "-at"], name="event_place_at"),
            models.Index(fields=["subject_kind", "subject_id"], name="event_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_id}"
