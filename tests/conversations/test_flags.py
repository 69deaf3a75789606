"""'This should not be here': counted once per person, read by moderators, hiding nothing unless hosts said so."""

import pytest
from django.test import Client

from knotwork.conversations.models import Conversation, Moderation, Statement, StatementFlag, StatementState
from knotwork.conversations.queries import flags_on, statements_to_look_at
from knotwork.conversations.services import accept, flag_statement
from knotwork.conversations.services.flags import FLAGS_OF_ONE_BROWSER
from knotwork.conversations.services.refusals import NotTaken, UnknownStatement
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.models import Event
from knotwork.core.pages.errors import SlowDown
from tests.builders import a_conversation, a_statement
from tests.conversations.build import a_token, page

HOUSE = Viewer(is_administrator=True)
HERE = "192.0.2.1"


@pytest.fixture
def conversation(db: None) -> Conversation:
    return a_conversation(statements=2)


@pytest.fixture
def statement(conversation: Conversation) -> Statement:
    return conversation.statements.order_by("number").first()


def _flag(statement: Statement, token: str = "", reason: str = "personal") -> None:
    flag_statement(statement.conversation, statement, reason, token or a_token(), HERE)
    statement.refresh_from_db()


def test_a_flag_is_counted_once_per_person(statement: Statement) -> None:
    token = a_token()
    _flag(statement, token)
    _flag(statement, token, "hurtful")
    _flag(statement)
    assert StatementFlag.objects.count() == 2
    assert flags_on(statement) == [("personal", 2)]
    assert Event.objects.filter(verb="statement.flagged").count() == 2


def test_a_flagged_statement_waits_for_a_moderator_and_is_still_shown(statement: Statement) -> None:
    assert statements_to_look_at(statement.conversation) == []
    for _person in range(6):
        _flag(statement)
    assert statements_to_look_at(statement.conversation) == [statement]
    assert statement.state == StatementState.LIVE


def test_a_moderators_look_settles_the_flags_and_a_new_one_calls_again(statement: Statement) -> None:
    _flag(statement)
    accept(statement, by=HOUSE)
    assert statements_to_look_at(statement.conversation) == []
    _flag(statement)
    assert statements_to_look_at(statement.conversation) == [statement]


class TestWhereHostsSaidHowMany:
    @pytest.fixture
    def statement(self, conversation: Conversation) -> Statement:
        Conversation.objects.update(moderation=Moderation.AFTER, flags_to_hide=3)
        conversation.refresh_from_db()
        return a_statement(conversation)

    def test_so_many_flags_make_it_wait(self, statement: Statement) -> None:
        _flag(statement)
        _flag(statement)
        assert statement.state == StatementState.LIVE
        _flag(statement)
        assert statement.state == StatementState.WAITING
        assert Event.objects.latest("id").verb == "statement.hidden"

    def test_what_a_moderator_has_seen_is_never_hidden_by_flags(self, statement: Statement) -> None:
        accept(statement, by=HOUSE)
        for _person in range(5):
            _flag(statement)
        assert statement.state == StatementState.LIVE

    def test_where_a_moderator_looks_first_flags_never_hide(self, statement: Statement) -> None:
        Conversation.objects.update(moderation=Moderation.BEFORE)
        for _person in range(5):
            _flag(Statement.objects.select_related("conversation").get(pk=statement.pk))
        statement.refresh_from_db()
        assert statement.state == StatementState.LIVE


def test_what_cannot_be_flagged_is_refused(conversation: Conversation, statement: Statement) -> None:
    with pytest.raises(NotTaken):
        _flag(statement, reason="boring")
    with pytest.raises(UnknownStatement):
        _flag(a_statement(conversation, state=StatementState.WAITING))
    with pytest.raises(UnknownStatement):
        flag_statement(conversation, a_statement(a_conversation()), "personal", a_token(), HERE)
    assert not StatementFlag.objects.exists()


def test_flagging_everything_is_slowed_down(conversation: Conversation) -> None:
    token = a_token()
    for _one in range(FLAGS_OF_ONE_BROWSER.most):
        _flag(a_statement(conversation), token)
    with pytest.raises(SlowDown):
        _flag(a_statement(conversation), token)


def test_the_page_asks_why_and_says_thank_you(client: Client, statement: Statement) -> None:
    address = f"{page('flag', statement.conversation)}?statement={statement.public_id}"
    assert statement.text in client.get(address).content.decode()
    assert client.post(address, {}).status_code == 422
    response = client.post(address, {"reason": "hurtful"})
    assert response.status_code == 303
    assert "A moderator looks at it" in client.get(response["Location"]).content.decode()
    assert flags_on(statement) == [("hurtful", 1)]


@pytest.mark.parametrize("typed", ["nonsense", "01a21b91-6f5d-712e-b85a-8836c0a1e4bd"])
def test_a_statement_that_is_not_there_is_not_found(client: Client, conversation, typed: str) -> None:
    assert client.get(f"{page('flag', conversation)}?statement={typed}").status_code == 404


def test_the_way_to_the_page_stands_below_each_statement(client: Client, conversation: Conversation) -> None:
    assert (
        f"{page('flag', conversation)}?statement="
        in client.get(page("take-part", conversation)).content.decode()
    )
