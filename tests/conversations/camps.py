"""Made-up conversations with votes: people in camps, so that the groups to be found are known beforehand."""

from collections.abc import Sequence
from random import Random

from django.test import Client

from knotwork.conversations.analyses import KIND, NEVER_GROUPED
from knotwork.conversations.models import Conversation, Participant, Statement, Vote, VoteLogEntry
from knotwork.conversations.vote_arrays import VoteArrays
from knotwork.core.analyses import queries as snapshots
from knotwork.core.analyses.services import run_now
from knotwork.methods.opinion import OpinionResult, analyse, vote_table
from tests.builders import a_conversation
from tests.conversations.build import page

DIVIDING, SHARED = 8, 2
PASSES = 0.15


def camps(
    sizes: Sequence[int] = (30, 20), conversation: Conversation | None = None, **words: object
) -> Conversation:
    """People in camps: camp k agrees with every statement but those whose number is k modulo the camps, so that each
    camp has its own; everybody agrees with the last two statements. About one vote in seven is a
    pass."""
    where = conversation or a_conversation(statements=DIVIDING + SHARED, stage="closed", **words)
    statements = list(where.statements.order_by("number"))
    votes: list[tuple[Participant, Statement, int]] = []
    number = 0
    for camp, size in enumerate(sizes):
        for _member in range(size):
            number += 1
            person = Participant.objects.create(conversation=where, number=number)
            votes += [
                (person, statement, _answer(camp, len(sizes), position, number))
                for position, statement in enumerate(statements)
            ]
    cast_all(where, votes)
    return where


def _answer(camp: int, camps_in_all: int, position: int, number: int) -> int:
    if Random(1000 * number + position).random() < PASSES:
        return 0
    return 1 if position >= DIVIDING or position % camps_in_all == camp else -1


def cast_all(conversation: Conversation, votes: Sequence[tuple[Participant, Statement, int]]) -> None:
    """Many votes at once, with their log."""
    for model in (VoteLogEntry, Vote):
        model.objects.bulk_create(
            model(conversation=conversation, participant=person, statement=statement, value=value)
            for person, statement, value in votes
        )


def worked_out(conversation: Conversation) -> dict[str, object]:
    """Run the analysis now; its result."""
    run_now(KIND, conversation.public_id)
    snapshot = snapshots.newest_good(KIND, conversation.public_id)
    assert snapshot is not None, snapshots.latest_failure(KIND, conversation.public_id)
    return dict(snapshot.result)


def without_groups(conversation: Conversation, arrays: VoteArrays, seed: int) -> tuple[OpinionResult, str]:
    """In place of ``analyses.worked_out``: what comes out where no split of the people has large enough groups."""
    return analyse(vote_table(arrays.votes, arrays.statements), NEVER_GROUPED, seed=seed), "none_fit"


def words_of(client: Client, conversation: Conversation, name: str = "results") -> str:
    """A page of the conversation as text."""
    response = client.get(page(name, conversation))
    assert response.status_code == 200, response.status_code
    return response.content.decode()
