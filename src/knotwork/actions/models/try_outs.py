"""A try-out: what is expected of it before, and what became of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knotwork.programmes.models import Written


class TryOutStage(models.TextChoices):
    """Where a try-out is."""

    PLANNED = "planned", _("planned")
    GOING = "going", _("going on")
    STOPPED = "stopped", _("stopped early")
    ENDED = "ended", _("ended")


class Ending(models.TextChoices):
    """What became of what was tried out."""

    ADOPTED = "adopted", _("it stays as it is")
    ADAPTED = "adapted", _("it stays, changed")
    ABANDONED = "abandoned", _("it does not stay")


class TryOut(Written):
    """Something that partners try together. What they expect is said before, and beside it what happened.

    ``expects``, ``how_seen``, ``by_when`` and ``stop_rule`` are fixed when it starts: no service changes them after
    ``started_at``. ``signed`` is who leads it, as they want to be named. ``happened`` may be written at any time after
    the start; ``why_stopped`` and ``why_ended`` are said once. ``lead`` is the account of who leads it, known to those
    who work on it; ``needs_lead_since`` is set once she holds no role here any more.
    """

    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=200)
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    lead_id: int | None
    needs_lead_since = models.DateTimeField(null=True, blank=True)
    what = models.TextField(blank=True)
    expects = models.TextField(blank=True)
    how_seen = models.TextField(blank=True)
    by_when = models.DateField(null=True, blank=True)
    stop_rule = models.TextField(blank=True)
    stage = models.CharField(max_length=8, choices=TryOutStage.choices, default=TryOutStage.PLANNED)
    started_at = models.DateTimeField(null=True, blank=True)
    happened = models.TextField(blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    why_stopped = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=10, choices=Ending.choices, blank=True)
    why_ended = models.TextField(blank=True)

    class Meta(Written.Meta):
        ordering: ClassVar[list[str]] = ["-written_at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme", "slug"], name="try_out_slug_per_programme"),
            models.CheckConstraint(
                condition=models.Q(stage=TryOutStage.PLANNED, started_at__isnull=True)
                | (
                    ~models.Q(stage=TryOutStage.PLANNED)
                    & ~models.Q(expects="")
                    & ~models.Q(stop_rule="")
                    & models.Q(started_at__isnull=False, by_when__isnull=False)
                ),
                name="try_out_says_what_it_expects_before",
            ),
            models.CheckConstraint(
                condition=models.Q(stage=TryOutStage.ENDED, ended_at__isnull=False) & ~models.Q(ending="")
                | ~models.Q(stage=TryOutStage.ENDED) & models.Q(ended_at__isnull=True, ending=""),
                name="try_out_ends_one_way",
            ),
        ]

    def __str__(self) -> str:
        return self.title
