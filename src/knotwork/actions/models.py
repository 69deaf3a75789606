"""The nouns of the room: a try-out, its partners, what they pledge, and what must change around it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from knotwork.core import clock
from knotwork.core.identifiers import new_public_id
from knotwork.programmes.models import LedgerKind, Organisation, Written


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
    the start; ``why_stopped`` and ``why_ended`` are said once.
    """

    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=200)
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


class TryOutPartner(models.Model):
    """That an organisation takes part in a try-out, and what it does there."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    try_out = models.ForeignKey(TryOut, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    does = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["try_out", "organisation"], name="try_out_partner_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.does}"


class PledgeState(models.TextChoices):
    """How far a promise is."""

    OFFERED = "offered", _("offered")
    PLEDGED = "pledged", _("pledged")
    GIVEN = "given", _("given")
    WITHDRAWN = "withdrawn", _("taken back")


class Pledge(models.Model):
    """What an organisation offers, pledges and gives to a try-out: money, or help in kind, perhaps without an amount.

    ``ledger_entry`` is the public id of its entry in the programme's ledger, once it is pledged with an amount.
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


class ChangeKey(models.TextChoices):
    """What may have to change around a try-out. The first four hold things in place; the last four turn a system."""

    MONEY = "money", _("Money")
    RULES = "rules", _("Rules")
    DATA = "data", _("Data")
    HABITS = "habits", _("Habits")
    PURPOSE = "purpose", _("Purpose")
    POWER = "power", _("Power")
    RELATIONSHIPS = "relationships", _("Relationships")
    RESOURCES = "resources", _("Resources")


class MustChange(models.Model):
    """One thing that must change around a try-out, or it will not last."""

    try_out = models.ForeignKey(TryOut, on_delete=models.CASCADE, related_name="must_change")
    key = models.CharField(max_length=14, choices=ChangeKey.choices)
    words = models.TextField()
    said_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["try_out", "key"], name="try_out_key_once")
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.words}"
