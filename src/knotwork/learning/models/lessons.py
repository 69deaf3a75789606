"""What others can use, and who took it up."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from knotwork.programmes.models import Written


class Lesson(Written):
    """Something learned in one place, in a sentence that others can use. What it rests on is tied by strands."""

    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"lesson {self.public_id}"


class Outcome(models.TextChoices):
    """What became of something that was taken up."""

    COPIED = "copied", _("copied")
    ADAPTED = "adapted", _("adapted")
    DROPPED = "dropped", _("dropped")


class Uptake(Written):
    """That a place takes up a lesson, of another place or its own, and for which issue.

    ``plan`` is what it will do; ``outcome`` is empty until it says how that went (``result``). ``sent_back`` is an idea
    that flows the other way, to the place that learned the lesson.
    """

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="uptakes")
    issue = models.CharField(max_length=300)
    plan = models.TextField(blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    result = models.TextField(blank=True)
    result_at = models.DateTimeField(null=True, blank=True)
    sent_back = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"uptake {self.public_id}"
