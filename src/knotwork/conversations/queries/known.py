"""Whom a browser's token stands for and how far she has come: asked at every vote, so in one bare question."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection

from knotwork.conversations.models import Conversation, Participant
from knotwork.core import clock
from knotwork.core.asked_often import row_of
from knotwork.core.limits.services import keyed_hash

# In the order in which they stand in the model: from_db takes them so.
_FIELDS = ["id", "conversation_id", "number", "is_invited", "named_part"]
_PARTICIPANT_COLUMNS = "p.id, p.conversation_id, p.number, p.is_invited, p.named_part"
_WHOSE_BROWSER = """
FROM conversations_participanttoken t JOIN conversations_participant p ON p.id = t.participant_id
WHERE t.token_hash = %s AND p.conversation_id = %s
"""
_PARTICIPANT = f"SELECT {_PARTICIPANT_COLUMNS} {_WHOSE_BROWSER}"
_WHO_AS = """
  {participant},
  (SELECT {all_of} FROM conversations_vote v WHERE v.participant_id = p.id),
  (SELECT {all_of} FROM conversations_notunderstood n WHERE n.participant_id = p.id),
  (SELECT COUNT(*) FROM conversations_statement s WHERE s.author_id = p.id),
  (SELECT COUNT(*) FROM conversations_votelogentry l WHERE l.participant_id = p.id AND l.at > %s)
"""
WHO = {
    "sqlite": _WHO_AS.format(participant=_PARTICIPANT_COLUMNS, all_of="group_concat(statement_id)"),
    "postgresql": _WHO_AS.format(
        participant=_PARTICIPANT_COLUMNS, all_of="string_agg(statement_id::text, ',')"
    ),
}
"""What :func:`known_from` reads of a participant ``p``; its one value is :func:`a_minute_ago`."""
COLUMNS_OF_WHO = 9


@dataclass(frozen=True)
class Progress:
    """How far one participant has come; ``seen`` are the numbers inside of what she has answered or not understood."""

    answered: int = 0
    not_understood: int = 0
    added: int = 0
    seen: frozenset[int] = field(default=frozenset(), compare=False)

    @property
    def met(self) -> int:
        return self.answered + self.not_understood


@dataclass(frozen=True)
class Known:
    """Somebody as her browser is known in a conversation; nobody, who has come nowhere, before her first answer."""

    participant: Participant | None = None
    voted: frozenset[int] = frozenset()
    not_understood: frozenset[int] = frozenset()
    added: int = 0
    answers_in_a_minute: int = 0

    @property
    def progress(self) -> Progress:
        unclear = self.not_understood - self.voted
        return Progress(len(self.voted), len(unclear), self.added, self.voted | unclear)

    def with_vote(self, statement: int) -> "Known":
        """The same after she voted on one."""
        return replace(self, voted=self.voted | {statement})

    def with_not_understood(self, statement: int) -> "Known":
        """The same after she said of one that she was not sure she understood it."""
        return replace(self, not_understood=self.not_understood | {statement})


def a_minute_ago() -> datetime:
    """Since when answers count towards how fast somebody is."""
    return clock.now() - timedelta(minutes=1)


def token_hash(conversation: Conversation, token: str) -> str:
    """What is kept of a browser's token: another value in each conversation, so that none can be linked."""
    return keyed_hash(f"participant of {conversation.public_id}", token)


def known_from(row: tuple[Any, ...]) -> Known:
    """Somebody out of the columns of :data:`WHO`."""
    if row[0] is None:
        return Known()
    voted, unclear, added, answers_in_a_minute = row[len(_FIELDS) :]
    participant = Participant.from_db(DEFAULT_DB_ALIAS, _FIELDS, row[: len(_FIELDS)])
    return Known(participant, _numbers(voted), _numbers(unclear), added, answers_in_a_minute)


def known_at(conversation: Conversation, token: str | None) -> Known:
    """Whom this browser's token stands for in this conversation, and how far she has come; one query."""
    if not token:
        return Known()
    question = f"SELECT {WHO[connection.vendor]} {_WHOSE_BROWSER}"
    row = row_of(question, a_minute_ago(), token_hash(conversation, token), conversation.pk)
    return Known() if row is None else known_from(row)


def known_by(conversation: Conversation, token: str | None) -> Participant | None:
    """The participant of this conversation whom this browser's token stands for, if she has begun."""
    if not token:
        return None
    row = row_of(_PARTICIPANT, token_hash(conversation, token), conversation.pk)
    return None if row is None else Participant.from_db(DEFAULT_DB_ALIAS, _FIELDS, row)


def progress_of(participant: Participant) -> Progress:
    """How far she has come; one query."""
    question = f"SELECT {WHO[connection.vendor]} FROM conversations_participant p WHERE p.id = %s"  # noqa: S608
    row = row_of(question, a_minute_ago(), participant.pk)
    return Progress() if row is None else known_from(row).progress


def _numbers(listed: str | None) -> frozenset[int]:
    return frozenset(map(int, listed.split(","))) if listed else frozenset()
