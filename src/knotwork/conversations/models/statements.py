from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from knotwork.conversations.models.conversations import Conversation
from knotwork.conversations.models.participants import Participant
from knotwork.core import clock
from knotwork.core.identifiers import new_public_id


class StatementState(models.TextChoices):
    """The fate of a statement; its author can read it for ever."""

    WAITING = "waiting", _("waiting for a moderator")
    LIVE = "live", _("shown to people")
    NOT_SHOWN = "not_shown", _("not shown")
    SECOND = "second", _("waiting for a second moderator")
    MERGED = "merged", _("merged with another")


class Statement(models.Model):
    """One idea in a short text, which others agree or disagree with.

    ``number`` is its number in the conversation. A statement that the moderators of a conversation held elsewhere
    rejected is kept without its text, so that it can never appear. ``checked_at`` is when a moderator looked at it;
    ``reply`` is what a moderator wrote back to the author of one that is not shown, and nobody else reads it.
    ``asked_by`` is the moderator who asked another for a second opinion, and so does not decide herself.
    ``merged_into`` is the statement that says the same, under which its answers count.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="statements")
    number = models.PositiveIntegerField()
    text = models.CharField(max_length=1000, blank=True)
    language = models.CharField(max_length=12, default="en")
    author = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, related_name="statements", null=True, blank=True
    )
    state = models.CharField(max_length=10, choices=StatementState.choices, default=StatementState.WAITING)
    is_seed = models.BooleanField(default=False)
    is_about_the_person = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    reply = models.TextField(max_length=2000, blank=True)
    asked_by = models.UUIDField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, related_name="merged_here", null=True, blank=True
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["conversation", "number"], name="statement_number_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["conversation", "state"], name="statement_by_state")
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"


class StatementStanding(models.Model):
    """How a statement stood in the newest analysis: written by the worker, read when the next statement is drawn."""

    statement = models.OneToOneField(Statement, on_delete=models.CASCADE, related_name="standing")
    agree = models.PositiveIntegerField(default=0)
    disagree = models.PositiveIntegerField(default=0)
    passed = models.PositiveIntegerField(default=0)
    priority = models.FloatField(default=0)

    def __str__(self) -> str:
        return f"standing of {self.statement_id}"
