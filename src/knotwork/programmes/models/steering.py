"""What a steering group reads: a place's own word of where it is, decisions that are due, and papers for a board."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knotwork.core import clock
from knotwork.core.identifiers import new_public_id
from knotwork.programmes.models.places import Place
from knotwork.programmes.models.programmes import Programme
from knotwork.programmes.models.written import Written


class LoopStage(models.TextChoices):
    """What a place does now, in the words of the loop. There is no better or later one: places go back and forth."""

    LISTENING = "listening", _("listening")
    MAPPING = "mapping", _("mapping")
    TRYING = "trying", _("trying")
    MEASURING = "measuring", _("measuring")
    LEARNING = "learning", _("learning")


class OwnWord(Written):
    """Where a place is, said by itself: one or several stages of the loop, and a sentence.

    The newest one stands; the earlier ones stay readable, so that the way can be seen. Nobody sets it for a place.
    """

    stages = models.JSONField(default=list)
    sentence = models.CharField(max_length=300)

    class Meta(Written.Meta):
        ordering: ClassVar[list[str]] = ["-written_at", "-id"]

    def __str__(self) -> str:
        return self.sentence


class DecisionDue(models.Model):
    """Something that has to be decided: what, by which day, by whom, between what; later its outcome and the reason."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="decisions_due")
    place = models.ForeignKey(
        Place, on_delete=models.CASCADE, related_name="decisions_due", null=True, blank=True
    )
    what = models.CharField(max_length=300)
    by_when = models.DateField()
    who_decides = models.CharField(max_length=200)
    options = models.JSONField(default=list)
    outcome = models.CharField(max_length=300, blank=True)
    reason = models.TextField(blank=True)
    decided_on = models.DateField(null=True, blank=True)
    entered_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["by_when", "id"]

    def __str__(self) -> str:
        return self.what


class BoardPaper(models.Model):
    """What the steering page said at one moment, kept to be read, printed and quoted; it does not change afterwards.

    ``content`` is a document as ``knotwork.formats.documents`` keeps it. ``quotes`` are the things whose words stand
    in it, so that words that were taken back since can be left out.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="board_papers")
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=12, default="en")
    content = models.JSONField()
    quotes = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-version"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme", "version"], name="board_paper_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"
