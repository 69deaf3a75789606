"""A try-out in small steps: plan, do, study, act, and again."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from knotwork.actions.models.pledges import Pledge
from knotwork.actions.models.try_outs import TryOut
from knotwork.core import clock
from knotwork.core.identifiers import new_public_id


class NextStep(models.TextChoices):
    """What follows from a cycle."""

    ADOPT = "adopt", _("keep it as it is")
    ADAPT = "adapt", _("keep it, changed")
    ABANDON = "abandon", _("let it go")
    ANOTHER = "another", _("another cycle")


class Cycle(models.Model):
    """One small test inside a try-out: a question, a prediction, what was done, what was seen, and what comes next.

    ``question`` and ``prediction`` are fixed at ``begun_at``. What it cost is money, days of people, or both;
    ``paid_from`` names the pledge that covers it, and so its entry on the ledger.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    try_out = models.ForeignKey(TryOut, on_delete=models.CASCADE, related_name="cycles")
    number = models.PositiveSmallIntegerField()
    question = models.CharField(max_length=300)
    prediction = models.TextField(blank=True)
    planned_at = models.DateTimeField(default=clock.now)
    begun_at = models.DateTimeField(null=True, blank=True)
    did = models.TextField(blank=True)
    saw = models.TextField(blank=True)
    cash = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, default="GBP")
    days = models.DecimalField(max_digits=7, decimal_places=1, null=True, blank=True)
    paid_from = models.ForeignKey(Pledge, on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    next_step = models.CharField(max_length=8, choices=NextStep.choices, blank=True)
    why_next = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["try_out", "number"], name="cycle_number_once"),
            models.CheckConstraint(
                condition=models.Q(begun_at__isnull=True) | ~models.Q(prediction=""),
                name="cycle_predicts_before_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, next_step="")
                | (models.Q(closed_at__isnull=False, begun_at__isnull=False) & ~models.Q(next_step="")),
                name="cycle_closes_with_what_comes_next",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.question}"
