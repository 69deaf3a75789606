from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from knotwork.conversations.models.conversations import Conversation
from knotwork.core import clock
from knotwork.core.identifiers import new_public_id


class ReportState(models.TextChoices):
    """Who can read a report."""

    DRAFT = "draft", _("draft, for those who run the conversation")
    PUBLISHED = "published", _("published")


class Report(models.Model):
    """What a conversation found, as it stood at one moment: frozen with its date, and never worked out again.

    ``content`` is everything that its page says, as it was worded then (see ``results.reports``). ``snapshots`` are the
    public ids of the results it was made from, which are kept as long as the report. Something new is a new version.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="reports")
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=ReportState.choices, default=ReportState.DRAFT)
    language = models.CharField(max_length=12)
    content = models.JSONField()
    snapshots = models.JSONField(default=list)
    made_at = models.DateTimeField(default=clock.now, editable=False)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["conversation", "-version"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["conversation", "version"], name="report_version_once")
        ]

    def __str__(self) -> str:
        return f"report {self.version}"
