"""A meeting of people who work on the real issue, so that they learn to lead differently while they do."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from knotwork.programmes.models import Written


class SessionMethod(models.TextChoices):
    """How a session is run; each method has its own short guide."""

    CO_CONSULTING = "co_consulting", _("Co-consulting")
    ACTION_LEARNING = "action_learning", _("Action learning")
    AFTER_ACTION_REVIEW = "after_action_review", _("After-action review")
    MAPPING = "mapping", _("Mapping together")
    LISTENING = "listening", _("Listening")


class SessionState(models.TextChoices):
    """What became of a session."""

    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    CALLED_OFF = "called_off", _("called off")


class WorkingSession(Written):
    """A session on the real issue: what it is for, how it is run, who takes part, and what came out.

    ``steps`` are pairs of minutes and words. Who takes part is kept as roles and as words that the writer chose
    (``others``), never as accounts: a session is about the issue, not about who came. What came of it is tied by
    strands. ``told_at`` is when somebody said that it was held, or why it was not (``came_out`` holds the words).
    """

    title = models.CharField(max_length=160)
    aim = models.TextField(blank=True)
    method = models.CharField(max_length=24, choices=SessionMethod.choices)
    begins_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=60)
    steps = models.JSONField(default=list)
    roles = models.JSONField(default=list)
    others = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=12, choices=SessionState.choices, default=SessionState.PLANNED)
    came_out = models.TextField(blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"session {self.public_id}"
