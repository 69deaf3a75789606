from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from knotwork.conversations.models.conversations import Conversation
from knotwork.core import clock


class Way(models.TextChoices):
    """How somebody took part."""

    ONLINE = "online", _("online")
    PAPER = "paper", _("on paper")
    HELPED = "helped", _("with somebody's help")


class FlaggedFor(models.TextChoices):
    """Why somebody's answers are looked at with and without. It says nothing against her."""

    RUSH = "rush", _("began in a rush from one network")
    BURST = "burst", _("began when unusually many began")
    ALIKE = "alike", _("answered exactly like many others")
    OTHER = "other", _("another reason")


class Participant(models.Model):
    """Somebody who answers, without an account: known only by a token in her browser or a return code she keeps.

    ``number`` counts participants of the conversation from 1; in a conversation held elsewhere it is the number that
    its export gives. ``address_hash`` is a keyed hash of the network address at the first answer, kept for one day
    to slow down floods, then blanked. ``named_part`` is her own answer to the conversation's 'which are you?', counted
    from 1; empty where she was not asked or did not say. ``is_flagged``: the results are also worked out without her
    answers, ``flagged_for`` says why; they count all the same. ``is_invited``: she used an invitation.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="participants")
    number = models.PositiveBigIntegerField()
    return_code_hash = models.CharField(max_length=64, blank=True, db_index=True)
    address_hash = models.CharField(max_length=64, blank=True)
    is_flagged = models.BooleanField(default=False)
    flagged_for = models.CharField(max_length=8, choices=FlaggedFor.choices, blank=True)
    is_invited = models.BooleanField(default=False)
    way = models.CharField(max_length=8, choices=Way.choices, default=Way.ONLINE)
    named_part = models.PositiveSmallIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["conversation", "number"], name="participant_number_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["conversation", "address_hash", "created_at"], name="participant_newcomers"),
            models.Index(
                fields=["conversation", "number"],
                name="participant_flagged",
                condition=models.Q(is_flagged=True),
            ),
        ]

    def __str__(self) -> str:
        return f"participant {self.number}"


class ParticipantToken(models.Model):
    """One browser in which a participant is known; removing them all breaks the link from person to votes for ever."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="tokens")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    def __str__(self) -> str:
        return f"a browser of {self.participant}"
