"""Fair moderation: by keyboard, for published reasons, logged in public."""

import pytest
from django.test import Client, TestCase

from knotwork.conversations import rules
from knotwork.conversations.models import Conversation, Moderation, Statement, StatementState
from knotwork.conversations.services import add_statement
from knotwork.core.events.models import Event
from knotwork.programmes.models import Role
from tests.builders import a_conversation, a_person, a_place, a_programme, a_statement, signed_in
from tests.conversations.build import a_token, page

TEXT = "Somebody whom all of us know is to blame."


@pytest.fixture
def conversation(db: None) -> Conversation:
    return a_conversation(statements=2)


@pytest.fixture
def statement(conversation: Conversation) -> Statement:
    return add_statement(conversation, TEXT, a_token(), "192.0.2.1")


@pytest.fixture
def moderator(client: Client, conversation: Conversation) -> Client:
    return signed_in(client, a_person(Role.MODERATOR, conversation.programme))


def _decide(client: Client, statement: Statement, decision: str, **more: str):
    sent = {"statement": str(statement.public_id), "decision": decision} | more
    return client.post(page("moderate", statement.conversation), sent)


def test_waiting_statements_are_listed_with_two_ways_to_decide(
    moderator: Client, statement: Statement
) -> None:
    html = moderator.get(page("moderate", statement.conversation)).content.decode()
    assert TEXT in html
    assert 'value="show"' in html
    assert 'value="do-not-show"' in html
    assert all(str(words) in html for words in rules.POLICY.values())
    assert "accesskey" not in html


def test_showing_it(moderator: Client, statement: Statement) -> None:
    response = _decide(moderator, statement, "show")
    statement.refresh_from_db()
    assert (response.status_code, statement.state) == (303, StatementState.LIVE)


def test_not_showing_it_needs_a_reason(moderator: Client, statement: Statement) -> None:
    response = _decide(moderator, statement, "do-not-show")
    statement.refresh_from_db()
    assert (response.status_code, statement.state) == (422, StatementState.WAITING)
    html = response.content.decode()
    assert "Please choose a reason." in html
    assert '<details class="more" open>' in html
    assert _decide(moderator, statement, "do-not-show", reason="personal").status_code == 303


def test_a_decision_that_is_none_is_refused(moderator: Client, statement: Statement) -> None:
    assert _decide(moderator, statement, "delete").status_code == 422


def test_a_statement_that_is_not_there(moderator: Client, conversation: Conversation) -> None:
    assert _decide(moderator, a_statement(a_conversation()), "show").status_code == 403
    for typed in ("", "nonsense", str(a_statement(a_conversation()).public_id)):
        response = moderator.post(page("moderate", conversation), {"statement": typed, "decision": "show"})
        assert response.status_code == 404


def test_what_was_shown_at_once_is_to_be_looked_at_too(moderator: Client, conversation: Conversation) -> None:
    Conversation.objects.update(moderation=Moderation.AFTER)
    conversation.refresh_from_db()
    add_statement(conversation, TEXT, a_token(), "192.0.2.1")
    html = moderator.get(page("moderate", conversation)).content.decode()
    assert "1 statement to look at" in html
    assert "Leave it shown" in html


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.PROGRAMME_TEAM, 200),
        (Role.FACILITATOR, 200),
        (Role.MODERATOR, 200),
        (Role.EVALUATOR, 403),
        (Role.PLACE_LEAD, 403),
        (None, 403),
    ],
)
def test_who_may_moderate(client: Client, conversation: Conversation, role: Role | None, status: int) -> None:
    signed_in(client, a_person(role, conversation.programme))
    assert client.get(page("moderate", conversation)).status_code == status


def test_a_stranger_is_asked_to_sign_in(client: Client, conversation: Conversation) -> None:
    response = client.get(page("moderate", conversation))
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/")


def test_a_moderator_of_another_place_may_not(client: Client, db: None) -> None:
    programme = a_programme()
    here, there = a_place(programme), a_place(programme)
    conversation = a_conversation(programme, place=here)
    signed_in(client, a_person(Role.MODERATOR, place=there))
    assert client.get(page("moderate", conversation)).status_code == 403


class TestTheLog:
    def test_says_what_was_done_and_why_without_names_or_words(
        self, moderator: Client, statement: Statement
    ) -> None:
        _decide(moderator, statement, "do-not-show", reason="personal")
        html = Client().get(page("moderation-log", statement.conversation)).content.decode()
        assert "A moderator decided not to show a statement." in html
        assert "It names a person" in html
        assert "1 of them is not shown" in html
        assert TEXT not in html
        assert "@example.org" not in html
        assert str(Event.objects.latest("id").by) not in html

    def test_of_another_conversation_is_another_log(self, statement: Statement) -> None:
        html = Client().get(page("moderation-log", a_conversation())).content.decode()
        assert "Nothing has happened yet." in html

    def test_costs_the_same_few_queries_however_long_it_is(self, conversation: Conversation) -> None:
        for number in range(8):
            add_statement(conversation, f"Thought number {number}", a_token(), "192.0.2.1")
        with TestCase().assertNumQueries(4):
            Client().get(page("moderation-log", conversation))
