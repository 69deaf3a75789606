"""A stop rule that can be checked: which number is watched, and what it must not come to."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knotwork.actions.models.cycles import Cycle
from knotwork.actions.models.try_outs import TryOut
from knotwork.core import clock
from knotwork.core.identifiers import new_public_id


class Comparison(models.TextChoices):
    """On which side of the threshold the rule says stop."""

    BELOW = "below", _("below")
    ABOVE = "above", _("above")


class StopCheck(models.Model):
    """The stop rule as something that can be checked; said once and never changed after the start.

    Watched is either a ``measure`` of the place (by its public id) or a number that people enter, ``number_name``
    (*riders a trip*). Figures count from the day ``from_on``. ``spoke_at`` is when the rule first said stop, on which
    number (``spoke_value`` of ``spoke_period``); it never stops anything by itself.
    """

    try_out = models.OneToOneField(TryOut, on_delete=models.CASCADE, related_name="stop_check")
    measure = models.UUIDField(null=True, blank=True)
    number_name = models.CharField(max_length=120, blank=True)
    comparison = models.CharField(max_length=8, choices=Comparison.choices)
    threshold = models.DecimalField(max_digits=16, decimal_places=4)
    from_on = models.DateField()
    said_at = models.DateTimeField(default=clock.now)
    spoke_at = models.DateTimeField(null=True, blank=True)
    spoke_value = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    spoke_period = models.CharField(max_length=60, blank=True)
    spoke_limits = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(measure__isnull=True) & ~models.Q(number_name="")
                | models.Q(measure__isnull=False, number_name=""),
                name="stop_check_watches_one_number",
            )
        ]

    def __str__(self) -> str:
        return f"{self.comparison} {self.threshold} from {self.from_on}"


class EnteredNumber(models.Model):
    """A number that somebody counted for a try-out on a day, such as riders a trip; one for each day."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    try_out = models.ForeignKey(TryOut, on_delete=models.CASCADE, related_name="numbers")
    cycle = models.ForeignKey(Cycle, on_delete=models.SET_NULL, related_name="numbers", null=True, blank=True)
    on = models.DateField()
    value = models.DecimalField(max_digits=16, decimal_places=4)
    note = models.CharField(max_length=200, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    entered_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["on"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["try_out", "on"], name="entered_number_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.value}"
