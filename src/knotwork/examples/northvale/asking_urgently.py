"""One winter's day: a bus does not run, and a question prepared in autumn is asked, answered and acted on."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np

from knotwork.conversations import services
from knotwork.conversations.models import Conversation, VoteValue
from knotwork.conversations.services import urgent
from knotwork.core import clock
from knotwork.examples.northvale.material import told
from knotwork.examples.northvale.programme import Cast
from knotwork.examples.registry import BY_THE_HOUSE

PREPARED = datetime(2025, 11, 20, 14, tzinfo=UTC)
ASKED = datetime(2026, 1, 13, 7, 40, tzinfo=UTC)
ACTED_ON = ASKED + timedelta(hours=1, minutes=25)
DONE = datetime(2026, 1, 13, 17, 30, tzinfo=UTC)

_SEED = 12


def ask_urgently(cast: Cast) -> UUID:
    """Prepare the template, ask it, answer it, say who acts and what was done; the conversation's public id."""
    about = told("urgent")
    wanted = urgent.Prepared(
        name=about["name"],
        question=about["question"],
        introduction=about["introduction"],
        statements=tuple(row["text"] for row in about["statements"]),
        agreed_with=about["agreed_with"],
        open_hours=about["open_hours"],
        place=cast.northvale,
    )
    with clock.moved_to(PREPARED):
        template = urgent.prepare_template(cast.programme, wanted, by=BY_THE_HOUSE)
    with clock.moved_to(ASKED):
        question = urgent.ask_now(template, about, by=BY_THE_HOUSE)
    _people_answer(question.conversation, about)
    with clock.moved_to(ACTED_ON):
        for number, text in enumerate(about["offers"]):
            urgent.offer(question, text, "", f"northvale offer {number}", f"northvale {number}")
        urgent.say_who_will_act(question, about["who_will_act"], by=BY_THE_HOUSE)
    with clock.moved_to(DONE):
        urgent.say_done(question, about["done"], by=BY_THE_HOUSE)
    return question.conversation.public_id


def _people_answer(conversation: Conversation, about: dict[str, Any]) -> None:
    """Each answers every statement, as likely this or that way as the story says, within the first hours."""
    chance = np.random.default_rng(_SEED)
    statements = list(zip(conversation.statements.order_by("number"), about["statements"], strict=True))
    for position in range(about["people"]):
        with clock.moved_to(ASKED + timedelta(minutes=4 + 5 * position)):
            known_as = f"northvale urgent {position}"
            participant = services.join(conversation, known_as, known_as)
            for statement, likely in statements:
                draw = chance.random()
                value = VoteValue.AGREE if draw < likely["agree"] else VoteValue.PASS
                if likely["agree"] <= draw < likely["agree"] + likely["disagree"]:
                    value = VoteValue.DISAGREE
                services.cast_vote(participant, statement, value)
