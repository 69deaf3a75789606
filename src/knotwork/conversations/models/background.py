from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from knotwork.conversations.models.conversations import Conversation
from knotwork.conversations.models.participants import Participant
from knotwork.core import clock


class BackgroundKind(models.TextChoices):
    """What people may be asked about themselves, so that it can be seen who was not heard."""

    AGE = "age", _("age")
    AREA = "area", _("where they live")
    ROLE = "role", _("who they are here")


class BackgroundQuestion(models.Model):
    """A question about the people who take part, which nobody has to answer; at most one of each kind.

    ``words`` is how it is asked, empty for our own words. ``takes_named_parts``: it is not asked again, because people
    said which part they are of before their first answer. ``source`` and ``year`` belong to the population figures of
    its choices.
    """

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="background_questions"
    )
    kind = models.CharField(max_length=4, choices=BackgroundKind.choices)
    words = models.CharField(max_length=200, blank=True)
    takes_named_parts = models.BooleanField(default=False)
    source = models.CharField(max_length=300, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["conversation", "kind"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["conversation", "kind"], name="background_kind_once")
        ]

    def __str__(self) -> str:
        return self.words or self.get_kind_display()


class BackgroundChoice(models.Model):
    """One answer to choose, counted from 1, with how many people of the population it stands for, where known."""

    question = models.ForeignKey(BackgroundQuestion, on_delete=models.CASCADE, related_name="choices")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    people = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["question", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["question", "number"], name="background_choice_once")
        ]

    def __str__(self) -> str:
        return self.name


class BackgroundAnswer(models.Model):
    """What somebody said about herself, or, without a choice, that she would rather not say.

    It stands apart from her votes, in no export of single answers, and goes when she asks to be forgotten.
    """

    question = models.ForeignKey(BackgroundQuestion, on_delete=models.CASCADE, related_name="answers")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="background")
    choice = models.ForeignKey(
        BackgroundChoice, on_delete=models.CASCADE, related_name="answers", null=True, blank=True
    )
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["question", "participant"], name="background_answered_once")
        ]

    def __str__(self) -> str:
        return f"{self.question}: {'said' if self.choice_id else 'would rather not say'}"
