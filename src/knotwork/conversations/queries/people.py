"""Those who take part: how many they are, and how far one of them has come."""

from collections import Counter
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotwork.conversations.models import (
    Conversation,
    Participant,
    StatementState,
    Vote,
)
from knotwork.conversations.queries.known import known_by
from knotwork.core.asked_often import rows_of
from knotwork.core.pages.numbers import number_in_words


def who_answered() -> QuerySet[Participant]:
    return Participant.objects.filter(Exists(Vote.objects.filter(participant=OuterRef("pk"))))


def people_in_words(count: int, *, exact: bool = False) -> str:
    """How many took part, as it may be said in public: rounded to five, and nothing exact below five.

    Where the votes themselves are published, the number is given as it is.
    """
    smallest = settings.KNOTWORK_SMALLEST_PUBLISHED_COUNT
    if count == 0:
        return _("Nobody has answered yet.")
    if exact:
        words = ngettext("%(count)s person took part.", "%(count)s people took part.", count)
        return words % {"count": number_in_words(count)}
    if count < smallest:
        return _("A few people have taken part.")
    rounded = smallest * round(count / smallest)
    return _("About %(count)s people have taken part.") % {"count": number_in_words(rounded)}


def people_who_answered(conversation: Conversation) -> int:
    """How many have answered at least one statement; exact, so not for a public page as it is."""
    return who_answered().filter(conversation=conversation).count()


@dataclass(frozen=True)
class Progress:
    """How far one participant has come; ``seen`` are the numbers inside of what she has answered or not understood."""

    answered: int = 0
    not_understood: int = 0
    added: int = 0
    seen: tuple[int, ...] = field(default=(), compare=False)

    @property
    def met(self) -> int:
        return self.answered + self.not_understood


# What she voted on, what she was not sure she understood and did not vote on, and what she added: one question.
_PROGRESS = """
SELECT 'answered', statement_id FROM conversations_vote WHERE participant_id = %s
UNION ALL
SELECT 'not understood', n.statement_id FROM conversations_notunderstood n
WHERE n.participant_id = %s AND NOT EXISTS (
  SELECT 1 FROM conversations_vote v WHERE v.participant_id = n.participant_id AND v.statement_id = n.statement_id)
UNION ALL
SELECT 'added', id FROM conversations_statement WHERE author_id = %s
"""


def progress_of(participant: Participant) -> Progress:
    """How far she has come; one query."""
    found = rows_of(_PROGRESS, participant.pk, participant.pk, participant.pk)
    count = Counter(what for what, _statement in found)
    return Progress(
        answered=count["answered"],
        not_understood=count["not understood"],
        added=count["added"],
        seen=tuple(statement for what, statement in found if what != "added"),
    )


def known_with_progress(conversation: Conversation, token: str | None) -> tuple[Participant | None, Progress]:
    """Whom this browser's token stands for, if she has begun, and how far she has come; two queries."""
    participant = known_by(conversation, token)
    return participant, Progress() if participant is None else progress_of(participant)


def answers_of(participant: Participant) -> "QuerySet[Vote]":
    """What she answered, the latest first, with the statements that are still shown."""
    live = Vote.objects.filter(participant=participant, statement__state=StatementState.LIVE)
    return live.select_related("statement").order_by("-at", "-pk")
