"""A clear end: that is enough, thank you, what happens next; and going on past it by choice."""

import re

import pytest
from django.test import Client

from knotwork.conversations.models import Conversation, ConversationStage, Statement
from tests.builders import a_conversation
from tests.conversations.build import page, press


@pytest.fixture
def conversation(db: None) -> Conversation:
    return a_conversation(statements=5, asked_at_most=2)


def shown(client: Client, address: str) -> tuple[Statement | None, str]:
    """The statement on the page, if there is one, and the page."""
    html = client.get(address).content.decode()
    found = re.search(r'name="statement" value="([0-9a-f-]+)"', html)
    return (Statement.objects.get(public_id=found[1]) if found else None), html


def go_on_url(html: str) -> str:
    found = re.search(r'href="([^"]+\?more=\d+)"', html)
    assert found, html
    return found[1]


def test_stopping_leads_to_the_end_at_any_time(client: Client, conversation: Conversation) -> None:
    statement, _html = shown(client, page("take-part", conversation))
    press(client, statement)
    _statement, html = shown(client, page("take-part", conversation))
    assert f'href="{page("end", conversation)}">Stop for today' in html
    end = client.get(page("end", conversation)).content.decode()
    for words in ("That is enough, thank you", "What happens next", "Answer more", "Change my last answer"):
        assert words in end
    assert "as many as we ask" not in end


def test_past_what_we_ask_of_one_person_one_goes_on_by_choice_and_is_asked_again(
    client: Client, conversation: Conversation
) -> None:
    address = page("take-part", conversation)
    for _ in range(2):
        press(client, shown(client, address)[0])
    for goes_on in range(1, 3):
        statement, html = shown(client, address)
        assert statement is None
        assert "as many as we ask of one person" in html
        further = go_on_url(html)
        for _ in range(2 if goes_on == 1 else 1):
            statement, html = shown(client, further)
            assert f'name="more" value="{goes_on}"' in html
            answered = client.post(
                address, {"statement": statement.public_id, "answer": "agree", "more": str(goes_on)}
            )
            assert answered["Location"] == further
    statement, html = shown(client, further)
    assert statement is None
    assert "everything that people have said" in html
    assert not re.search(r'href="[^"]*\?more=', html)


@pytest.mark.parametrize("typed", ["-1", "x", "9999", "1.5", "٣", ""])
def test_a_number_that_is_none_of_ours_is_no_leave_to_go_on(
    client: Client, conversation: Conversation, typed: str
) -> None:
    for _ in range(2):
        press(client, shown(client, page("take-part", conversation))[0])
    assert shown(client, f"{page('take-part', conversation)}?more={typed}")[0] is None


def test_there_is_no_end_before_a_beginning(client: Client, conversation: Conversation) -> None:
    answered = client.get(page("end", conversation))
    assert (answered.status_code, answered["Location"]) == (303, page("take-part", conversation))


def test_the_end_of_a_closed_conversation_is_that_it_is_closed(
    client: Client, conversation: Conversation
) -> None:
    press(client, conversation.statements.first())
    Conversation.objects.update(stage=ConversationStage.CLOSED)
    assert "This conversation is closed." in client.get(page("end", conversation)).content.decode()


def test_from_the_link_to_the_first_vote_are_at_most_two_pages(client: Client, db: None) -> None:
    conversation = a_conversation(statements=2, named_parts=["Leaders", "Residents"])
    address = page("take-part", conversation)
    statement, _which_are_you = shown(client, address)
    assert statement is None
    statement, html = shown(client, f"{address}?part=2")
    assert statement is not None
    assert html.count('class="answer"') == 3
