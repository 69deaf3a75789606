from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from knotwork.calls.models.bids import Bid
from knotwork.calls.models.calls import Call, Criterion
from knotwork.core import clock
from knotwork.core.identifiers import new_public_id

LOWEST, HIGHEST = 1, 5


class Reviewer(models.Model):
    """That a person sits on the panel of a call, and for which organisations she works or speaks, one on each line.

    Her role for the programme lets her read bids; this says which call she is asked to judge. ``ended_at`` is set when
    she leaves the panel: what she scored until then stays.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="reviewers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    organisations = models.TextField(blank=True)
    appointed_at = models.DateTimeField(default=clock.now)
    declared_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["call", "person"], name="reviewer_once_per_call")
        ]

    def __str__(self) -> str:
        return self.name or _now("somebody who was erased")


class FoundBy(models.TextChoices):
    """How a conflict came to light."""

    DECLARED = "declared", _("declared by the reviewer")
    ORGANISATION = "organisation", _("found: the same organisation")
    PERSON = "person", _("found: the same person")


class Conflict(models.Model):
    """That a reviewer must not judge a bid, and why: declared by herself, or found in what both name.

    One that was ended was a mistake, and says why; it stays, so that it is not found again.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    reviewer = models.ForeignKey(Reviewer, on_delete=models.CASCADE, related_name="conflicts")
    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="conflicts")
    found_by = models.CharField(max_length=12, choices=FoundBy.choices)
    why = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["reviewer", "bid"], name="conflict_once")
        ]

    def __str__(self) -> str:
        return f"{self.reviewer} and {self.bid}"


class Assignment(models.Model):
    """That a reviewer is asked to judge a bid: ``by_hand`` says why when somebody chose it rather than the method.

    ``submitted_at`` is the moment at which her review was handed in; before it nobody else reads her drafts. One that
    was ended counts no more, whatever was scored, and says why.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    reviewer = models.ForeignKey(Reviewer, on_delete=models.CASCADE, related_name="assignments")
    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="assignments")
    by_hand = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=clock.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["reviewer", "bid"], name="assigned_once")
        ]

    def __str__(self) -> str:
        return f"{self.reviewer} reads {self.bid}"


class DraftScore(models.Model):
    """What a reviewer has noted so far on one criterion; she may change it until she hands the review in."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="drafts")
    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)]
    )
    reason = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["assignment", "criterion"], name="draft_once_per_criterion")
        ]

    def __str__(self) -> str:
        return self.reason[:60]


class Score(models.Model):
    """A score on one criterion with its written reason, handed in: never changed, never removed.

    A correction is another row, whose ``corrected_why`` says what led to it; the newest of an assignment and a
    criterion stands. The whole number runs from 1 to 5.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    score = models.PositiveSmallIntegerField()
    reason = models.TextField()
    corrected_why = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(score__gte=LOWEST, score__lte=HIGHEST), name="score_on_the_scale"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="score_has_its_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.score}: {self.reason[:60]}"
