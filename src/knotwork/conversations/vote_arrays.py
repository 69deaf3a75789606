"""The votes of one conversation as arrays, all read at one moment, and the words that say which moment.

Three reads (people, statements, standing votes) must agree with each other and with the state that the result will
bear, while people go on voting. On PostgreSQL they share one REPEATABLE READ transaction; on SQLite one deferred
transaction, which sees one moment and, unlike the writing kind, keeps nobody waiting.

**No vote is lost from the results.** The state holds the newest number of the vote log *and* how many numbers below
it are there, among the last 200. PostgreSQL gives out numbers when a vote is written, not when it is committed: vote
1001 can be seen before vote 1000. A run that read 1001 without 1000 bears a state with one number fewer; when 1000
arrives the state differs, and a run is due, though the newest number is the same.
"""

from dataclasses import dataclass, field
from uuid import UUID

import numpy as np
import polars as pl
from django.db import connection
from django.db.models import Count, Exists, OuterRef
from numpy.typing import NDArray

from knotwork.conversations.models import (
    ConversationStage,
    Participant,
    Statement,
    StatementState,
    Vote,
    Way,
)
from knotwork.core.one_moment import one_moment
from knotwork.core.whole_numbers import whole_numbers

# Every part is an index range: the tick asks this every few seconds for all conversations.
_STATES = """
SELECT v.id, v.public_id, v.newest,
  (SELECT COUNT(*) FROM conversations_votelogentry e WHERE e.conversation_id = v.id AND e.id > v.newest - 200),
  (SELECT COUNT(*) FROM conversations_statement s WHERE s.conversation_id = v.id AND s.state = %s),
  (SELECT COALESCE(SUM(s.number), 0) FROM conversations_statement s
    WHERE s.conversation_id = v.id AND s.state = %s),
  v.is_sensitive, v.publishes_votes, v.groups_are_named,
  (SELECT COUNT(*) FROM conversations_participant q WHERE q.conversation_id = v.id AND q.is_flagged),
  (SELECT COALESCE(SUM(q.number), 0) FROM conversations_participant q
    WHERE q.conversation_id = v.id AND q.is_flagged)
FROM (
  SELECT c.id, c.public_id, c.publishes_votes, c.groups_are_named, p.is_sensitive,
    (SELECT MAX(e.id) FROM conversations_votelogentry e WHERE e.conversation_id = c.id) AS newest
  FROM conversations_conversation c LEFT JOIN programmes_place p ON p.id = c.place_id
  WHERE {which}
) v
WHERE v.newest IS NOT NULL
ORDER BY v.id
"""
_PEOPLE = "SELECT id, number FROM conversations_participant WHERE conversation_id = %s"
_PARTS = (
    "SELECT number, named_part FROM conversations_participant WHERE conversation_id = %s AND named_part > 0"
)
_FLAGGED = "SELECT number FROM conversations_participant WHERE conversation_id = %s AND is_flagged"
_VOTES = "SELECT participant_id, statement_id, value FROM conversations_vote WHERE conversation_id = %s"


@dataclass(frozen=True)
class VoteArrays:
    """Everything that the opinion method needs, by the numbers that people see.

    ``votes`` has ``participant, statement, vote``, one row per standing vote; ``statements`` has ``statement,
    moderated_out, meta`` for every statement of the conversation; ``statement_ids`` leads from a statement's number
    to its row. ``parts`` has ``participant, part`` for those who named one; ``ways`` how many who answered took part in
    which way. ``flagged`` are the participants whose answers are looked at with and without. ``state`` says which
    moment this is.
    """

    votes: pl.DataFrame
    statements: pl.DataFrame
    statement_ids: dict[int, int]
    parts: pl.DataFrame
    ways: dict[str, int]
    state: str
    flagged: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))


def states_of_voted() -> list[tuple[UUID, str]]:
    """Every conversation that is past its draft, not withdrawn and has votes, with the state of its input."""
    rows = _states("c.withdrawn_at IS NULL AND c.stage <> %s", ConversationStage.DRAFT)
    return [(public_id, state) for _pk, public_id, state in rows]


def state_of(conversation_id: int) -> str:
    """The state of one conversation's input, in the same words; empty before its first vote."""
    rows = _states("c.id = %s", conversation_id)
    return rows[0][2] if rows else ""


def votes_of(conversation_id: int) -> VoteArrays:
    """Read the standing votes and the statements of a conversation."""
    with one_moment():
        state = state_of(conversation_id)
        statements = list(
            Statement.objects.filter(conversation_id=conversation_id)
            .order_by("number")
            .values_list("pk", "number", "state", "is_about_the_person")
        )
        people = whole_numbers(_PEOPLE, [conversation_id], ("id", "number"))
        votes = whole_numbers(_VOTES, [conversation_id], ("participant_id", "statement_id", "value"))
        parts = whole_numbers(_PARTS, [conversation_id], ("number", "named_part"))
        ways = _ways(conversation_id)
        flagged = whole_numbers(_FLAGGED, [conversation_id], ("number",))[:, 0]
    numbers = np.array([row[:2] for row in statements], np.int64).reshape(-1, 2)
    return VoteArrays(
        votes=pl.DataFrame(
            {
                "participant": _public_numbers(votes[:, 0], people),
                "statement": _public_numbers(votes[:, 1], numbers),
                "vote": votes[:, 2].astype(np.int8),
            }
        ),
        statements=pl.DataFrame(
            {
                "statement": numbers[:, 1].copy(),
                "moderated_out": pl.Series(
                    [row[2] != StatementState.LIVE for row in statements], dtype=pl.Boolean
                ),
                "meta": pl.Series([row[3] for row in statements], dtype=pl.Boolean),
            }
        ),
        statement_ids={number: pk for pk, number, _state, _meta in statements},
        parts=pl.DataFrame({"participant": parts[:, 0].copy(), "part": parts[:, 1].copy()}),
        ways=ways,
        state=state,
        flagged=flagged,
    )


def _states(which: str, parameter: int | str) -> list[tuple[int, UUID, str]]:
    shown = StatementState.LIVE.value
    with connection.cursor() as cursor:
        cursor.execute(_STATES.format(which=which), [shown, shown, parameter])
        rows = cursor.fetchall()
    return [
        (
            pk,
            public_id if isinstance(public_id, UUID) else UUID(str(public_id)),
            f"votes:{newest}.{tail} statements:{count}.{total} "
            f"sensitive:{int(bool(sensitive))} open:{int(bool(open_votes))} named:{int(bool(named))} "
            f"flagged:{flagged}.{numbers}",
        )
        for pk, public_id, newest, tail, count, total, sensitive, open_votes, named, flagged, numbers in rows
    ]


def _ways(conversation_id: int) -> dict[str, int]:
    """How many of those who answered took part in which way, in the order of the ways."""
    answered = Exists(Vote.objects.filter(participant=OuterRef("pk")))
    rows = Participant.objects.filter(answered, conversation_id=conversation_id)
    counted = dict(rows.values_list("way").annotate(people=Count("pk")))
    return {way: counted[way] for way in Way.values if way in counted}


def _public_numbers(ids: NDArray[np.int64], table: NDArray[np.int64]) -> NDArray[np.int64]:
    """The public number of every inner id; ``table`` holds rows ``id, number``."""
    if not len(ids):
        return np.empty(0, np.int64)
    ordered = table[np.argsort(table[:, 0])]
    return ordered[np.searchsorted(ordered[:, 0], ids), 1]
