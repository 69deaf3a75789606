from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from knotwork.conversations.codes import new_short_code
from knotwork.core import clock
from knotwork.core.identifiers import new_public_id
from knotwork.core.windows import Window
from knotwork.programmes.models import Place, Programme, Stage


class ConversationStage(models.TextChoices):
    """Where a conversation is by its hosts' word; its window says the rest."""

    DRAFT = "draft", _("being prepared")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class Moderation(models.TextChoices):
    """Whether people see a new statement before or after a moderator has looked at it."""

    BEFORE = "before", _("a moderator looks first")
    AFTER = "after", _("shown at once, looked at after")


class ResultsShown(models.TextChoices):
    """When those who take part see what others think. Those who run a conversation see it at any time."""

    AFTER_ANSWERS = "answers", _("after some answers of their own")
    AT_THE_END = "end", _("when it is closed")
    HOSTS_ONLY = "hosts", _("never: only those who run it see them")


class Conversation(models.Model):
    """One question put to people, in a programme and perhaps one place of it.

    ``results_after`` is how many answers a participant gives before she sees results; ``asked_at_most`` how many
    statements one person is asked. ``publishes_votes`` can be set only before the conversation opens: then, and only
    then, row-level votes may go to the public. ``source`` and ``attribution`` are for conversations held elsewhere.
    ``parts_question`` ('Which are you?') and ``named_parts`` (two to four names, such as leaders and residents) are
    empty unless answers are to be shown apart. ``groups_are_named``: the named parts, and not what people voted, make
    the groups that are compared. ``is_by_invitation``: only who has used an invitation can answer. So many flags as
    ``flags_to_hide`` take a statement that no moderator has seen out of sight; nought for never. ``short_code`` ends
    the short link that stands on paper and screens.
    """

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="conversations")
    place = models.ForeignKey(
        Place, on_delete=models.CASCADE, related_name="conversations", null=True, blank=True
    )
    slug = models.SlugField(max_length=80)
    short_code = models.CharField(max_length=6, unique=True, default=new_short_code, editable=False)
    question = models.CharField(max_length=300)
    introduction = models.TextField(blank=True)
    language = models.CharField(max_length=12, default="en")
    stage = models.CharField(max_length=8, choices=ConversationStage.choices, default=ConversationStage.DRAFT)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    visibility = models.CharField(max_length=10, choices=Stage.choices, default=Stage.PUBLIC)
    moderation = models.CharField(max_length=8, choices=Moderation.choices, default=Moderation.BEFORE)
    takes_statements = models.BooleanField(default=True)
    is_by_invitation = models.BooleanField(default=False)
    flags_to_hide = models.PositiveSmallIntegerField(default=0)
    shows_results = models.CharField(
        max_length=8, choices=ResultsShown.choices, default=ResultsShown.AFTER_ANSWERS
    )
    results_after = models.PositiveSmallIntegerField(default=5)
    asked_at_most = models.PositiveSmallIntegerField(default=40)
    publishes_votes = models.BooleanField(default=False)
    held_elsewhere = models.BooleanField(default=False)
    source = models.URLField(max_length=300, blank=True)
    attribution = models.TextField(blank=True)
    parts_question = models.CharField(max_length=200, blank=True)
    named_parts = models.JSONField(default=list, blank=True)
    groups_are_named = models.BooleanField(default=False)
    safeguarding_lead = models.CharField(max_length=120, blank=True)
    safeguarding_contact = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme", "slug"], name="conversation_slug_per_programme")
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def window(self) -> Window:
        return Window(self.opens_at, self.closes_at)


class FormerWording(models.Model):
    """How a conversation's question was worded until ``until``, and why those who ask changed it, for all to read."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="former_wordings")
    question = models.CharField(max_length=300)
    language = models.CharField(max_length=12, default="en")
    reason = models.CharField(max_length=300, blank=True)
    until = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["until", "id"]

    def __str__(self) -> str:
        return self.question
