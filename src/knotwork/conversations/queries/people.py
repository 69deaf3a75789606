"""Those who take part: how many they are, and how far one of them has come."""

from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotwork.conversations.models import (
    Conversation,
    Participant,
    StatementState,
    Vote,
)
from knotwork.conversations.queries.known import KNOWN, KNOWN_FIELDS, token_hash
from knotwork.core.asked_often import row_of
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
    """How far one participant has come."""

    answered: int = 0
    not_understood: int = 0
    added: int = 0

    @property
    def met(self) -> int:
        return self.answered + self.not_understood


_KNOWN_WITH_PROGRESS = KNOWN.format(
    more=""",
  (SELECT COUNT(*) FROM conversations_vote WHERE participant_id = p.id),
  (SELECT COUNT(*) FROM conversations_notunderstood n WHERE n.participant_id = p.id AND NOT EXISTS (
    SELECT 1 FROM conversations_vote v WHERE v.participant_id = n.participant_id AND v.statement_id = n.statement_id)),
  (SELECT COUNT(*) FROM conversations_statement WHERE author_id = p.id)"""
)


def known_with_progress(conversation: Conversation, token: str | None) -> tuple[Participant | None, Progress]:
    """Whom this browser's token stands for, if she has begun, and how far she has come; one query."""
    row = token and row_of(_KNOWN_WITH_PROGRESS, token_hash(conversation, token), conversation.pk)
    if not row:
        return None, Progress()
    known = len(KNOWN_FIELDS)
    return Participant.from_db(connection.alias, KNOWN_FIELDS, row[:known]), Progress(*row[known:])


def answers_of(participant: Participant) -> "QuerySet[Vote]":
    """What she answered, the latest first, with the statements that are still shown."""
    live = Vote.objects.filter(participant=participant, statement__state=StatementState.LIVE)
    return live.select_related("statement").order_by("-at", "-pk")
