from typing import ClassVar

from django.db import models

from knotwork.conversations.models.conversations import Conversation
from knotwork.core import clock
from knotwork.core.identifiers import new_public_id


class InvitationBatch(models.Model):
    """Codes that were made together, to be handed out: ``label`` tells their hosts to whom.

    ``named_part`` is the part of the people, counted from 1, in which whoever uses one of them is counted; empty when
    the codes say nothing about a person. She is told before she uses her code.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="invitation_batches"
    )
    label = models.CharField(max_length=120, blank=True)
    named_part = models.PositiveSmallIntegerField(null=True, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["made_at", "id"]

    def __str__(self) -> str:
        return self.label or f"codes of {self.made_at:%d %B %Y}"


class Invitation(models.Model):
    """One code, kept as a keyed hash, for one person, once. Who used it is kept nowhere, and neither is when."""

    batch = models.ForeignKey(InvitationBatch, on_delete=models.CASCADE, related_name="invitations")
    code_hash = models.CharField(max_length=64, unique=True)
    is_used = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"an invitation of {self.batch_id}"
