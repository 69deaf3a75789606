from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from knotwork.conversations.models.conversations import Conversation
from knotwork.core import clock
from knotwork.core.identifiers import new_public_id
from knotwork.programmes.models import Programme


class ImportState(models.TextChoices):
    """Where an import is."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("being read")
    DONE = "done", _("done")
    REFUSED = "refused", _("refused")


class ConversationImport(models.Model):
    """An export of another tool on its way into a conversation: read whole in the background, then put in at once.

    ``uploads`` leads from the name of each file in the export to the public id of the stored one; they are forgotten
    when they have been read, because they hold the words of rejected statements. ``problem`` says in words why a file
    was refused. ``publishes_votes``: the importer says that it is open data.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="conversation_imports")
    question = models.CharField(max_length=300, blank=True)
    attribution = models.TextField(blank=True)
    source = models.URLField(max_length=300, blank=True)
    publishes_votes = models.BooleanField(default=False)
    uploads = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=ImportState.choices, default=ImportState.WAITING)
    problem = models.TextField(blank=True)
    notes = models.JSONField(default=list)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.SET_NULL, related_name="imports", null=True, blank=True
    )
    by = models.UUIDField(null=True)
    asked_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-asked_at"]

    def __str__(self) -> str:
        return f"import {self.public_id}"
