"""Participants and answers to test with."""

from itertools import count

from django.db.models import Q
from django.test import Client
from django.urls import reverse

from knotwork.conversations.models import Conversation, Participant, Statement, Vote, VoteLogEntry
from knotwork.conversations.services import participants

_NUMBERS = count(1)
Standing = dict[tuple[int, int], int]


def a_token() -> str:
    """The token of a browser that was never seen before."""
    return f"{next(_NUMBERS):032d}"


def a_participant(
    conversation: Conversation, token: str | None = None, address: str = "192.0.2.1"
) -> Participant:
    """Somebody who has begun."""
    return participants.join(conversation, token or a_token(), address)


def page(name: str, conversation: Conversation) -> str:
    """The address of a conversation's page."""
    return reverse(f"conversations:{name}", args=[conversation.programme.slug, conversation.slug])


def press(client: Client, statement: Statement, answer: str = "agree", **extra: str):
    """Press one of the buttons under a statement."""
    address = page("take-part", statement.conversation)
    return client.post(address, {"statement": str(statement.public_id), "answer": answer}, **extra)


def standing_votes(conversation: Conversation) -> Standing:
    """The votes that stand."""
    rows = Vote.objects.filter(conversation=conversation)
    return {(row.participant_id, row.statement_id): row.value for row in rows}


def replayed_log(conversation: Conversation) -> Standing:
    """The votes that stand when the log is read from its beginning, without what mergings that were undone brought."""
    not_undone = Q(merge__isnull=True) | Q(merge__undone_at__isnull=True)
    rows = VoteLogEntry.objects.filter(not_undone, conversation=conversation).order_by("id")
    return {(row.participant_id, row.statement_id): row.value for row in rows}
