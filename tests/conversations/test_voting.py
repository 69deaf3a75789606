"""The path of a vote: nothing lost, nothing else written, nothing half-done."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knotwork.conversations.models import (
    Conversation,
    ConversationStage,
    NotUnderstood,
    Participant,
    StatementState,
    Vote,
    VoteLogEntry,
)
from knotwork.conversations.services import answer, cast_vote, say_not_understood
from knotwork.conversations.services.participants import ANSWERS_IN_A_MINUTE
from knotwork.conversations.services.refusals import NotOpen, UnknownAnswer, UnknownStatement
from knotwork.core import clock
from knotwork.core.events.models import Event
from knotwork.core.pages.errors import SlowDown
from knotwork.core.rules import Refused
from tests.builders import a_conversation, a_place, a_statement
from tests.conversations.build import a_participant, a_token, replayed_log, standing_votes


@pytest.fixture
def conversation(db: None) -> Conversation:
    return a_conversation(statements=3)


def test_an_answer_stands_and_is_in_the_log(conversation: Conversation) -> None:
    somebody, statement = a_participant(conversation), conversation.statements.first()
    cast_vote(somebody, statement, -1)
    assert standing_votes(conversation) == {(somebody.pk, statement.pk): -1}
    entry = VoteLogEntry.objects.get()
    assert (entry.conversation_id, entry.participant_id, entry.value) == (conversation.pk, somebody.pk, -1)


def test_a_later_answer_takes_the_place_of_the_earlier_one_and_both_stay_in_the_log(
    conversation: Conversation,
) -> None:
    somebody, statement = a_participant(conversation), conversation.statements.first()
    cast_vote(somebody, statement, 1)
    cast_vote(somebody, statement, 0)
    assert standing_votes(conversation) == {(somebody.pk, statement.pk): 0}
    assert list(VoteLogEntry.objects.order_by("id").values_list("value", flat=True)) == [1, 0]


def test_a_vote_bears_the_moment_of_the_clock(conversation: Conversation) -> None:
    somebody, statement = a_participant(conversation), conversation.statements.first()
    moment = clock.now() - timedelta(days=3)
    with clock.moved_to(moment):
        cast_vote(somebody, statement, 1)
    assert Vote.objects.get().at == VoteLogEntry.objects.get().at == moment


@pytest.mark.django_db(transaction=True)
def test_a_vote_is_one_command_and_nothing_else() -> None:
    conversation = a_conversation(statements=1)
    somebody, statement = a_participant(conversation), conversation.statements.get()
    cast_vote(somebody, statement, 0)  # the first on a connection finds no place of its own to write into
    with CaptureQueriesContext(connection) as queries:
        cast_vote(somebody, statement, 1)
    begun = [" ".join(query["sql"].split()[:3]) for query in queries.captured_queries]
    assert begun == ["INSERT INTO casting" if connection.vendor == "sqlite" else "WITH stands AS"]


def test_a_vote_records_no_event(conversation: Conversation) -> None:
    cast_vote(a_participant(conversation), conversation.statements.first(), 1)
    assert not Event.objects.exists()


@pytest.mark.parametrize("value", [2, -2, 7])
def test_a_value_that_is_no_answer_is_refused(conversation: Conversation, value: int) -> None:
    with pytest.raises(UnknownAnswer):
        cast_vote(a_participant(conversation), conversation.statements.first(), value)
    assert not VoteLogEntry.objects.exists()


def test_a_statement_of_another_conversation_cannot_be_answered(conversation: Conversation) -> None:
    elsewhere = a_statement(a_conversation())
    with pytest.raises(UnknownStatement):
        cast_vote(a_participant(conversation), elsewhere, 1)
    assert not VoteLogEntry.objects.exists()


@pytest.mark.parametrize("state", [StatementState.WAITING, StatementState.NOT_SHOWN])
def test_a_statement_that_is_not_shown_cannot_be_answered(
    conversation: Conversation, state: StatementState
) -> None:
    hidden = a_statement(conversation, state=state)
    with pytest.raises(UnknownStatement):
        cast_vote(a_participant(conversation), hidden, 1)


@pytest.mark.parametrize("stage", [ConversationStage.DRAFT, ConversationStage.CLOSED])
def test_a_conversation_that_is_not_open_takes_no_vote(
    conversation: Conversation, stage: ConversationStage
) -> None:
    somebody, statement = a_participant(conversation), conversation.statements.first()
    Conversation.objects.update(stage=stage)
    with pytest.raises(NotOpen):
        cast_vote(somebody, statement, 1)
    assert not Vote.objects.exists()


def test_the_opening_moment_is_inside_the_window_and_the_closing_moment_is_not(
    conversation: Conversation,
) -> None:
    somebody, statement = a_participant(conversation), conversation.statements.first()
    opens = clock.now().replace(microsecond=0) + timedelta(days=1)
    closes = opens + timedelta(days=1)
    Conversation.objects.update(opens_at=opens, closes_at=closes)
    for moment in (opens - timedelta(microseconds=1), closes):
        with clock.moved_to(moment), pytest.raises(NotOpen):
            cast_vote(somebody, statement, 1)
    for moment in (opens, closes - timedelta(microseconds=1)):
        with clock.moved_to(moment):
            cast_vote(somebody, statement, 1)
    assert VoteLogEntry.objects.count() == 2


def test_a_conversation_of_a_sensitive_place_takes_no_vote(db: None) -> None:
    place = a_place(is_sensitive=True)
    conversation = a_conversation(place.programme, place=place, statements=1)
    with pytest.raises(Refused, match="by invitation"):
        answer(conversation, conversation.statements.get().public_id, "agree", a_token(), "192.0.2.1")
    with pytest.raises(Refused, match="by invitation"):
        cast_vote(a_participant(conversation), conversation.statements.get(), 1)
    assert not Vote.objects.exists()


def test_not_sure_i_understand_is_kept_apart_and_once(conversation: Conversation) -> None:
    somebody, statement = a_participant(conversation), conversation.statements.first()
    say_not_understood(somebody, statement)
    say_not_understood(somebody, statement)
    assert NotUnderstood.objects.count() == 1
    assert not Vote.objects.exists()
    assert not VoteLogEntry.objects.exists()


def test_not_sure_about_a_statement_of_another_conversation_is_refused(conversation: Conversation) -> None:
    with pytest.raises(UnknownStatement):
        say_not_understood(a_participant(conversation), a_statement(a_conversation()))


def test_a_newcomer_whose_first_answer_is_refused_leaves_nothing_behind(conversation: Conversation) -> None:
    statement = conversation.statements.first()
    loaded_while_open = Conversation.objects.select_related("place").get(pk=conversation.pk)
    Conversation.objects.update(stage=ConversationStage.CLOSED)
    with pytest.raises(NotOpen):
        answer(loaded_while_open, statement.public_id, "agree", a_token(), "192.0.2.1")
    assert not Participant.objects.exists()


def test_somebody_faster_than_a_person_is_slowed_down_and_may_go_on_a_minute_later(
    conversation: Conversation,
) -> None:
    token, statement = a_token(), conversation.statements.first()
    start = clock.now()
    with clock.moved_to(start):
        for _ in range(ANSWERS_IN_A_MINUTE):
            answer(conversation, statement.public_id, "agree", token, "192.0.2.1")
        with pytest.raises(SlowDown, match="Your answers so far are kept"):
            answer(conversation, statement.public_id, "pass", token, "192.0.2.1")
    with clock.moved_to(start + timedelta(seconds=61)):
        answer(conversation, statement.public_id, "pass", token, "192.0.2.1")
    assert VoteLogEntry.objects.count() == ANSWERS_IN_A_MINUTE + 1


presses = st.lists(
    st.tuples(
        st.integers(0, 3), st.integers(0, 2), st.sampled_from(["agree", "disagree", "pass", "not-understood"])
    ),
    max_size=25,
)


@pytest.mark.django_db
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(presses)
def test_replaying_the_log_gives_the_votes_that_stand(given_answers: list[tuple[int, int, str]]) -> None:
    conversation = a_conversation(statements=3)
    statements, tokens = list(conversation.statements.all()), [a_token() for _ in range(4)]
    for person, statement, given_answer in given_answers:
        answer(conversation, statements[statement].public_id, given_answer, tokens[person], "192.0.2.1")
    assert replayed_log(conversation) == standing_votes(conversation)
    votes = [given_answer for _, _, given_answer in given_answers if given_answer != "not-understood"]
    assert VoteLogEntry.objects.filter(conversation=conversation).count() == len(votes)
