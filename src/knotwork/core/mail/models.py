from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from knotwork.core import clock
from knotwork.core.identifiers import new_public_id


class LetterState(models.TextChoices):
    """Where a letter is."""

    WAITING = "waiting", _("waiting")
    SENT = "sent", _("sent")
    KEPT = "kept", _("kept on this machine")
    FAILED = "failed", _("could not be sent")


class Letter(models.Model):
    """One letter on its way. Once it is sent, its address and text are blanked; the row says only that it went."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    kind = models.CharField(max_length=40)
    to = models.EmailField(max_length=254, blank=True)
    reply_to = models.EmailField(max_length=254, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=LetterState.choices, default=LetterState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    written_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} ({self.state})"


class Refusal(models.Model):
    """That the reader behind a hashed address does not want one kind of mail."""

    kind = models.CharField(max_length=40)
    address_hash = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "address_hash"], name="refused_once")
        ]

    def __str__(self) -> str:
        return f"no {self.kind}"
