from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from knotwork.core import clock
from knotwork.core.identifiers import new_public_id
from knotwork.programmes.models import Programme, Stage


class CallStage(models.TextChoices):
    """Where a call is. That the deadline passed is told by the clock; every other step is somebody's act."""

    DRAFT = "draft", _("being prepared")
    OPEN = "open", _("open for bids")
    SEALED = "sealed", _("closed, bids still sealed")
    OPENED = "opened", _("bids opened")
    REVIEW = "review", _("being reviewed")
    INTERVIEW = "interview", _("talking with places")
    MODERATION = "moderation", _("reviewers compare their reasons")
    DECISION = "decision", _("being decided")
    LETTERS = "letters", _("decided, letters go out")
    ENDED = "ended", _("ended")


class Call(models.Model):
    """An open call of a programme: what it is for, what a place gets, who decides, and until when one may bid.

    Bids are taken in ``[opens_at, closes_at)``. ``stage`` holds what somebody did last and is never ``sealed``: an open
    call is sealed as soon as its deadline has passed (:func:`knotwork.calls.stages.stage_at`). ``opened_at`` is the
    moment at which the bids were opened; before it nobody but its authors reads any of them.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="calls")
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=200)
    aims = models.TextField(blank=True)
    money = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, default="GBP")
    enabler_days = models.PositiveSmallIntegerField(null=True, blank=True)
    learning_events = models.PositiveSmallIntegerField(null=True, blank=True)
    number_of_places = models.PositiveSmallIntegerField(default=1)
    eligibility = models.TextField(blank=True)
    who_decides = models.TextField(blank=True)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    visibility = models.CharField(max_length=10, choices=Stage.choices, default=Stage.PUBLIC)
    template = models.CharField(max_length=40, blank=True)
    needs_sign_off = models.BooleanField(default=True)
    has_interview = models.BooleanField(default=False)
    has_moderation = models.BooleanField(default=True)
    stage = models.CharField(max_length=10, choices=CallStage.choices, default=CallStage.DRAFT)
    language = models.CharField(max_length=12, default="en")
    made_at = models.DateTimeField(default=clock.now, editable=False)
    published_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-closes_at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme", "slug"], name="call_slug_per_programme"),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")), name="call_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=models.Q(opened_at__isnull=True) | models.Q(opened_at__gte=models.F("closes_at")),
                name="bids_are_opened_after_the_deadline",
            ),
            models.CheckConstraint(
                condition=models.Q(opened_at__isnull=True, stage__in=[CallStage.DRAFT, CallStage.OPEN])
                | models.Q(opened_at__isnull=False)
                & ~models.Q(stage__in=[CallStage.DRAFT, CallStage.OPEN, CallStage.SEALED]),
                name="call_goes_on_once_bids_are_opened",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Criterion(models.Model):
    """One thing by which bids are judged, how much it weighs, and what a reviewer looks for."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="criteria")
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=200)
    guidance = models.TextField(blank=True)
    weight = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["order", "id"]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """One thing that a bid answers in words. ``word_limit`` is held at handing in, never while somebody writes."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField(default=0)
    words = models.CharField(max_length=300)
    guidance = models.TextField(blank=True)
    word_limit = models.PositiveSmallIntegerField(null=True, blank=True)
    is_required = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["order", "id"]

    def __str__(self) -> str:
        return self.words


class DeadlineChange(models.Model):
    """That the deadline of a published call was moved: from when to when, and why. Everybody can read it."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="deadline_changes")
    before = models.DateTimeField()
    after = models.DateTimeField()
    why = models.CharField(max_length=300)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.before:%Y-%m-%d %H:%M} to {self.after:%Y-%m-%d %H:%M}"
