"""Which statement comes next."""

import pytest
from django.test import TestCase

from knotwork.conversations.models import Conversation, StatementStanding, StatementState
from knotwork.conversations.next_statement import next_statement
from knotwork.conversations.queries import Progress, progress_of
from knotwork.conversations.services import cast_vote, say_not_understood
from tests.builders import a_conversation, a_statement
from tests.conversations.build import a_participant, a_token


@pytest.fixture
def conversation(db: None) -> Conversation:
    return a_conversation(statements=6)


def test_reading_the_page_again_shows_the_same_statement(conversation: Conversation) -> None:
    token = a_token()
    assert len({next_statement(conversation, None, token, Progress()) for _ in range(5)}) == 1


def test_two_people_are_not_always_shown_the_same_statement_first(conversation: Conversation) -> None:
    assert len({next_statement(conversation, None, a_token(), Progress()) for _ in range(40)}) > 1


def test_everybody_meets_each_statement_once_and_then_comes_to_an_end(conversation: Conversation) -> None:
    token = a_token()
    somebody = a_participant(conversation, token)
    met = []
    while (statement := next_statement(conversation, somebody, token, progress_of(somebody))) is not None:
        met.append(statement.pk)
        if len(met) % 2:
            cast_vote(somebody, statement, 1)
        else:
            say_not_understood(somebody, statement)
    assert sorted(met) == sorted(conversation.statements.values_list("pk", flat=True))


def test_statements_that_wait_or_are_not_shown_are_never_drawn(conversation: Conversation) -> None:
    conversation.statements.update(state=StatementState.NOT_SHOWN)
    a_statement(conversation, state=StatementState.WAITING)
    assert next_statement(conversation, None, a_token(), Progress()) is None


def test_her_own_statement_comes_only_when_nothing_else_is_left_and_somebody_has_answered_it(
    conversation: Conversation,
) -> None:
    token = a_token()
    somebody = a_participant(conversation, token)
    own = a_statement(conversation, author=somebody)
    for _ in range(6):
        statement = next_statement(conversation, somebody, token, progress_of(somebody))
        assert statement not in (None, own)
        cast_vote(somebody, statement, 1)
    assert next_statement(conversation, somebody, token, progress_of(somebody)) is None
    StatementStanding.objects.create(statement=own, agree=1, priority=2.0)
    assert next_statement(conversation, somebody, token, progress_of(somebody)) == own


def test_a_statement_with_a_high_priority_comes_first_more_often(conversation: Conversation) -> None:
    favoured = conversation.statements.first()
    for statement in conversation.statements.all():
        priority = 50.0 if statement == favoured else 0.5
        StatementStanding.objects.create(statement=statement, agree=10, disagree=5, priority=priority)
    first = [next_statement(conversation, None, a_token(), Progress()) for _ in range(60)]
    assert first.count(favoured) > 45


def test_drawing_costs_two_queries_however_many_statements_there_are(db: None) -> None:
    conversation = a_conversation(statements=120)
    somebody = a_participant(conversation)
    with TestCase().assertNumQueries(2):
        next_statement(conversation, somebody, a_token(), Progress())


def test_a_new_statement_has_its_first_ten_voters_once_ten_people_have_answered_four(db: None) -> None:
    conversation = a_conversation(statements=12)
    for statement in conversation.statements.all():
        StatementStanding.objects.create(statement=statement, agree=50, disagree=50, priority=10_000.0)
    late = a_statement(conversation)
    heard = 0
    for _ in range(10):
        token = a_token()
        somebody = a_participant(conversation, token)
        for _ in range(4):
            statement = next_statement(conversation, somebody, token, progress_of(somebody))
            assert statement is not None
            cast_vote(somebody, statement, 1)
            heard += statement == late
    assert heard == 10
