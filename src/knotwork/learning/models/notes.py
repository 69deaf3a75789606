"""What people of a place write down while it is warm."""

from django.db import models

from knotwork.programmes.models import Written


class ProgressNote(Written):
    """A few lines on how it goes."""

    title = models.CharField(max_length=160, blank=True)
    text = models.TextField()

    def __str__(self) -> str:
        return f"note {self.public_id}"


class Story(Written):
    """What happened, what changed, what did not work, and what comes next. Most of it may stay empty."""

    title = models.CharField(max_length=160, blank=True)
    happened = models.TextField()
    changed = models.TextField(blank=True)
    did_not_work = models.TextField(blank=True)
    next_step = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"story {self.public_id}"


class LeadershipNote(Written):
    """What somebody did differently as a leader, why, and what happened then.

    It is a noun of its own because it is the step of the golden thread that no other tool keeps: a try-out changes
    something outside, and this is what changed in those who led it.
    """

    did = models.TextField()
    why = models.TextField(blank=True)
    happened = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"leadership note {self.public_id}"
