"""One letter with the results, for whoever asks; then the address is gone."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from knotwork.conversations.models import Conversation, ConversationStage, ResultAddress
from knotwork.conversations.services import (
    ask_for_result_letter,
    cast_vote,
    result_letters,
    send_result_letters,
    take_address_out,
)
from knotwork.conversations.services.refusals import NotOpen
from knotwork.core import clock
from knotwork.core.analyses.models import Snapshot
from knotwork.core.events.models import Event
from knotwork.core.limits.services import Limit
from knotwork.core.mail.models import Letter
from knotwork.core.pages.errors import SlowDown
from knotwork.core.rules import Refused
from tests.builders import a_conversation, a_place
from tests.conversations.build import a_participant, page, press
from tests.conversations.camps import worked_out

ANN = "ann@example.org"


@pytest.fixture
def conversation(db: None) -> Conversation:
    return a_conversation(statements=2)


@pytest.fixture(autouse=True)
def _a_mail_server(settings) -> None:
    settings.KNOTWORK_MAIL_SERVER_SET = True


def ask(conversation: Conversation, address: str = ANN, language: str = "en", token: str = "a") -> None:
    ask_for_result_letter(conversation, address, language, token=token, network="192.0.2.1")


def closed_with_results(conversation: Conversation) -> None:
    cast_vote(a_participant(conversation), conversation.statements.first(), 1)
    worked_out(conversation)
    Conversation.objects.filter(pk=conversation.pk).update(stage=ConversationStage.CLOSED)


def test_it_goes_when_the_conversation_is_closed_and_the_results_are_there(
    conversation: Conversation, django_capture_on_commit_callbacks
) -> None:
    ask(conversation)
    assert send_result_letters() == 0
    with django_capture_on_commit_callbacks(execute=True):
        closed_with_results(conversation)
        assert send_result_letters() == 1
    letter = mail.outbox[0]
    assert letter.to == [ANN]
    assert conversation.question in letter.body
    assert f"{page('take-part', conversation)}results/" in letter.body
    assert "List-Unsubscribe" in letter.extra_headers


def test_with_the_letter_the_address_is_gone_from_everywhere(
    conversation: Conversation, django_capture_on_commit_callbacks
) -> None:
    ask(conversation)
    closed_with_results(conversation)
    with django_capture_on_commit_callbacks(execute=True):
        send_result_letters()
    assert not ResultAddress.objects.exists()
    assert list(Letter.objects.values_list("to", "subject", "body")) == [("", "", "")]
    assert send_result_letters() == 0


def test_a_closed_conversation_waits_until_its_last_votes_are_counted(conversation: Conversation) -> None:
    ask(conversation)
    closed_with_results(conversation)
    cast = conversation.statements.last()
    Conversation.objects.update(stage=ConversationStage.OPEN)
    cast_vote(a_participant(conversation, address="192.0.2.9"), cast, 1)
    Conversation.objects.update(stage=ConversationStage.CLOSED)
    assert send_result_letters() == 0
    worked_out(conversation)
    assert send_result_letters() == 1


def test_without_any_result_no_letter_goes(conversation: Conversation) -> None:
    ask(conversation)
    Conversation.objects.update(stage=ConversationStage.CLOSED)
    assert send_result_letters() == 0
    assert not Snapshot.objects.exists()


def test_after_half_a_year_without_results_the_address_is_deleted(conversation: Conversation) -> None:
    ask(conversation)
    with clock.moved_to(clock.now() + result_letters.KEPT_FOR_AT_MOST + timedelta(days=1)):
        assert send_result_letters() == 0
    assert not ResultAddress.objects.exists()


def test_of_a_withdrawn_conversation_nobody_is_written_to(conversation: Conversation) -> None:
    ask(conversation)
    closed_with_results(conversation)
    Conversation.objects.update(withdrawn_at=clock.now())
    assert send_result_letters() == 0
    assert not ResultAddress.objects.exists()


def test_the_letter_speaks_the_language_in_which_it_was_asked_for(conversation: Conversation) -> None:
    ask(conversation, language="cy")
    closed_with_results(conversation)
    send_result_letters()
    assert mail.outbox[0].subject.startswith("Mae’r canlyniadau’n barod:")
    assert "Helo," in mail.outbox[0].body


def test_asking_twice_is_asking_once_in_any_letters(conversation: Conversation) -> None:
    ask(conversation)
    ask(conversation, " Ann@Example.org ", "cy")
    assert ResultAddress.objects.get().language == "cy"


def test_an_address_leads_to_nobody_who_took_part(conversation: Conversation) -> None:
    ask(conversation)
    fields = {field.name for field in ResultAddress._meta.get_fields()}
    assert fields == {"id", "conversation", "address", "language", "asked_on"}
    assert ResultAddress.objects.get().pk.version == 4
    assert not Event.objects.exists()


def test_taking_it_out_deletes_it(conversation: Conversation) -> None:
    ask(conversation)
    take_address_out(conversation, ANN.upper())
    assert not ResultAddress.objects.exists()


def test_a_sensitive_place_asks_nobody_for_an_address(db: None) -> None:
    place = a_place(is_sensitive=True)
    with pytest.raises(Refused):
        ask(a_conversation(place.programme, place=place))


def test_a_closed_conversation_takes_no_addresses(db: None) -> None:
    with pytest.raises(NotOpen):
        ask(a_conversation(stage=ConversationStage.CLOSED))


def test_many_addresses_from_one_browser_are_slowed_down(
    conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        result_letters, "ADDRESSES_OF_ONE_BROWSER", Limit("result letter", 1, timedelta(hours=1))
    )
    ask(conversation)
    with pytest.raises(SlowDown):
        ask(conversation, "bob@example.org")
    ask(conversation, "bob@example.org", token="b")


class TestOnThePage:
    def test_the_end_offers_it_and_asks_nothing_by_itself(
        self, client: Client, conversation: Conversation
    ) -> None:
        press(client, conversation.statements.first())
        html = client.get(page("end", conversation)).content.decode()
        assert page("letter", conversation) in html
        assert 'type="email"' not in html

    def test_an_address_is_taken_and_taken_out_with_one_form(
        self, client: Client, conversation: Conversation
    ) -> None:
        address = page("letter", conversation)
        asked = client.post(address, {"email": ANN, "wish": "write"}, follow=True)
        assert "We write to you once" in asked.content.decode()
        assert ResultAddress.objects.get().address == ANN
        out = client.post(address, {"email": ANN, "wish": "take-out"}, follow=True)
        assert "it is deleted now" in out.content.decode()
        assert not ResultAddress.objects.exists()

    def test_the_answer_does_not_tell_whether_an_address_was_there(
        self, client: Client, conversation: Conversation
    ) -> None:
        address = page("letter", conversation)
        unknown = client.post(address, {"email": "nobody@example.org", "wish": "take-out"})
        client.post(address, {"email": ANN, "wish": "write"})
        known = client.post(address, {"email": ANN, "wish": "take-out"})
        assert (unknown.status_code, unknown["Location"]) == (known.status_code, known["Location"])

    def test_half_an_address_stays_in_the_box_with_one_clear_message(
        self, client: Client, conversation: Conversation
    ) -> None:
        response = client.post(page("letter", conversation), {"email": "ann@", "wish": "write"})
        assert response.status_code == 422
        assert "Please write the whole address" in response.content.decode()
        assert 'value="ann@"' in response.content.decode()
        assert not ResultAddress.objects.exists()
