"""What a place looks at: its choice of a series, made before it looked, and what else may explain a change."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knotwork.core import clock
from knotwork.core.identifiers import new_public_id
from knotwork.measures.models.indicators import Indicator
from knotwork.programmes.models import Written


class Improvement(models.TextChoices):
    """What this place would call better, which its indicator alone may not say."""

    INCREASE = "increase", _("more is better here")
    DECREASE = "decrease", _("less is better here")
    NEUTRAL = "neutral", _("neither: we only want to know whether it changed")


class Reading(models.TextChoices):
    """How a measure is read: along the years, or from the most to the least deprived tenth."""

    THROUGH_TIME = "through_time", _("through time")
    BY_DECILE = "by_decile", _("from the most to the least deprived tenth")


class Measure(Written):
    """That a place looks at a series, why, and what was said before looking.

    Named by keys (``area_code``, ``sex``, ``age``), so that figures may come later than the choice. ``preset`` names
    the rules of its run chart; ``baseline`` is from how many first points its limits come. ``sentence_before``,
    ``expected_from`` and ``stop_rule`` were chosen before: what we would call a change, from when, and when we would
    stop. ``work_began`` and ``work_ended`` are the days of the work that the figures are held against. A measure that
    is set aside stays listed with its result: nothing that was looked at is forgotten.
    """

    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=200)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="measures")
    area_code = models.CharField(max_length=20)
    sex = models.CharField(max_length=40, blank=True)
    age = models.CharField(max_length=120, blank=True)
    compare_area_code = models.CharField(max_length=20, blank=True)
    reading = models.CharField(max_length=16, choices=Reading.choices, default=Reading.THROUGH_TIME)
    improvement = models.CharField(max_length=10, choices=Improvement.choices, default=Improvement.NEUTRAL)
    preset = models.CharField(max_length=20, default="nhsr")
    target = models.FloatField(null=True, blank=True)
    baseline = models.PositiveSmallIntegerField(null=True, blank=True)
    why = models.TextField()
    sentence_before = models.TextField(blank=True)
    expected_from = models.DateField(null=True, blank=True)
    stop_rule = models.TextField(blank=True)
    chosen_on = models.DateField(null=True, blank=True)
    work_began = models.DateField(null=True, blank=True)
    work_ended = models.DateField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField(default=clock.now)
    set_aside_at = models.DateTimeField(null=True, blank=True)
    set_aside_why = models.CharField(max_length=300, blank=True)

    class Meta(Written.Meta):
        ordering: ClassVar[list[str]] = ["order", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme", "slug"], name="measure_slug_per_programme")
        ]

    def __str__(self) -> str:
        return self.title


class RivalCause(models.Model):
    """Something else that may have moved a measure, with who looked into it and what they found, if anybody did."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="rival_causes")
    words = models.TextField()
    from_date = models.DateField(null=True, blank=True)
    checked = models.TextField(blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    signed = models.CharField(max_length=120, blank=True)
    said_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["from_date", "pk"]

    def __str__(self) -> str:
        return self.words[:60]


class Rebase(models.Model):
    """That a run chart begins anew on a day, because its world is known to be another since; approved with a cause."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="rebases")
    from_date = models.DateField()
    cause = models.CharField(max_length=300)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    signed = models.CharField(max_length=120, blank=True)
    approved_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["from_date"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["measure", "from_date"], name="rebase_once_per_day")
        ]

    def __str__(self) -> str:
        return f"{self.from_date}: {self.cause}"


class NothingFits(Written):
    """That none of the series that are held fits a place's issue, and why; said rather than filled with something."""

    words = models.TextField()

    class Meta(Written.Meta):
        verbose_name_plural = "nothing fits"
        ordering: ClassVar[list[str]] = ["-written_at", "-pk"]

    def __str__(self) -> str:
        return self.words[:60]
