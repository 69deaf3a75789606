"""Votes: the one path that must never lose anything and never wait for anything else."""

from typing import Final, NoReturn
from uuid import UUID

from django.db import transaction

from knotwork.conversations import rules
from knotwork.conversations.models import (
    Conversation,
    NotUnderstood,
    Participant,
    Statement,
    StatementState,
    VoteValue,
)
from knotwork.conversations.queries.known import Known, known_at
from knotwork.conversations.services.participants import at_a_readers_pace, join, say_which_part
from knotwork.conversations.services.refusals import UnknownAnswer, UnknownStatement, require_taken
from knotwork.conversations.services.vote_writing import write_vote
from knotwork.core import clock
from knotwork.core.on_disk import on_disk_together

NOT_UNDERSTOOD: Final = "not-understood"
ANSWERS: Final = {
    "agree": VoteValue.AGREE,
    "disagree": VoteValue.DISAGREE,
    "pass": VoteValue.PASS,
}


def cast_vote(participant: Participant, statement: Statement, value: int) -> None:
    """Let an answer stand in the place of an earlier one, and append it to the log, in one transaction.

    Nothing else is written here: no event, no counter, nothing about the conversation.
    """
    if value not in VoteValue.values:
        raise UnknownAnswer
    _cast(participant, statement.public_id, int(value))


def _cast(participant: Participant, statement: UUID, value: int) -> int:
    written = write_vote(participant, statement, value)
    return _say_why_not(participant) if written is None else written


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
    known: Known | None = None,
) -> Known:
    """What the page of one statement sends: an answer, from a browser that may be new here. How far she is with it.

    A newcomer joins and votes in one transaction, so that no participant without an answer is left behind. What she
    said to 'which are you?' comes with her first answer and stays. ``known`` is what this request has found out of her.
    """
    if given not in ANSWERS and given != NOT_UNDERSTOOD:
        raise UnknownAnswer
    if statement_id is None:
        raise UnknownStatement
    known = at_a_readers_pace(known or known_at(conversation, token))
    require_taken(rules.can_take_part(conversation, known.participant), conversation)
    if known.participant is not None:
        if named_part is not None:
            say_which_part(known.participant, named_part)
        with on_disk_together():
            return _take(known, known.participant, statement_id, given)
    with on_disk_together(), transaction.atomic():
        participant = join(conversation, token, address, named_part=named_part)
        return _take(Known(participant), participant, statement_id, given)


def _take(known: Known, participant: Participant, statement: UUID, given: str) -> Known:
    if given == NOT_UNDERSTOOD:
        shown = _shown(participant, statement)
        say_not_understood(participant, shown)
        return known.with_not_understood(shown.pk)
    return known.with_vote(_cast(participant, statement, int(ANSWERS[given])))


def _shown(participant: Participant, public_id: UUID) -> Statement:
    """The statement of her conversation with this public id, as long as it is shown."""
    shown = Statement.objects.filter(
        conversation=participant.conversation_id, public_id=public_id, state=StatementState.LIVE
    ).first()
    if shown is None:
        raise UnknownStatement
    return shown
