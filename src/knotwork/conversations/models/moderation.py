from typing import ClassVar

from django.db import models

from knotwork.conversations.models.conversations import Conversation
from knotwork.conversations.models.participants import Participant
from knotwork.conversations.models.statements import Statement, StatementState
from knotwork.core import clock
from knotwork.core.identifiers import new_public_id


class StatementMerge(models.Model):
    """That one statement was merged into another that says the same: its answers count there, the later one wins.

    ``former_state`` is the state to which the statement goes back when the merging is undone.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="merges")
    merged = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="merges_away")
    into = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="merges_here")
    former_state = models.CharField(max_length=10, choices=StatementState.choices)
    at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["merged"], condition=models.Q(undone_at__isnull=True), name="one_standing_merge"
            )
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} into {self.into_id}"


class FormerStatementWording(models.Model):
    """How a statement was spelled until ``until``, and why a host mended it after people had answered."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="former_wordings")
    text = models.CharField(max_length=1000)
    reason = models.CharField(max_length=300)
    until = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["until", "id"]

    def __str__(self) -> str:
        return self.text


class StatementFlag(models.Model):
    """That a participant said a statement should not be here, for one of the published reasons; once per person.

    ``settled_at`` is when a moderator looked at the statement after that.
    """

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="flags")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="flags")
    reason = models.CharField(max_length=20)
    at = models.DateTimeField(default=clock.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["statement", "participant"], name="flagged_once")
        ]

    def __str__(self) -> str:
        return f"flag on {self.statement_id}"
