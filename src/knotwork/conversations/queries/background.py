"""What people are asked about themselves: what is left to ask one of them, and what all of them said."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, IntegerField, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from knotwork.conversations.models import (
    BackgroundAnswer,
    BackgroundChoice,
    BackgroundKind,
    BackgroundQuestion,
    Conversation,
    ConversationStage,
    Participant,
    Vote,
)

ASKED_AFTER = 3
"""How many statements somebody has met before she is asked about herself; fewer where there are no more."""


def background_to_ask(
    conversation: Conversation, participant: Participant | None
) -> list[BackgroundQuestion]:
    """The questions that this participant has not met yet; none before she has begun."""
    if participant is None:
        return []
    answered = BackgroundAnswer.objects.filter(participant=participant, question=OuterRef("pk"))
    left = BackgroundQuestion.objects.filter(~Exists(answered), conversation=conversation)
    return list(left.filter(takes_named_parts=False).prefetch_related("choices").order_by("kind"))


@dataclass(frozen=True)
class SaidOfThemselves:
    """One question with how many of those who answered a statement gave each choice: exact, for analyses only."""

    kind: BackgroundKind
    words: str
    names: tuple[str, ...]
    counts: tuple[int, ...]
    population: tuple[int | None, ...]
    source: str
    year: int | None


def said_of_themselves(conversation: Conversation) -> list[SaidOfThemselves]:
    """What all who took part said of themselves, question by question; two queries for each."""
    rows = BackgroundQuestion.objects.filter(conversation=conversation).order_by("kind")
    return [_said(row) for row in rows]


def _said(question: BackgroundQuestion) -> SaidOfThemselves:
    choices = list(BackgroundChoice.objects.filter(question=question).order_by("number"))
    counts = _named_parts(question) if question.takes_named_parts else _chosen(question)
    return SaidOfThemselves(
        BackgroundKind(question.kind),
        question.words,
        tuple(choice.name for choice in choices),
        tuple(counts.get(choice.number, 0) for choice in choices),
        tuple(choice.people for choice in choices),
        question.source,
        question.year,
    )


def _chosen(question: BackgroundQuestion) -> dict[int, int]:
    voted = Vote.objects.filter(participant=OuterRef("participant"))
    rows = BackgroundAnswer.objects.filter(Exists(voted), question=question, choice__isnull=False)
    return dict(rows.values_list("choice__number").annotate(people=Count("pk")).order_by())


def _named_parts(question: BackgroundQuestion) -> dict[int, int]:
    voted = Vote.objects.filter(participant=OuterRef("pk"))
    rows = Participant.objects.filter(
        Exists(voted), conversation=question.conversation_id, named_part__isnull=False
    )
    return dict(rows.values_list("named_part").annotate(people=Count("pk")).order_by())


def asks_background(conversation: Conversation) -> bool:
    """Whether people are asked anything about themselves."""
    return BackgroundQuestion.objects.filter(conversation=conversation).exists()


def background_states() -> list[tuple[Conversation, str]]:
    """Every conversation that asks people about themselves, with words that change when what they said does."""
    of_it = {"question__conversation": OuterRef("pk")}
    answers = BackgroundAnswer.objects.filter(**of_it).order_by().values("question__conversation")
    named = Participant.objects.filter(conversation=OuterRef("pk"), named_part__isnull=False)
    rows = Conversation.objects.filter(withdrawn_at__isnull=True).exclude(stage=ConversationStage.DRAFT)
    found = (
        rows.annotate(newest_question=Max("background_questions__pk"))
        .filter(newest_question__isnull=False)
        .annotate(
            answers=_number(answers.annotate(n=Count("pk")).values("n")),
            newest_answer=_number(answers.annotate(n=Max("pk")).values("n")),
            named=_number(named.order_by().values("conversation").annotate(n=Count("pk")).values("n")),
        )
        .select_related("place", "programme")
    )
    return [
        (
            row,
            f"questions:{row.newest_question} answers:{row.answers}.{row.newest_answer} named:{row.named}",
        )
        for row in found
    ]


def _number(rows: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(rows, output_field=IntegerField()), 0)
