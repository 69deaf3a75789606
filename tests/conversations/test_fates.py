"""What an author reads of what became of her statement."""

from uuid import UUID

import pytest
from django.test import Client

from knotwork.conversations.fates import fates_of
from knotwork.conversations.models import Statement, StatementState
from knotwork.conversations.queries.known import known_by
from knotwork.conversations.services import accept, add_statement, do_not_show, merge_statements
from knotwork.core.accounts.viewer import STRANGER, Viewer, viewer_for
from knotwork.core.identifiers import new_public_id
from knotwork.core.strands import kinds
from knotwork.core.strands.addresses import thread_url
from knotwork.core.strands.kinds import Bead
from knotwork.core.strands.models import Relation
from knotwork.core.strands.services import tie
from knotwork.programmes.models import Role
from tests.builders import a_conversation, a_person, signed_in
from tests.conversations.build import a_token, page
from tests.conversations.camps import camps, worked_out

pytestmark = pytest.mark.django_db
BUS = "The last bus leaves before lunch club ends."


@pytest.fixture(autouse=True)
def _factors_and_try_outs(monkeypatch):
    """Two kinds that stand for those of the rooms, all visible."""
    titles = {"factor": "Getting home after four", "try_out": "The 4.40 home"}
    monkeypatch.setattr(kinds, "_KINDS", dict(kinds._KINDS))
    for kind, title in titles.items():

        def resolver(ids, viewer, kind=kind, title=title):
            return [Bead(kind, i, title, f"/{kind}/") for i in ids]

        kinds.register(kind, resolver, label=kind.replace("_", "-").capitalize())


@pytest.fixture
def said():
    """Her statement, shown, and the token of her browser."""
    conversation, token = a_conversation(), a_token()
    statement = add_statement(conversation, BUS, token, "192.0.2.1")
    accept(statement, by=viewer_for(a_person(Role.MODERATOR, conversation.programme)))
    return Statement.objects.get(pk=statement.pk), token


def fate(said):
    statement, token = said
    participant = known_by(statement.conversation, token)
    assert participant is not None
    return fates_of(participant, STRANGER)[0]


def led_on(statement: Statement) -> UUID:
    """The statement became a factor on which a try-out acts."""
    factor, try_out = ("factor", new_public_id()), ("try_out", new_public_id())
    tie(("statement", statement.public_id), Relation.BECAME, factor, by=STRANGER)
    tie(try_out, Relation.ACTS_ON, factor, by=STRANGER)
    return try_out[1]


def test_while_nothing_came_of_it_others_can_answer_it(said):
    assert fate(said).became is None
    assert fate(said).thread_url == ""


def test_it_became_the_deed_that_it_led_to(said):
    led_on(said[0])
    told = fate(said)
    assert told.became.title == "The 4.40 home"
    assert [one.title for one in told.further] == ["Getting home after four"]
    assert told.thread_url == thread_url("statement", said[0].public_id)


def test_without_a_deed_it_became_what_it_turned_into(said):
    tie(("statement", said[0].public_id), Relation.BECAME, ("factor", new_public_id()), by=STRANGER)
    assert fate(said).became.title == "Getting home after four"
    assert fate(said).further == ()


def test_a_statement_that_was_taken_down_leads_nowhere(said):
    led_on(said[0])
    Statement.objects.update(state=StatementState.NOT_SHOWN, reason="personal")
    assert fate(said).became is None


def test_her_page_says_what_her_statement_became(client: Client):
    conversation = a_conversation(statements=1)
    client.post(page("add", conversation), {"text": BUS})
    statement = Statement.objects.get(text=BUS)
    accept(statement, by=viewer_for(a_person(Role.MODERATOR, conversation.programme)))
    led_on(statement)
    html = client.get(page("yours", conversation)).content.decode()
    assert "Your statement became" in html
    assert "<strong>The 4.40 home</strong>" in html
    assert thread_url("statement", statement.public_id) in html


def test_a_moderator_finds_the_thread_of_what_people_said(client: Client, said):
    conversation = said[0].conversation
    signed_in(client, a_person(Role.MODERATOR, conversation.programme))
    html = client.get(page("moderate-decided", conversation)).content.decode()
    assert thread_url("statement", said[0].public_id) in html


def test_the_author_of_a_merged_statement_reads_the_one_that_stays(client: Client):
    conversation = a_conversation(statements=2)
    client.get(page("take-part", conversation))
    client.post(page("add", conversation), {"text": BUS})
    merged = Statement.objects.get(text=BUS)
    first, second = conversation.statements.filter(author=None).order_by("number")
    house = Viewer(is_administrator=True)
    merge_statements(merged, first, by=house)
    merge_statements(first, second, by=house)
    html = client.get(page("yours", conversation)).content.decode()
    assert "Another statement says the same." in html
    assert second.text in html


def test_every_statement_shows_the_way_to_a_thread_that_leads_somewhere(client: Client):
    conversation = camps((33, 20))
    worked_out(conversation)
    first, second = conversation.statements.all()[:2]
    led_on(first)
    html = client.get(page("results-statements", conversation)).content.decode()
    assert thread_url("statement", first.public_id) in html
    assert thread_url("statement", second.public_id) not in html
    signed_in(client, a_person(Role.MODERATOR, conversation.programme))
    html = client.get(page("results-statements", conversation)).content.decode()
    assert thread_url("statement", second.public_id) in html


def test_what_a_moderator_wrote_back_is_read_by_the_author_alone(client: Client):
    conversation = a_conversation(statements=1)
    client.post(page("add", conversation), {"text": "I cannot go on caring alone."})
    statement = Statement.objects.get(text="I cannot go on caring alone.")
    moderator = viewer_for(a_person(Role.MODERATOR, conversation.programme))
    do_not_show(statement, "asks_for_help", reply="Ring the carers line. They expect you.", by=moderator)
    assert "Ring the carers line." in client.get(page("yours", conversation)).content.decode()
    assert "carers line" not in Client().get(page("yours", conversation)).content.decode()
