"""Fair moderation: by keyboard, for published reasons, logged in public."""

import re

import pytest
from django.test import Client, TestCase
from django.urls import reverse

from knotwork.conversations import rules
from knotwork.conversations.models import Conversation, Moderation, Statement, StatementState
from knotwork.conversations.queries import statements_to_look_at
from knotwork.conversations.services import (
    accept,
    add_statement,
    ask_second_opinion,
    do_not_show,
    edit_statement,
)
from knotwork.conversations.services.refusals import NotFit, NotTaken
from knotwork.core.accounts.viewer import Viewer, viewer_for
from knotwork.core.events.models import Event
from knotwork.core.rules import Refused
from knotwork.programmes.models import Role
from tests.builders import a_conversation, a_person, a_place, a_programme, a_statement, signed_in
from tests.conversations.build import a_token, page
from tests.conversations.camps import camps, words_of, worked_out

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


def test_the_one_that_has_waited_longest_is_shown_with_the_ways_to_decide(
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
    assert re.search(r'<details class="more" data-part="reasons"\s+open>', html)
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


def _three_waiting(conversation: Conversation) -> list[Statement]:
    return [
        add_statement(conversation, f"Thought number {n} here", a_token(), "192.0.2.1") for n in (1, 2, 3)
    ]


def test_one_statement_at_a_time_and_the_next_after_each_decision(moderator: Client, conversation) -> None:
    first, second, _third = _three_waiting(conversation)
    address = page("moderate", conversation)
    assert f'id="statement-{first.public_id}"' in moderator.get(address).content.decode()
    _decide(moderator, first, "show")
    html = moderator.get(address).content.decode()
    assert f'id="statement-{second.public_id}"' in html
    assert "2 statements to look at" in html


def test_one_can_be_left_for_later_and_comes_round_again(moderator: Client, conversation) -> None:
    first, second, third = _three_waiting(conversation)
    address = page("moderate", conversation)
    for skipped, shown in ((first, second), (second, third), (third, first)):
        html = moderator.get(f"{address}?after={skipped.public_id}").content.decode()
        assert f'id="statement-{shown.public_id}"' in html


def test_a_decision_can_be_looked_at_again_by_its_own_address(
    moderator: Client, statement: Statement
) -> None:
    _decide(moderator, statement, "show")
    conversation = statement.conversation
    assert TEXT in moderator.get(page("moderate-decided", conversation)).content.decode()
    address = reverse(
        "conversations:moderate-one",
        args=[conversation.programme.slug, conversation.slug, statement.public_id],
    )
    assert 'value="do-not-show"' in moderator.get(address).content.decode()
    _decide(moderator, statement, "do-not-show", reason="off_question")
    html = moderator.get(address).content.decode()
    assert 'value="show"' in html
    assert 'value="do-not-show"' not in html


def test_merging_and_undoing_it_by_the_page(moderator: Client, statement: Statement) -> None:
    other = statement.conversation.statements.order_by("number").first()
    assert _decide(moderator, statement, "merge").status_code == 422
    assert _decide(moderator, statement, "merge", into=str(other.public_id)).status_code == 303
    statement.refresh_from_db()
    assert (statement.state, statement.merged_into) == (StatementState.MERGED, other)
    assert _decide(moderator, statement, "undo-merge").status_code == 303
    statement.refresh_from_db()
    assert (statement.state, statement.merged_into) == (StatementState.WAITING, None)


class TestASecondOpinion:
    @pytest.fixture
    def asker(self, conversation: Conversation) -> Viewer:
        return viewer_for(a_person(Role.MODERATOR, conversation.programme))

    def test_is_asked_of_somebody_so_there_must_be_somebody(
        self, statement: Statement, asker: Viewer
    ) -> None:
        with pytest.raises(NotTaken, match="Nobody else moderates"):
            ask_second_opinion(statement, by=asker)

    def test_is_given_by_another_and_not_by_who_asked(
        self, moderator: Client, statement: Statement, asker: Viewer
    ) -> None:
        ask_second_opinion(statement, by=asker)
        statement.refresh_from_db()
        assert statement.state == StatementState.SECOND
        for act in (accept, ask_second_opinion):
            with pytest.raises(Refused, match="another moderator decides"):
                act(statement, by=asker)
        with pytest.raises(Refused, match="another moderator decides"):
            do_not_show(statement, "hurtful", by=asker)
        assert _decide(moderator, statement, "show").status_code == 303
        statement.refresh_from_db()
        assert (statement.state, statement.asked_by) == (StatementState.LIVE, None)

    def test_waits_for_others_and_not_for_who_asked(self, moderator, statement, asker: Viewer) -> None:
        ask_second_opinion(statement, by=asker)
        assert statements_to_look_at(statement.conversation, asker) == []
        assert statements_to_look_at(statement.conversation) == [statement]
        html = moderator.get(page("moderate", statement.conversation)).content.decode()
        assert "Another moderator asks for your opinion." in html

    def test_takes_what_was_shown_out_of_sight_meanwhile(
        self, moderator: Client, conversation, asker: Viewer
    ) -> None:
        shown = conversation.statements.first()
        ask_second_opinion(shown, by=asker)
        assert shown.text not in Client().get(page("take-part", conversation)).content.decode()


class TestMendingTheSpelling:
    WRONG, RIGHT = "Buses matter more then apps.", "Buses matter more than apps."

    @pytest.fixture
    def statement(self) -> Statement:
        conversation = camps((9, 9))
        statement = conversation.statements.order_by("number").first()
        Statement.objects.filter(pk=statement.pk).update(text=self.WRONG)
        statement.refresh_from_db()
        return statement

    @pytest.fixture
    def host(self, statement: Statement) -> Viewer:
        return viewer_for(a_person(Role.FACILITATOR, statement.conversation.programme))

    @pytest.mark.django_db
    def test_leaves_a_trace_on_its_line_in_the_results_and_in_the_log(
        self, client: Client, statement: Statement, host: Viewer
    ) -> None:
        edit_statement(statement, self.RIGHT, "Letters were wrong.", by=host)
        worked_out(statement.conversation)
        for html in (
            words_of(client, statement.conversation, "results-statements"),
            words_of(client, statement.conversation, "moderation-log"),
        ):
            assert self.RIGHT in html
            assert self.WRONG in html
            assert "Letters were wrong." in html
        assert Event.objects.latest("id").verb == "statement.edited"

    @pytest.mark.django_db
    @pytest.mark.parametrize(
        "other",
        [
            "Apps matter more than all the buses.",
            "Buses do not matter more then apps.",
            "Buses matter never then apps.",
        ],
    )
    def test_does_not_make_it_another_statement(self, statement: Statement, host: Viewer, other: str) -> None:
        with pytest.raises(NotFit, match="more than the spelling"):
            edit_statement(statement, other, "Better.", by=host)
        statement.refresh_from_db()
        assert statement.text == self.WRONG
        assert not statement.former_wordings.exists()

    @pytest.mark.django_db
    def test_is_for_hosts_and_needs_a_reason(self, statement: Statement, host: Viewer) -> None:
        with pytest.raises(NotTaken, match="say why"):
            edit_statement(statement, self.RIGHT, "  ", by=host)
        moderator = viewer_for(a_person(Role.MODERATOR, statement.conversation.programme))
        with pytest.raises(Refused):
            edit_statement(statement, self.RIGHT, "Letters.", by=moderator)
        edit_statement(statement, self.WRONG, "Nothing.", by=host)
        assert not Event.objects.exists()

    @pytest.mark.django_db
    def test_is_typed_on_its_own_page(self, client: Client, statement: Statement) -> None:
        conversation = statement.conversation
        signed_in(client, a_person(Role.FACILITATOR, conversation.programme))
        address = reverse(
            "conversations:spelling",
            args=[conversation.programme.slug, conversation.slug, statement.public_id],
        )
        assert self.WRONG in client.get(address).content.decode()
        assert client.post(address, {"text": "Something else altogether", "reason": "x"}).status_code == 422
        assert client.post(address, {"text": self.RIGHT, "reason": "Letters."}).status_code == 303


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
        with TestCase().assertNumQueries(5):
            Client().get(page("moderation-log", conversation))
