from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from knotwork.conversations.models.conversations import Conversation
from knotwork.conversations.models.moderation import StatementMerge
from knotwork.conversations.models.participants import Participant
from knotwork.conversations.models.statements import Statement
from knotwork.core import clock


class VoteValue(models.IntegerChoices):
    """The three answers of equal weight."""

    AGREE = 1, _("agree")
    PASS = 0, _("pass")
    DISAGREE = -1, _("disagree")


class VoteLogEntry(models.Model):
    """Every answer ever given, in the order in which it came to stand. The database refuses to change or remove a row.

    ``merge`` is the merging that brought an answer from one statement to another that says the same; ``at`` is then
    the moment at which she gave it. Read from the beginning, leaving out the entries of mergings that were undone,
    the log gives the votes that stand.
    """

    conversation = models.ForeignKey(
        Conversation, on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    participant = models.ForeignKey(Participant, on_delete=models.DO_NOTHING, related_name="+")
    statement = models.ForeignKey(Statement, on_delete=models.DO_NOTHING, related_name="+")
    value = models.SmallIntegerField(choices=VoteValue.choices)
    at = models.DateTimeField(default=clock.now)
    merge = models.ForeignKey(
        StatementMerge, on_delete=models.DO_NOTHING, related_name="+", null=True, blank=True, db_index=False
    )

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["conversation", "id"], name="vote_log_tail")
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class Vote(models.Model):
    """The answer that stands: one per participant and statement; a later answer replaces the earlier one here."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="votes", db_index=False
    )
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, related_name="votes", db_index=False
    )
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="votes")
    value = models.SmallIntegerField(choices=VoteValue.choices)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["participant", "statement"], name="one_standing_vote")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["conversation"], name="vote_by_conversation")
        ]

    def __str__(self) -> str:
        return f"{self.get_value_display()}"


class NotUnderstood(models.Model):
    """That a participant was not sure she understood a statement: kept apart from votes, never counted as a pass."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="not_understood")
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="not_understood")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["participant", "statement"], name="not_understood_once")
        ]

    def __str__(self) -> str:
        return f"not understood: {self.statement_id}"
