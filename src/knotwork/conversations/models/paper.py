from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from knotwork.conversations.models.conversations import Conversation
from knotwork.conversations.models.participants import Way
from knotwork.core import clock
from knotwork.core.identifiers import new_public_id


class PaperPack(models.Model):
    """Sheets that were made to be printed: one letter, numbers from 1 to ``sheet_count``, and what stands on them.

    ``statements`` are the numbers of the statements in the order of the paper, fixed when the pack is made, so that
    what a clerk types in years later still finds its statement. A pack that nobody used can be thrown away.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="paper_packs")
    letter = models.CharField(max_length=2)
    sheet_count = models.PositiveSmallIntegerField()
    statements = models.JSONField(default=list)
    by = models.UUIDField(null=True)
    made_at = models.DateTimeField(default=clock.now, editable=False)
    thrown_away_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["conversation", "letter"], name="paper_pack_letter_once")
        ]

    def __str__(self) -> str:
        return f"pack {self.letter}"


class SheetState(models.TextChoices):
    """Whether a typed sheet can still be taken back, or counts."""

    TYPED = "typed", _("typed in, can be taken back")
    COUNTED = "counted", _("counted")


class PaperSheet(models.Model):
    """One sheet that was typed in, so that none is typed twice.

    Until it counts, ``answers`` holds what was typed, one character for each statement of the pack, and ``written``
    what somebody wrote by hand; both are emptied when it counts, and nothing then leads from a sheet to its answers.
    ``by`` is the public id of the clerk.
    """

    pack = models.ForeignKey(PaperPack, on_delete=models.CASCADE, related_name="sheets")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=SheetState.choices, default=SheetState.TYPED)
    way = models.CharField(max_length=8, choices=Way.choices, default=Way.PAPER)
    named_part = models.PositiveSmallIntegerField(null=True, blank=True)
    answers = models.CharField(max_length=500, blank=True)
    written = models.TextField(max_length=2000, blank=True)
    by = models.UUIDField(null=True)
    typed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["pack", "number"], name="paper_sheet_typed_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "typed_at"], name="paper_sheet_by_state")
        ]

    def __str__(self) -> str:
        return f"sheet {self.number}"
