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
    """How far something is on its way: each amount stands in exactly one state.

    What is pledged or agreed is a promise, and is never counted as if it had been kept. What is spent came first.
    """

    PLEDGED = "pledged", _("pledged")
    AGREED = "agreed", _("agreed, not here yet")
    RECEIVED = "received", _("received, not spent yet")
    SPENT = "spent", _("spent")


PROMISED = (LedgerState.PLEDGED, LedgerState.AGREED)
CAME = (LedgerState.RECEIVED, LedgerState.SPENT)


class LedgerUnit(models.TextChoices):
    """What is counted when help in kind has a declared rate."""

    DAYS = "days", _("days of somebody's time")
    HOURS = "hours", _("hours of somebody's time")
    ROOMS = "rooms", _("times a room")
    PEOPLE = "people", _("people")


class LedgerEntry(models.Model):
    """One thing that a partner gives, counted in money: cash, in kind, or both where the source does not divide them.

    Help in kind may be counted: ``quantity`` of a ``unit`` at a declared ``rate``; then the amount is exactly their
    product. The contributor may be unknown, the amount approximate. An entry is withdrawn, never changed; it only moves
    on from state to state, as a whole or a part of it (``divided_from`` says of which entry). ``reference`` is how a
    table that was brought in names it. ``visibility`` is that of the thing for which it was pledged.
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
    quantity = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    unit = models.CharField(max_length=8, choices=LedgerUnit.choices, blank=True)
    rate = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    is_approximate = models.BooleanField(default=False)
    what = models.CharField(max_length=300)
    source = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=LedgerState.choices, default=LedgerState.RECEIVED)
    reference = models.CharField(max_length=80, blank=True)
    divided_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, related_name="parts", null=True, blank=True
    )
    visibility = models.CharField(max_length=10, choices=Stage.choices, default=Stage.PUBLIC)
    entered_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="ledger_amount_not_negative"),
            models.CheckConstraint(
                condition=models.Q(quantity__isnull=True, rate__isnull=True, unit="")
                | models.Q(quantity__gte=0, rate__gte=0, kind=LedgerKind.IN_KIND) & ~models.Q(unit=""),
                name="ledger_counted_with_its_rate",
            ),
            models.UniqueConstraint(
                fields=["programme", "reference"],
                condition=~models.Q(reference=""),
                name="ledger_reference_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency} ({self.kind})"


class LedgerImport(models.Model):
    """A table that somebody brought in, read whole and shown before anything of it is written in the ledger.

    ``rows`` are kept until they are written; then only that it was done stays.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="ledger_imports")
    file_name = models.CharField(max_length=200)
    rows = models.JSONField(default=list)
    by = models.UUIDField(null=True)
    at = models.DateTimeField(default=clock.now)
    written_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return self.file_name
