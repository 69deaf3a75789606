"""What an organisation offers, pledges and gives to a try-out."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knotwork.actions.models.try_outs import TryOut
from knotwork.core import clock
from knotwork.core.identifiers import new_public_id
from knotwork.programmes.models import LedgerKind, Organisation


class PledgeState(models.TextChoices):
    """How far a promise is."""

    OFFERED = "offered", _("offered")
    PLEDGED = "pledged", _("pledged")
    GIVEN = "given", _("given")
    WITHDRAWN = "withdrawn", _("taken back")


class Pledge(models.Model):
    """What an organisation offers, pledges and gives to a try-out: money, or help in kind, perhaps without an amount.

    ``ledger_entry`` is the public id of its entry in the programme's ledger, once it is pledged with an amount.
    ``due_on`` is the day by which it should come; before it the people of the organisation are asked how it stands.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    try_out = models.ForeignKey(TryOut, on_delete=models.CASCADE, related_name="pledges")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=300)
    kind = models.CharField(max_length=12, choices=LedgerKind.choices, default=LedgerKind.IN_KIND)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, default="GBP")
    is_approximate = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=PledgeState.choices, default=PledgeState.OFFERED)
    said_at = models.DateTimeField(default=clock.now)
    due_on = models.DateField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    why_withdrawn = models.CharField(max_length=300, blank=True)
    ledger_entry = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["said_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | models.Q(amount__gte=0),
                name="pledge_amount_not_negative",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.what}"


class PledgeReminder(models.Model):
    """That somebody of the organisation was asked how a pledge stands that is due on a day; once for each day."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="reminders")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    due_on = models.DateField()
    sent_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["sent_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["pledge", "person", "due_on"], name="pledge_reminded_once_a_date")
        ]

    def __str__(self) -> str:
        return f"asked about what is due on {self.due_on}"


class Reply(models.TextChoices):
    """How an organisation says that its pledge stands."""

    DONE = "done", _("done")
    NOT_YET = "not_yet", _("not yet")
    CANNOT = "cannot", _("cannot")


class PledgeReply(models.Model):
    """What an organisation answered about its pledge, in a few words; ``by_link``: from the letter, not signed in."""

    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="replies")
    reply = models.CharField(max_length=8, choices=Reply.choices)
    words = models.CharField(max_length=300, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    by_link = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.reply}: {self.words}"
