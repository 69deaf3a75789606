from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knotwork.calls.models.calls import Call, Question
from knotwork.core import clock
from knotwork.core.identifiers import new_public_id
from knotwork.programmes.models import Place


class BidStage(models.TextChoices):
    """Where a bid is: its authors write and hand it in; the decision of the call says the rest."""

    WRITING = "writing", _("being written")
    SUBMITTED = "submitted", _("handed in")
    WITHDRAWN = "withdrawn", _("taken back by its authors")
    CHOSEN = "chosen", _("chosen")
    NOT_CHOSEN = "not_chosen", _("not chosen this time")


class Bid(models.Model):
    """What a place answers to a call: where it is, its knotty issue, its partners, its sponsor and its words.

    Until the bids are opened only its authors, and whoever signs for its sponsor, can read it. So the names in it are
    plain words: an organisation becomes known to others when the bid has become a place, and not before.
    ``areas`` and ``themes`` have one on each line; ``revision`` counts the changes; ``knotty`` holds the answers to 'is
    this knotty?' as fixed words.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="bids")
    place_name = models.CharField(max_length=120, blank=True)
    areas = models.TextField(blank=True)
    issue = models.TextField(blank=True)
    themes = models.TextField(blank=True)
    sponsor = models.CharField(max_length=200, blank=True)
    knotty = models.JSONField(default=dict, blank=True)
    stage = models.CharField(max_length=10, choices=BidStage.choices, default=BidStage.WRITING)
    revision = models.PositiveIntegerField(default=0)
    language = models.CharField(max_length=12, default="en")
    begun_at = models.DateTimeField(default=clock.now, editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)
    place = models.OneToOneField(Place, on_delete=models.SET_NULL, related_name="bid", null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["place_name", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["call", "stage"], name="bid_call_stage")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(stage__in=[BidStage.WRITING, BidStage.WITHDRAWN])
                | models.Q(submitted_at__isnull=False),
                name="bid_handed_in_has_its_moment",
            )
        ]

    def __str__(self) -> str:
        return self.place_name


class Answer(models.Model):
    """The words of a bid on one question, as they were typed last. ``revision`` counts the saves."""

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    text = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=clock.now)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["bid", "question"], name="answer_once_per_question")
        ]

    def __str__(self) -> str:
        return self.text[:60]


class AnswerBefore(models.Model):
    """Words of an answer that somebody else's words took the place of: nothing that was typed is lost."""

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="answers_before")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    revision = models.PositiveIntegerField()
    replaced_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        return self.text[:60]


class Brings(models.TextChoices):
    """How a partner of a bid helps."""

    CASH = "cash", _("money")
    IN_KIND = "in_kind", _("in kind, such as a room")
    PEOPLE = "people", _("people's time")


class BidPartner(models.Model):
    """An organisation, by its name, that would take part, and what it brings, perhaps counted in money."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="partners")
    organisation = models.CharField(max_length=200)
    brings = models.CharField(max_length=8, choices=Brings.choices, default=Brings.IN_KIND)
    what = models.CharField(max_length=300, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, default="GBP")

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | models.Q(amount__gte=0),
                name="bid_partner_amount_not_negative",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.what}"


class BidFile(models.Model):
    """A file that goes with a bid, read by whoever reads the bid. ``core.uploads`` keeps its bytes under ``upload``."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="files")
    upload = models.UUIDField(unique=True)
    file_name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return self.file_name


class Receipt(models.Model):
    """That a bid was handed in: a number and a moment, also sent by letter. A bid handed in anew gets another one."""

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="receipts")
    number = models.CharField(max_length=12, unique=True)
    given_at = models.DateTimeField(default=clock.now)
    revision = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return self.number
