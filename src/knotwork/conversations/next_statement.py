"""Which statement somebody is asked next: drawn by priority among those she has not met.

Reading the page again shows the same statement until she answers: the draw is seeded with what her browser is
known by and the number of statements that she has met. Only a new analysis may change it.
"""

import hashlib
from dataclasses import dataclass

import numpy as np
from django.db.models import Exists, OuterRef

from knotwork.conversations.models import (
    Conversation,
    NotUnderstood,
    Participant,
    Statement,
    StatementState,
    Vote,
)
from knotwork.methods.opinion.routing import META_PRIORITY, draw_statement, open_statements, priorities

_NOTHING = np.zeros(1, dtype=np.int64)
NEW_PRIORITY = float(priorities(_NOTHING, _NOTHING, _NOTHING, np.zeros(1), np.zeros(1, dtype=bool))[0])


@dataclass(frozen=True)
class _Open:
    """What can be put to one person: rows in the order in which the statements were made."""

    ids: list[int]
    is_own: list[bool]
    voters: list[int]
    priority: list[float]


def next_statement(
    conversation: Conversation, participant: Participant | None, token: str, met: int
) -> Statement | None:
    """The statement to show, or ``None`` when nothing is left: two queries, however many there are.

    ``met`` is how many statements she has answered or not understood.
    """
    left = _left_for(conversation, participant)
    if not left.ids:
        return None
    voters = np.array(left.voters, dtype=np.int64)
    everything, nothing = np.ones(len(left.ids), dtype=bool), np.zeros(len(left.ids), dtype=bool)
    candidates = open_statements(everything, nothing, np.array(left.is_own, dtype=bool), voters)
    seed = _seed(conversation, token, met)
    position = draw_statement(
        np.array(left.priority, dtype=np.float64),
        candidates,
        voters,
        # People begin at different turns, so that some newcomer's first draw is one kept for new statements.
        turn=met + _seed(conversation, token, 0) % 4,
        random=np.random.default_rng(seed),
    )
    return None if position is None else Statement.objects.get(pk=left.ids[position])


def _seed(conversation: Conversation, token: str, met: int) -> int:
    words = f"{conversation.public_id} {token} {met}".encode()
    return int.from_bytes(hashlib.blake2b(words, digest_size=8).digest(), "big")


def _left_for(conversation: Conversation, participant: Participant | None) -> _Open:
    rows = Statement.objects.filter(conversation=conversation, state=StatementState.LIVE)
    if participant is not None:
        hers = {"participant": participant, "statement": OuterRef("pk")}
        rows = rows.exclude(Exists(Vote.objects.filter(**hers))).exclude(
            Exists(NotUnderstood.objects.filter(**hers))
        )
    left = _Open([], [], [], [])
    columns = ("pk", "author_id", "is_about_the_person", "standing__priority", "standing__agree")
    counts = ("standing__disagree", "standing__passed")
    for key, author, is_meta, priority, *votes in rows.order_by("number").values_list(*columns, *counts):
        left.ids.append(key)
        left.is_own.append(participant is not None and author == participant.pk)
        left.voters.append(sum(count or 0 for count in votes))
        left.priority.append(priority or (META_PRIORITY if is_meta else NEW_PRIORITY))
    return left
