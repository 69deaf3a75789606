"""A process of its own that votes, so that two can vote: ``python -m tests.conversations.voter <act>``.

``build`` makes a conversation with its people; ``vote <seed>`` casts votes of all of them in a drawn order;
``compare`` prints how many entries the log has and whether replaying it gives the votes that stand. ``open`` makes a
conversation with many statements and prints the path of its page; ``missing <file>`` prints how many of the votes in
the file (a browser's token and a statement on each line) do not stand, and whether the log gives those that do.
"""

import random
import sys
from pathlib import Path

import django
from django.core.management import call_command

PEOPLE, STATEMENTS, VOTES = 4, 3, 150


def build() -> None:
    from tests.builders import a_conversation
    from tests.conversations.build import a_participant

    call_command("migrate", verbosity=0)
    conversation = a_conversation(statements=STATEMENTS)
    for _ in range(PEOPLE):
        a_participant(conversation)


def vote(seed: str) -> None:
    from knotwork.conversations.models import Participant, Statement
    from knotwork.conversations.services import cast_vote

    draw = random.Random(seed)
    people, statements = list(Participant.objects.all()), list(Statement.objects.all())
    for _ in range(VOTES):
        cast_vote(draw.choice(people), draw.choice(statements), draw.choice([-1, 0, 1]))


def compare() -> None:
    from knotwork.conversations.models import Conversation, VoteLogEntry
    from tests.conversations.build import replayed_log, standing_votes

    conversation = Conversation.objects.get()
    agrees = replayed_log(conversation) == standing_votes(conversation)
    print(VoteLogEntry.objects.count(), agrees)


def open_one() -> None:
    from tests.builders import a_conversation
    from tests.conversations.build import page

    call_command("migrate", verbosity=0)
    print(page("take-part", a_conversation(statements=40)))


def missing(path: str) -> None:
    from knotwork.conversations.models import Conversation, Vote
    from knotwork.conversations.queries.known import known_by
    from tests.conversations.build import replayed_log, standing_votes

    conversation = Conversation.objects.get()
    told = [line.split() for line in Path(path).read_text().splitlines()]
    stand = [
        Vote.objects.filter(
            participant=known_by(conversation, token), statement__public_id=statement
        ).exists()
        for token, statement in told
    ]
    print(stand.count(False), replayed_log(conversation) == standing_votes(conversation))


if __name__ == "__main__":
    django.setup()
    acts = {"build": build, "vote": vote, "compare": compare, "open": open_one, "missing": missing}
    acts[sys.argv[1]](*sys.argv[2:])
