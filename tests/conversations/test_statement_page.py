"""One statement has an address of its own: its words and what became of them, never how others answered."""

import pytest
from django.test import Client
from django.urls import reverse

from knotwork.conversations.beads import statement_address, statement_beads
from knotwork.conversations.models import ConversationStage, Statement, StatementState
from knotwork.core.accounts.viewer import STRANGER
from knotwork.core.strands.models import Relation
from knotwork.core.strands.services import tie
from tests.builders import a_conversation, a_place, a_statement

pytestmark = pytest.mark.django_db

BUS = "The last bus leaves before lunch club ends."


def a_said_thing(**words: object) -> Statement:
    return a_statement(a_conversation(**words), text=BUS)


def test_it_shows_its_words_and_the_question_and_that_nothing_came_of_it_yet(client: Client) -> None:
    said = a_said_thing()
    html = client.get(statement_address(said)).content.decode()
    assert BUS in html
    assert said.conversation.question in html
    assert "Nothing has come of it yet" in html
    assert "Say what you think" in html


def test_it_says_what_it_became_and_where_its_thread_begins(client: Client) -> None:
    said = a_said_thing()
    conversation = said.conversation
    other = a_statement(conversation, text="A bus at 4.40.")
    tie(("statement", said.public_id), Relation.BECAME, ("statement", other.public_id), by=STRANGER)
    html = client.get(statement_address(said)).content.decode()
    assert "It became" in html
    assert "A bus at 4.40." in html
    assert f"/thread/statement/{said.public_id}/" in html


def test_it_never_shows_how_anybody_answered(client: Client) -> None:
    said = a_said_thing()
    html = client.get(statement_address(said)).content.decode()
    assert "%" not in html.split("<main")[1].split("</main>")[0]


def test_the_thread_leads_to_the_statement_itself() -> None:
    said = a_said_thing()
    (bead,) = statement_beads([said.public_id], STRANGER)
    assert bead.url == statement_address(said)


@pytest.mark.parametrize("state", [StatementState.WAITING, StatementState.NOT_SHOWN])
def test_one_that_is_not_shown_has_no_page(client: Client, state: str) -> None:
    said = a_said_thing()
    Statement.objects.filter(pk=said.pk).update(state=state)
    assert client.get(statement_address(said)).status_code == 404


def test_of_a_draft_and_of_a_sensitive_place_strangers_read_nothing(client: Client) -> None:
    drafted = a_said_thing(stage=ConversationStage.DRAFT)
    place = a_place(is_sensitive=True)
    sensitive = a_said_thing(programme=place.programme, place=place)
    assert [client.get(statement_address(said)).status_code for said in (drafted, sensitive)] == [404, 404]


def test_a_statement_of_another_conversation_is_not_found_here(client: Client) -> None:
    said, elsewhere = a_said_thing(), a_conversation()
    words = [elsewhere.programme.slug, elsewhere.slug, said.public_id]
    assert client.get(reverse("conversations:statement", args=words)).status_code == 404
