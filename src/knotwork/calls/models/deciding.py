from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knotwork.calls.models.bids import Bid
from knotwork.calls.models.calls import Call
from knotwork.core import clock
from knotwork.core.identifiers import new_public_id


class Outcome(models.TextChoices):
    """What a decision says of a bid."""

    CHOSEN = "chosen", _("chosen")
    NOT_CHOSEN = "not_chosen", _("not chosen this time")


class Decision(models.Model):
    """What is to become of every bid of a call: proposed by the team, in force once two other people signed.

    Its lines are written until it is put before those who sign (``put_at``). Taken back, it says why, and another one
    can be prepared; a decision in force (``decided_at``) stays for good.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="decisions")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True
    )
    proposed_at = models.DateTimeField(default=clock.now)
    words = models.TextField(blank=True)
    put_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_why = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["call"],
                condition=models.Q(taken_back_at__isnull=True),
                name="one_standing_decision_per_call",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_at__isnull=True)
                | models.Q(put_at__isnull=False, taken_back_at__isnull=True),
                name="decided_after_it_was_put",
            ),
        ]

    def __str__(self) -> str:
        return f"decision on {self.call}"


class DecisionLine(models.Model):
    """The outcome of one bid in a decision, and the reason that its authors will read."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="lines")
    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="decision_lines")
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.NOT_CHOSEN)
    reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["bid__place_name", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["decision", "bid"], name="bid_once_per_decision")
        ]

    def __str__(self) -> str:
        return f"{self.bid}: {self.get_outcome_display()}"


class DecisionSignature(models.Model):
    """That somebody who did not propose the decision stands behind it. The second one puts it in force."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="signatures")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    signed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["signed_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["decision", "person"], name="decision_signed_once_by_each")
        ]

    def __str__(self) -> str:
        return self.name


class FeedbackLetter(models.Model):
    """What the authors of a bid are told: put together from the reasons, edited by the team, sent once with all."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    bid = models.OneToOneField(Bid, on_delete=models.CASCADE, related_name="letter")
    words = models.TextField()
    written_at = models.DateTimeField(default=clock.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.words[:60]


class Appeal(models.Model):
    """A note of a bid's authors who think that the decision rests on a mistake, and the team's answer to it."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    bid = models.OneToOneField(Bid, on_delete=models.CASCADE, related_name="appeal")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True)
    words = models.TextField()
    at = models.DateTimeField(default=clock.now)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(answered_at__isnull=True) | ~models.Q(answer=""),
                name="answered_appeal_has_its_answer",
            )
        ]

    def __str__(self) -> str:
        return self.words[:60]
