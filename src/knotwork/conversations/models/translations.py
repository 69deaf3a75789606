from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from knotwork.conversations.models.conversations import Conversation
from knotwork.conversations.models.statements import Statement
from knotwork.core import clock


class TranslatedWords(models.TextChoices):
    """Which words of a conversation a translation is of; parts are counted from 1."""

    QUESTION = "question", _("the question")
    INTRODUCTION = "introduction", _("why you ask")
    PARTS_QUESTION = "parts_question", _("which are you?")
    PART_1 = "part_1", _("the first part")
    PART_2 = "part_2", _("the second part")
    PART_3 = "part_3", _("the third part")
    PART_4 = "part_4", _("the fourth part")


class Translation(models.Model):
    """The same in another language, by people. It belongs to the words it was made of and is shown beside no others.

    ``of_text`` is the original as it stood then: when the original is put in other words, the translation rests until
    somebody has looked at it. ``by`` is who wrote it.
    """

    language = models.CharField(max_length=12)
    text = models.TextField(max_length=3_000)
    of_text = models.TextField()
    by = models.UUIDField(null=True)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.language}: {self.text}"


class ConversationTranslation(Translation):
    """Some of a conversation's own words in another language."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="translations")
    words = models.CharField(max_length=20, choices=TranslatedWords.choices)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["conversation", "language", "words"], name="conversation_translated_once"
            )
        ]


class StatementTranslation(Translation):
    """A statement in another language. People's answers belong to the statement, in whichever language they read it."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="translations")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["statement", "language"], name="statement_translated_once")
        ]
