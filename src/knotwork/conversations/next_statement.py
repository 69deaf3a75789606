"""Which statement somebody is asked next: drawn by priority among those she has not met.

Reading the page again shows the same statement until she answers: the draw is seeded with what her browser is
known by and the number of statements that she has met. Only a new analysis may change it.
"""

import hashlib
from dataclasses import dataclass
from random import Random
from uuid import UUID

import numpy as np
from django.db import DEFAULT_DB_ALIAS
from numpy.typing import NDArray

from knotwork.conversations.models import Conversation, Participant, Statement
from knotwork.conversations.queries import Progress
from knotwork.core.asked_often import row_of, rows_of
from knotwork.methods.opinion.routing import META_PRIORITY, draw_statement, open_statements, priorities

_NOTHING = np.zeros(1, dtype=np.int64)
NEW_PRIORITY = float(priorities(_NOTHING, _NOTHING, _NOTHING, np.zeros(1), np.zeros(1, dtype=bool))[0])
_NOBODY = 0

_SHOWN = """
SELECT s.id, s.author_id, s.is_about_the_person, standing.priority,
  COALESCE(standing.agree + standing.disagree + standing.passed, 0)
FROM conversations_statement s
LEFT JOIN conversations_statementstanding standing ON standing.statement_id = s.id
WHERE s.conversation_id = %s AND s.state = 'live'
ORDER BY s.number
"""
_WORDS = """
SELECT id, public_id, conversation_id, text, language FROM conversations_statement
WHERE id = %s AND state = 'live'
"""
_WORDS_FIELDS = ["id", "public_id", "conversation_id", "text", "language"]


@dataclass(frozen=True)
class ShownStatements:
    """What a conversation puts to people, in the order in which it was made; the same for everybody."""

    ids: NDArray[np.int64]
    authors: NDArray[np.int64]
    voters: NDArray[np.int64]
    priority: NDArray[np.float64]
    position: dict[int, int]


def shown_statements(conversation: Conversation) -> ShownStatements:
    """The statements that are shown, with how each stood in the newest analysis; one query."""
    rows = rows_of(_SHOWN, conversation.pk)
    return ShownStatements(
        position={row[0]: place for place, row in enumerate(rows)},
        ids=np.array([row[0] for row in rows], dtype=np.int64),
        authors=np.array([row[1] or _NOBODY for row in rows], dtype=np.int64),
        voters=np.array([row[4] for row in rows], dtype=np.int64),
        priority=np.array(
            [row[3] or (META_PRIORITY if row[2] else NEW_PRIORITY) for row in rows], dtype=np.float64
        ),
    )


def next_statement(
    conversation: Conversation,
    participant: Participant | None,
    token: str,
    progress: Progress,
    shown: ShownStatements | None = None,
) -> Statement | None:
    """The statement to show, or ``None`` when nothing is left.

    ``progress`` is how far she has come; ``shown`` is what is put to people, if it is known already.
    """
    shown = shown or shown_statements(conversation)
    position = draw_statement(
        shown.priority,
        _candidates(shown, participant, progress),
        shown.voters,
        # People begin at different turns, so that some newcomer's first draw is one kept for new statements.
        turn=progress.met + _seed(conversation, token, 0) % 4,
        random=Random(_seed(conversation, token, progress.met)),  # noqa: S311 - a draw, not a secret
    )
    return None if position is None else _statement(int(shown.ids[position]))


def _candidates(
    shown: ShownStatements, participant: Participant | None, progress: Progress
) -> NDArray[np.bool_]:
    """Which of them can be put to her."""
    everything, has_met = np.ones(len(shown.ids), dtype=bool), np.zeros(len(shown.ids), dtype=bool)
    if participant is None:
        return open_statements(everything, has_met, has_met, shown.voters)
    has_met[[shown.position[key] for key in progress.seen if key in shown.position]] = True
    return open_statements(everything, has_met, shown.authors == participant.pk, shown.voters)


def _seed(conversation: Conversation, token: str, met: int) -> int:
    words = f"{conversation.public_id} {token} {met}".encode()
    return int.from_bytes(hashlib.blake2b(words, digest_size=8).digest(), "big")


def _statement(key: int) -> Statement | None:
    """Its words, as long as it is shown."""
    row = row_of(_WORDS, key)
    if row is None:
        return None
    public_id = row[1] if isinstance(row[1], UUID) else UUID(row[1])
    return Statement.from_db(DEFAULT_DB_ALIAS, _WORDS_FIELDS, (row[0], public_id, *row[2:]))
