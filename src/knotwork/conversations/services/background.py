"""Who have we not heard? What people are asked about themselves, and what they say: apart from their answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.conversations import report_rules, rules
from knotwork.conversations.models import (
    BackgroundAnswer,
    BackgroundChoice,
    BackgroundKind,
    BackgroundQuestion,
    Conversation,
    Participant,
)
from knotwork.conversations.services.conversation_events import record_of
from knotwork.conversations.services.refusals import NotTaken, require_taken
from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.rules import require

FEWEST_CHOICES, MOST_CHOICES = 2, 12


@dataclass(frozen=True)
class Choice:
    """One answer to choose; ``people`` of the population it stands for, where that is known."""

    name: str
    people: int | None = None


@dataclass(frozen=True)
class Question:
    """What people are asked about themselves; ``source`` and ``year`` of the population figures of its choices."""

    kind: BackgroundKind
    choices: tuple[Choice, ...]
    words: str = ""
    source: str = ""
    year: int | None = None
    takes_named_parts: bool = False

    def __post_init__(self) -> None:
        names = {choice.name.casefold() for choice in self.choices}
        if not FEWEST_CHOICES <= len(names) == len(self.choices) <= MOST_CHOICES:
            raise ValueError(f"{FEWEST_CHOICES} to {MOST_CHOICES} different choices; got {self.choices}.")
        if any(choice.people is not None for choice in self.choices) and not self.source:
            raise ValueError("Population figures need their source.")


def ask_background(conversation: Conversation, questions: Sequence[Question], *, by: Viewer) -> None:
    """Ask these questions, and no others; only while nobody has answered one of them."""
    with transaction.atomic():
        rows = Conversation.objects.select_related("programme", "place").select_for_update(of=("self",))
        row = rows.get(pk=conversation.pk)
        require(report_rules.can_ask_background(by, row))
        if questions_of(row) == tuple(questions):
            return
        row.background_questions.all().delete()
        for question in questions:
            _write(row, question)
        record_of("conversation.background_set", row, by)


def _write(conversation: Conversation, question: Question) -> None:
    if question.takes_named_parts and [choice.name for choice in question.choices] != list(
        conversation.named_parts
    ):
        raise NotTaken(_("The names whose answers are shown apart have changed. Please choose again."))
    row = BackgroundQuestion.objects.create(
        conversation=conversation,
        kind=question.kind,
        words=question.words,
        source=question.source,
        year=question.year,
        takes_named_parts=question.takes_named_parts,
    )
    BackgroundChoice.objects.bulk_create(
        BackgroundChoice(question=row, number=number, name=choice.name, people=choice.people)
        for number, choice in enumerate(question.choices, start=1)
    )


def questions_of(conversation: Conversation) -> tuple[Question, ...]:
    """What is asked, in the order of its kinds."""
    rows = BackgroundQuestion.objects.filter(conversation=conversation).prefetch_related("choices")
    return tuple(
        Question(
            BackgroundKind(row.kind),
            tuple(Choice(choice.name, choice.people) for choice in row.choices.all()),
            row.words,
            row.source,
            row.year,
            row.takes_named_parts,
        )
        for row in rows.order_by("kind")
    )


def say_background(participant: Participant, said: Mapping[str, int | None]) -> None:
    """Keep what somebody said about herself: for each kind the number of a choice, or ``None`` for 'rather not say'.

    Each question is answered once: what is not in ``said`` counts as 'rather not say', and so does a choice that there
    is not. Like a vote it leaves no event, because an event would tell when somebody said it.
    """
    conversation = participant.conversation
    require_taken(rules.can_take_part(conversation, participant), conversation)
    asked = BackgroundQuestion.objects.filter(conversation=conversation, takes_named_parts=False)
    with transaction.atomic():
        # Whoever changes the questions waits, and this waits for her; votes pass.
        Conversation.objects.select_for_update(no_key=True).only("pk").get(pk=conversation.pk)
        answers = []
        for question in asked.prefetch_related("choices"):
            choices = {choice.number: choice for choice in question.choices.all()}
            number = said.get(question.kind)
            choice = choices.get(number) if number is not None else None
            answers.append(
                BackgroundAnswer(question=question, participant=participant, choice=choice, at=clock.now())
            )
        BackgroundAnswer.objects.bulk_create(answers, ignore_conflicts=True)
