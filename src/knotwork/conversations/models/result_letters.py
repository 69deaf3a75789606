from datetime import date
from typing import ClassVar
from uuid import uuid4

from django.db import models

from knotwork.conversations.models.conversations import Conversation
from knotwork.core import clock


def today() -> date:
    """The day alone: a moment would lead from an address to the answers that were given at it."""
    return clock.now().date()


class ResultAddress(models.Model):
    """An email address to which one letter goes when the results are there; then it is deleted.

    It leads to nobody who took part: no participant, no token, no moment. Even the row's number is drawn by chance,
    because numbers in their order would tell who came when.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="result_addresses")
    address = models.EmailField(max_length=254)
    language = models.CharField(max_length=12, default="en")
    asked_on = models.DateField(default=today)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["conversation", "address"], name="one_result_letter_each")
        ]

    def __str__(self) -> str:
        return f"a letter with results, asked for on {self.asked_on}"
