"""Votes: the one path that must never lose anything and never wait for anything else."""

from typing import Final, NoReturn
from uuid import UUID

from django.db import connection, transaction

from knotwork.conversations import rules
from knotwork.conversations.models import (
    Conversation,
    NotUnderstood,
    Participant,
    Statement,
    StatementState,
    VoteValue,
)
from knotwork.conversations.services.participants import join, known_to_answer, say_which_part
from knotwork.conversations.services.refusals import UnknownAnswer, UnknownStatement, require_taken
from knotwork.core import clock
from knotwork.core.asked_often import in_its_words, rows_of, write_row
from knotwork.core.on_disk import on_disk_together

NOT_UNDERSTOOD: Final = "not-understood"
ANSWERS: Final = {
    "agree": VoteValue.AGREE,
    "disagree": VoteValue.DISAGREE,
    "pass": VoteValue.PASS,
}

# The vote that stands comes first: while it is being written no other answer of hers to this statement
# can pass, so the log's order is that in which the standing vote changed, and replaying the log gives it.
# Whether she may answer is decided by the same command that writes, so that nothing slips in between.
_STAND = """
INSERT INTO conversations_vote (conversation_id, participant_id, statement_id, value, at)
SELECT c.id, p.id, s.id, %s, %s
FROM conversations_statement s
JOIN conversations_conversation c ON c.id = s.conversation_id
JOIN conversations_participant p ON p.conversation_id = c.id
LEFT JOIN programmes_place place ON place.id = c.place_id
WHERE s.public_id = %s AND p.id = %s AND s.state = 'live' AND c.stage = 'open' AND c.withdrawn_at IS NULL
  AND NOT c.held_elsewhere
  AND (p.is_invited OR NOT (c.is_by_invitation OR COALESCE(place.is_sensitive, FALSE)))
  AND (c.opens_at IS NULL OR c.opens_at <= %s) AND (c.closes_at IS NULL OR c.closes_at > %s)
ON CONFLICT (participant_id, statement_id) DO UPDATE SET value = excluded.value, at = excluded.at
RETURNING conversation_id, participant_id, statement_id, value, at
"""
_LOG = """
INSERT INTO conversations_votelogentry (conversation_id, participant_id, statement_id, value, at)
"""
_LOG_ONE = f"{_LOG} VALUES (%s, %s, %s, %s, %s)"
# PostgreSQL does both in one command, which is a transaction by itself: one way to the database instead of four.
_STAND_AND_LOG = (
    f"WITH stands AS ({_STAND}) "  # noqa: S608
    f"{_LOG} SELECT conversation_id, participant_id, statement_id, value, at FROM stands"
)


def cast_vote(participant: Participant, statement: Statement, value: int) -> None:
    """Let an answer stand in the place of an earlier one, and append it to the log, in one transaction.

    Nothing else is written here: no event, no counter, nothing about the conversation.
    """
    if value not in VoteValue.values:
        raise UnknownAnswer
    _cast(participant, statement.public_id, int(value))


def _cast(participant: Participant, statement: UUID, value: int) -> None:
    if not _write(participant, statement, value):
        _say_why_not(participant)


def _write(participant: Participant, statement: UUID, value: int) -> bool:
    """Whether it stands and is in the log; both, or neither."""
    moment = clock.now()
    vote = in_its_words(value, moment, statement, participant.pk, moment, moment)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_STAND_AND_LOG, vote)
            return cursor.rowcount == 1
    with transaction.atomic(savepoint=False):
        stands = rows_of(_STAND, *vote)
        for row in stands:
            write_row(_LOG_ONE, *row)
    return bool(stands)


def _say_why_not(participant: Participant) -> NoReturn:
    conversation = Conversation.objects.select_related("place").get(pk=participant.conversation_id)
    require_taken(rules.can_take_part(conversation, participant), conversation)
    raise UnknownStatement


def say_not_understood(participant: Participant, statement: Statement) -> None:
    """Keep that she was not sure she understood it: apart from the votes, and once."""
    if statement.conversation_id != participant.conversation_id or statement.state != StatementState.LIVE:
        raise UnknownStatement
    NotUnderstood.objects.get_or_create(
        participant=participant, statement=statement, defaults={"at": clock.now()}
    )


def answer(
    conversation: Conversation,
    statement_id: UUID | None,
    given: str,
    token: str,
    address: str,
    *,
    named_part: int | None = None,
) -> Participant:
    """What the page of one statement sends: an answer, from a browser that may be new here. Whose it was.

    A newcomer joins and votes in one transaction, so that no participant without an answer is left behind. What she
    said to 'which are you?' comes with her first answer and stays.
    """
    if given not in ANSWERS and given != NOT_UNDERSTOOD:
        raise UnknownAnswer
    if statement_id is None:
        raise UnknownStatement
    participant = known_to_answer(conversation, token)
    require_taken(rules.can_take_part(conversation, participant), conversation)
    if participant is not None:
        if named_part is not None:
            say_which_part(participant, named_part)
        with on_disk_together():
            _take(participant, statement_id, given)
        return participant
    with on_disk_together(), transaction.atomic():
        participant = join(conversation, token, address, named_part=named_part)
        _take(participant, statement_id, given)
    return participant


def _take(participant: Participant, statement: UUID, given: str) -> None:
    if given == NOT_UNDERSTOOD:
        say_not_understood(participant, _shown(participant, statement))
    else:
        _cast(participant, statement, int(ANSWERS[given]))


def _shown(participant: Participant, public_id: UUID) -> Statement:
    """The statement of her conversation with this public id, as long as it is shown."""
    shown = Statement.objects.filter(
        conversation=participant.conversation_id, public_id=public_id, state=StatementState.LIVE
    ).first()
    if shown is None:
        raise UnknownStatement
    return shown
