from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from knotwork.core import clock
from knotwork.core.identifiers import new_public_id
from knotwork.programmes.models.organisations import Organisation
from knotwork.programmes.models.places import Place
from knotwork.programmes.models.programmes import Programme
from knotwork.programmes.models.visibility import Stage


class LedgerKind(models.TextChoices):
    """How something is given."""

    CASH = "cash", _("money")
    IN_KIND = "in_kind", _("in kind")
    NOT_DIVIDED = "not_divided", _("money and in kind together, not divided")


class LedgerState(models.TextChoices):
    """Whether something came already. A promise is never counted as if it had been kept."""

    GIVEN = "given", _("given")
    PLEDGED = "pledged", _("pledged, not given yet")


class LedgerEntry(models.Model):
    """One thing that a partner gives, counted in money: cash, in kind, or both where the source does not divide them.

    The contributor may be unknown, the amount approximate. An entry is withdrawn, never changed; only a pledge
    becomes given when it comes. ``visibility`` is that of the thing for which it was pledged.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="ledger_entries")
    place = models.ForeignKey(
        Place, on_delete=models.CASCADE, related_name="ledger_entries", null=True, blank=True
    )
    contributor = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="ledger_entries", null=True, blank=True
    )
    kind = models.CharField(max_length=12, choices=LedgerKind.choices)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3, default="GBP")
    is_approximate = models.BooleanField(default=False)
    what = models.CharField(max_length=300)
    source = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=LedgerState.choices, default=LedgerState.GIVEN)
    visibility = models.CharField(max_length=10, choices=Stage.choices, default=Stage.PUBLIC)
    entered_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="ledger_amount_not_negative")
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency} ({self.kind})"
