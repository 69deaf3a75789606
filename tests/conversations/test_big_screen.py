"""For a room: the question with its link, or results; what one screen shows the other does not."""

from datetime import timedelta

import pytest

from knotwork.conversations.models import Conversation
from knotwork.conversations.services.screens import show_results_to_a_room, shown_to_a_room_at
from knotwork.conversations.short_links import short_link_of
from knotwork.core import clock
from knotwork.core.accounts.viewer import viewer_for
from knotwork.core.rules import Refused
from knotwork.programmes.models import Role, Stage
from tests.builders import a_conversation, a_person, a_place, signed_in
from tests.conversations.build import page, press
from tests.conversations.camps import camps, words_of, worked_out

pytestmark = pytest.mark.django_db
SHARE = "answered)"


@pytest.fixture
def conversation() -> Conversation:
    """Open, with two camps whose results are worked out."""
    where = a_conversation(statements=10, question="What would help here?")
    camps(conversation=where)
    worked_out(where)
    return where


@pytest.fixture
def host(client, conversation):
    return signed_in(client, a_person(Role.FACILITATOR, conversation.programme))


def test_the_screen_of_the_question_shows_the_link_and_how_many_but_no_result(host, conversation):
    words = words_of(host, conversation, "screen-question")
    assert short_link_of(conversation).shown in words
    assert "About 50 people have taken part." in words
    assert "picture--qr" in words
    assert SHARE not in words
    assert "Agreed across groups" not in words


def test_results_of_an_open_conversation_are_shown_only_once_their_host_chose_so(host, conversation):
    assert host.get(page("screen-results", conversation)).url == page("screen", conversation)
    assert host.post(page("screen", conversation)).url == page("screen-results", conversation)
    words = words_of(host, conversation, "screen-results")
    assert "Agreed across groups" in words
    assert SHARE in words


def test_while_people_can_still_answer_the_link_does_not_stand_beside_results(host, conversation):
    host.post(page("screen", conversation))
    words = words_of(host, conversation, "screen-results")
    assert short_link_of(conversation).shown not in words
    assert "picture--qr" not in words


def test_after_it_closed_results_are_shown_with_the_way_to_read_all_of_them(host, conversation):
    Conversation.objects.update(stage="closed")
    words = words_of(host, conversation, "screen-results")
    assert short_link_of(conversation).shown in words
    assert shown_to_a_room_at(conversation) == []


def test_that_results_were_shown_to_a_room_can_be_read_by_everybody(host, conversation):
    assert "may have been swayed" not in words_of(host, conversation, "about")
    host.post(page("screen", conversation))
    host.logout()
    assert "may have been swayed" in words_of(host, conversation, "about")


def test_the_choice_holds_for_one_meeting(host, conversation):
    host.post(page("screen", conversation))
    with clock.moved_to(clock.now() + timedelta(hours=13)):
        answer = host.get(page("screen-results", conversation))
    assert answer.url == page("screen", conversation)


def test_a_new_result_is_on_the_screen_when_it_looks_again(host, conversation):
    host.post(page("screen", conversation))
    assert "50 people who took part" in words_of(host, conversation, "screen-results")
    for statement in conversation.statements.all():
        for number in range(5):
            press(_browser(number), statement)
    worked_out(conversation)
    assert "55 people who took part" in words_of(host, conversation, "screen-results")


_BROWSERS = {}


def _browser(number):
    from django.test import Client

    return _BROWSERS.setdefault(number, Client())


@pytest.mark.parametrize("name", ["screen-question", "screen-results"])
def test_a_screen_looks_again_by_itself_unless_it_is_held_still(host, conversation, name):
    host.post(page("screen", conversation))
    assert host.get(page(name, conversation))["Refresh"] == "20"
    held = host.get(page(name, conversation), {"still": "1"})
    assert "Refresh" not in held
    assert "This screen holds still." in held.content.decode()


def test_nothing_worked_out_yet_is_said(client):
    where = a_conversation(statements=2)
    signed_in(client, a_person(Role.FACILITATOR, where.programme))
    client.post(page("screen", where))
    assert "Nothing is worked out yet" in words_of(client, where, "screen-results")


def test_a_closed_conversation_asks_nobody_in(client):
    where = a_conversation(statements=2, stage="closed")
    signed_in(client, a_person(Role.FACILITATOR, where.programme))
    words = words_of(client, where, "screen-question")
    assert short_link_of(where).shown not in words
    assert "This conversation is closed." in words


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.EVALUATOR])
def test_only_hosts_put_a_conversation_on_a_screen(conversation, role):
    with pytest.raises(Refused):
        show_results_to_a_room(conversation, by=viewer_for(a_person(role, conversation.programme)))


def test_a_sensitive_place_is_on_no_screen(client):
    place = a_place(is_sensitive=True)
    where = a_conversation(place.programme, place=place, statements=2)
    signed_in(client, a_person(Role.FACILITATOR, place.programme))
    assert client.get(page("screen-question", where)).status_code == 403


def test_long_statements_leave_room_for_fewer(host, conversation):
    host.post(page("screen", conversation))
    short = words_of(host, conversation, "screen-results").count('class="screen__statement"')
    for statement in conversation.statements.all():
        statement.text = f"{statement.number} " + "long words " * 18
        statement.save()
    long = words_of(host, conversation, "screen-results").count('class="screen__statement"')
    assert 2 <= long < short


# The short link


def test_the_short_link_leads_to_the_question_in_whatever_case_it_is_typed(client, conversation):
    code = conversation.short_code
    for typed in (code, code.lower(), f"{code[:3]}-{code[3:]}", code.replace("0", "O").replace("1", "l")):
        for end in ("", "/"):
            assert client.get(f"/to/{typed}{end}").url == page("take-part", conversation)


def test_a_code_that_is_none_leads_nowhere(client, conversation):
    assert client.get("/to/ZZZZZZZ").status_code == 404


def test_the_short_link_of_what_is_not_public_tells_a_stranger_nothing(client, conversation):
    Conversation.objects.update(visibility=Stage.PROGRAMME)
    assert client.get(f"/to/{conversation.short_code}").status_code == 404
