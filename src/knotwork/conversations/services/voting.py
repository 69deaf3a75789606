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
from knotwork.conversations.services.participants import join, known_to_answer, say_which_part
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


def _cast(participant: Participant, statement: UUID, value: int) -> None:
    if not write_vote(participant, statement, value):
        _say_why_not(participant)


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
