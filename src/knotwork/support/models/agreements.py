from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from knotwork.core import clock
from knotwork.core.identifiers import new_public_id
from knotwork.programmes.models import Place, StagedVisibility


class Agreement(StagedVisibility):
    """What a programme and one of its places promise each other: one for each place.

    Each side says yes for itself; whoever changes the words takes both back. ``visibility`` is how far it is shown.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    place = models.OneToOneField(Place, on_delete=models.CASCADE, related_name="+")
    words = models.TextField()
    place_agreed_at = models.DateTimeField(null=True, blank=True)
    programme_agreed_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.place}"


class MilestoneWord(models.TextChoices):
    """What a place says of a milestone, in its own word. Nobody else says it."""

    NOTHING = "", _("nothing said yet")
    DONE = "done", _("done")
    NOT_YET = "not_yet", _("not yet")
    CHANGED = "changed", _("changed")


class Milestone(models.Model):
    """Something that should be there by a day. What came of it is the place's own word, with why if it changed."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="milestones")
    what = models.CharField(max_length=300)
    due_on = models.DateField()
    word = models.CharField(max_length=8, choices=MilestoneWord.choices, blank=True)
    why = models.TextField(blank=True)
    said_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["due_on", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~models.Q(word=MilestoneWord.CHANGED) | ~models.Q(why=""),
                name="milestone_changed_says_why",
            )
        ]

    def __str__(self) -> str:
        return self.what
