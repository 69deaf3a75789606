"""A vote goes to where it stands and to the log in one command: both, or neither.

One command keeps others from writing only while it writes. With two, a thread that had written the first could wait for
its turn to go on, and everybody who voted meanwhile for it. PostgreSQL has a way of saying both at once. In SQLite each
connection that votes has a view of its own, gone with the connection, into which votes are written; it holds nothing,
and what is written into it goes to both tables.
"""

from typing import Any
from uuid import UUID

from django.db import OperationalError, connection

from knotwork.conversations.models import Participant
from knotwork.core import clock
from knotwork.core.asked_often import rows_of

# Whether she may answer is decided by the same command that writes, so that nothing slips in between.
_CAST = """
SELECT c.id, p.id, s.id, %s, %s
FROM conversations_statement s
JOIN conversations_conversation c ON c.id = s.conversation_id
JOIN conversations_participant p ON p.conversation_id = c.id
LEFT JOIN programmes_place place ON place.id = c.place_id
WHERE s.public_id = %s AND p.id = %s AND s.state = 'live' AND c.stage = 'open' AND c.withdrawn_at IS NULL
  AND NOT c.held_elsewhere
  AND (p.is_invited OR NOT (c.is_by_invitation OR COALESCE(place.is_sensitive, FALSE)))
  AND (c.opens_at IS NULL OR c.opens_at <= %s) AND (c.closes_at IS NULL OR c.closes_at > %s)
"""
_COLUMNS = "conversation_id, participant_id, statement_id, value, at"
# The vote that stands comes first: while it is being written no other answer of hers to this statement
# can pass, so the log's order is that in which the standing vote changed, and replaying the log gives it.
_STANDS = "ON CONFLICT (participant_id, statement_id) DO UPDATE SET value = excluded.value, at = excluded.at"
_ON_POSTGRESQL = f"""
WITH stands AS (INSERT INTO conversations_vote ({_COLUMNS}) {_CAST} {_STANDS} RETURNING {_COLUMNS})
INSERT INTO conversations_votelogentry ({_COLUMNS}) SELECT {_COLUMNS} FROM stands RETURNING statement_id
"""  # noqa: S608 - put together of our own words alone
_ON_SQLITE = f"INSERT INTO casting ({_COLUMNS}) {_CAST} RETURNING statement_id"
_VIEW = (
    f"CREATE TEMP VIEW casting AS SELECT {_COLUMNS} FROM conversations_vote WHERE FALSE",  # noqa: S608
    f"""
CREATE TEMP TRIGGER casting_goes_to_both INSTEAD OF INSERT ON casting BEGIN
  INSERT INTO conversations_vote ({_COLUMNS})
    VALUES (NEW.conversation_id, NEW.participant_id, NEW.statement_id, NEW.value, NEW.at) {_STANDS};
  INSERT INTO conversations_votelogentry ({_COLUMNS})
    VALUES (NEW.conversation_id, NEW.participant_id, NEW.statement_id, NEW.value, NEW.at);
END
""",  # noqa: S608
)


def write_vote(participant: Participant, statement: UUID, value: int) -> int | None:
    """The number inside of the statement, once her answer stands and is in the log; nothing, where she may not."""
    moment = clock.now()
    vote = (value, moment, statement, participant.pk, moment, moment)
    written = rows_of(_ON_POSTGRESQL, *vote) if connection.vendor == "postgresql" else _on_sqlite(vote)
    return int(written[0][0]) if written else None


def _on_sqlite(vote: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    try:
        return rows_of(_ON_SQLITE, *vote)
    except OperationalError as problem:
        if "no such table" not in str(problem):
            raise
    for command in _VIEW:
        rows_of(command)
    return rows_of(_ON_SQLITE, *vote)
