"""The conversation: 412 made-up people, drawn by a seeded generator, who answer through the same doors as everybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from knotwork.conversations import services
from knotwork.conversations.models import BackgroundKind, Conversation, Participant, Statement, VoteValue
from knotwork.conversations.services.background import Choice, Question
from knotwork.core import clock
from knotwork.examples.northvale.material import told
from knotwork.examples.northvale.programme import Cast
from knotwork.examples.registry import BY_THE_HOUSE

OPENS = datetime(2025, 9, 15, 8, tzinfo=UTC)
NEW_WORDS = datetime(2025, 9, 29, 9, tzinfo=UTC)
CLOSES = datetime(2025, 10, 13, 18, tzinfo=UTC)
RIDERS_CODE = "440BVSH0MEJ"
"""The return code of the made-up rider who wrote about the last bus: it is given away, so that everybody can try it."""

_SEED = 440
_KINDS = ("neighbours", "services", "others")


@dataclass(frozen=True)
class Heard:
    """The conversation, and those of its statements that the story comes back to, by their keys."""

    conversation: Conversation
    statements: Mapping[str, Statement]


def listen(cast: Cast) -> Heard:
    """Set up, open, answer, word anew, close."""
    about = told("conversation")
    with clock.moved_to(OPENS):
        conversation = _opened(cast, about)
        rider = _the_rider_says(conversation, about)
    _people_answer(conversation, rider, about)
    with clock.moved_to(NEW_WORDS):
        services.reword_question(
            conversation, about["question"], about["reason_for_new_words"], by=BY_THE_HOUSE
        )
        _not_shown(conversation, about)
    with clock.moved_to(CLOSES):
        services.new_return_code(rider, RIDERS_CODE)
        services.close_conversation(conversation, by=BY_THE_HOUSE)
    texts = {row["text"]: row["key"] for row in about["statements"] if "key" in row}
    known = conversation.statements.filter(text__in=texts)
    return Heard(conversation, {texts[statement.text]: statement for statement in known})


def _opened(cast: Cast, about: Mapping[str, Any]) -> Conversation:
    """Begun with all statements but the rider's, which comes from the rider."""
    seeds = tuple(row["text"] for row in about["statements"] if "is_by_a_rider" not in row)
    wanted = services.SetUp(
        question=about["first_question"],
        introduction=about["introduction"],
        seeds=seeds,
        place=cast.northvale,
        closes_at=CLOSES + timedelta(days=1),
    )
    conversation = services.set_up_conversation(cast.programme, wanted, by=BY_THE_HOUSE)
    services.ask_background(conversation, [_question(row) for row in about["background"]], by=BY_THE_HOUSE)
    services.open_conversation(conversation, by=BY_THE_HOUSE)
    return conversation


def _question(row: Mapping[str, Any]) -> Question:
    choices = tuple(Choice(choice["name"], choice.get("people")) for choice in row["choices"])
    return Question(BackgroundKind(row["kind"]), choices, source=row["source"], year=row["year"])


def _what_they_say_of_themselves(about: Mapping[str, Any], people: int) -> list[dict[str, int | None]]:
    """For each person, in the order in which they come, the number of a choice to each question, or none."""
    # A chance of its own: the votes stay what they are.
    chance = np.random.default_rng(_SEED + 1)
    said: list[dict[str, int | None]] = [{} for _ in range(people)]
    for row in about["background"]:
        given = [
            number for number, choice in enumerate(row["choices"], start=1) for _ in range(choice["said"])
        ]
        for person, number in zip(chance.permutation(people), given, strict=False):
            said[person][row["kind"]] = number
    return said


def _the_rider_says(conversation: Conversation, about: Mapping[str, Any]) -> Participant:
    (text,) = (row["text"] for row in about["statements"] if "is_by_a_rider" in row)
    statement = services.add_statement(conversation, text, _token(0), _address(0))
    services.accept(statement, by=BY_THE_HOUSE)
    assert statement.author is not None  # she has just written it
    return statement.author


def _people_answer(conversation: Conversation, rider: Participant, about: Mapping[str, Any]) -> None:
    """Each person answers most statements, as likely this or that way as her kind does."""
    chance = np.random.default_rng(_SEED)
    kinds = [kind for kind in _KINDS for _ in range(about["kinds"][kind]["people"])]
    order = chance.permutation(len(kinds))
    ways = [way for way, count in about["ways"].items() for _ in range(count)]
    likely = {row["text"]: row for row in about["statements"]}
    live = [(statement, likely[statement.text]) for statement in conversation.statements.order_by("number")]
    of_themselves = _what_they_say_of_themselves(about, len(kinds))
    length = (CLOSES - OPENS) / (len(kinds) + 1)
    for position, person in enumerate(order):
        with clock.moved_to(OPENS + (position + 1) * length):
            participant = rider if position == 0 else _newcomer(conversation, position, ways[position])
            kind = _KINDS.index(kinds[person])
            for statement, chances in live:
                agrees, disagrees = chances["agree"][kind], chances["disagree"][kind]
                if (
                    statement.author_id == participant.pk
                    or chance.random() > about["kinds"][_KINDS[kind]]["answers"]
                ):
                    continue
                services.cast_vote(participant, statement, _drawn(chance.random(), agrees, disagrees))
            services.say_background(participant, of_themselves[position])


def _newcomer(conversation: Conversation, position: int, way: str) -> Participant:
    return services.join(conversation, _token(position), _address(position), way=way)


def _drawn(draw: float, agrees: float, disagrees: float) -> VoteValue:
    if draw < agrees:
        return VoteValue.AGREE
    return VoteValue.DISAGREE if draw < agrees + disagrees else VoteValue.PASS


def _not_shown(conversation: Conversation, about: Mapping[str, Any]) -> None:
    for number, row in enumerate(about["not_shown"]):
        statement = services.add_statement(
            conversation, row["text"], _token(-1 - number), _address(-1 - number)
        )
        services.do_not_show(statement, row["reason"], reply=row.get("answer", ""), by=BY_THE_HOUSE)


def _token(position: int) -> str:
    return f"northvale {position}"


def _address(position: int) -> str:
    return f"northvale {position}"
