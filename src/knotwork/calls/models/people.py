from typing import ClassVar

from django.conf import settings
from django.db import models

from knotwork.calls.models.bids import Bid
from knotwork.core import clock
from knotwork.core.identifiers import new_public_id


class BidAuthor(models.Model):
    """That a person writes a bid. Two of them may be named to lead the place, from two organisations."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="authors")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    is_lead = models.BooleanField(default=False)
    organisation = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["bid", "person"], name="bid_author_once")
        ]

    def __str__(self) -> str:
        return f"author of {self.bid}"


class SignOff(models.Model):
    """That a named member of the sponsor's board stands behind a bid: asked when, signed on which day, and how.

    ``revision`` is that of the bid which was signed; words that change afterwards have to be signed again.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    bid = models.OneToOneField(Bid, on_delete=models.CASCADE, related_name="sign_off")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    board = models.CharField(max_length=200)
    name = models.CharField(max_length=200, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    how = models.CharField(max_length=300, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.board}: {self.name}"
