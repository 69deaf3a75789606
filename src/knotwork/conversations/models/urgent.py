from typing import ClassVar

from django.conf import settings
from django.db import models

from knotwork.conversations.models.conversations import Conversation
from knotwork.core import clock
from knotwork.core.identifiers import new_public_id
from knotwork.programmes.models import Place, Programme


class UrgentTemplate(models.Model):
    """A question prepared on a quiet day for a day that is not: its words are agreed, only its gaps are open.

    ``question`` and ``statements`` may hold two gaps, ``{what}`` and ``{where}``. ``agreed_with`` says who agreed
    the words. People can write statements of their own only if a ``duty_lead`` is named, who looks at each first.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="urgent_templates")
    place = models.ForeignKey(
        Place, on_delete=models.CASCADE, related_name="urgent_templates", null=True, blank=True
    )
    name = models.CharField(max_length=120)
    question = models.CharField(max_length=240)
    introduction = models.TextField(max_length=2000, blank=True)
    statements = models.JSONField(default=list)
    language = models.CharField(max_length=12, default="en")
    open_hours = models.PositiveSmallIntegerField(default=6)
    agreed_with = models.CharField(max_length=200)
    duty_lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    made_at = models.DateTimeField(default=clock.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class UrgentQuestion(models.Model):
    """That a conversation was begun from a template because something could not wait, and what came of it.

    The conversation is an ordinary one that closes itself. ``who_will_act`` and ``done`` are sentences for all to read.
    """

    conversation = models.OneToOneField(Conversation, on_delete=models.CASCADE, related_name="urgent")
    template = models.ForeignKey(
        UrgentTemplate, on_delete=models.SET_NULL, related_name="questions", null=True, blank=True
    )
    duty_lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    who_will_act = models.CharField(max_length=300, blank=True)
    acting_at = models.DateTimeField(null=True, blank=True)
    done = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"urgent: {self.conversation}"


class Offer(models.Model):
    """What somebody says that she can do about an urgent question, and perhaps how to reach her.

    It is tied to no participant, so that nobody's answers lead to her. ``contact`` is for the duty lead alone. Both
    texts are emptied when the question is done, or after thirty days; that somebody offered stays.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    question = models.ForeignKey(UrgentQuestion, on_delete=models.CASCADE, related_name="offers")
    text = models.CharField(max_length=300, blank=True)
    contact = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    emptied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"offer {self.public_id}"
