from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.urls import reverse
from tests.builders import a_person

from knotwork.core import clock
from knotwork.core.accounts.services import erase
from knotwork.core.accounts.viewer import STRANGER
from knotwork.core.mail import kinds, queries, services
from knotwork.core.mail.kinds import MailKind
from knotwork.core.mail.models import Letter, LetterState

pytestmark = pytest.mark.django_db


@pytest.fixture
def a_mail_server(settings):
    settings.KNOTWORK_MAIL_SERVER_SET = True


@pytest.fixture
def digest(monkeypatch):
    kind = MailKind("digest", "What is new", optional=True, template="accounts/mail/sign_in_code")
    monkeypatch.setitem(kinds._KINDS, "digest", kind)
    return kind


def test_a_letter_is_sent_and_its_address_and_text_are_blanked(a_mail_server):
    services.send("sign_in_code", "ada@example.org", {"code": "ABC-123"})
    assert outbox.outbox[0].to == ["ada@example.org"]
    assert "ABC-123" in outbox.outbox[0].body
    letter = Letter.objects.get()
    assert (letter.state, letter.to, letter.body) == (LetterState.SENT, "", "")


def test_without_a_mail_server_a_letter_is_kept_and_shown_on_this_machine(client):
    services.send("sign_in_code", "ada@example.org", {"code": "ABC-123"})
    assert outbox.outbox == []
    assert queries.kept_letters()[0].to == "ada@example.org"
    assert "ABC-123" in client.get(reverse("local_mail"), headers={"host": "127.0.0.1"}).content.decode()


@pytest.mark.parametrize("change", ["server", "proxy", "address", "forwarded", "origin", "host"])
def test_the_local_mail_page_is_not_there_for_anybody_else(client, settings, change):
    settings.KNOTWORK_MAIL_SERVER_SET = change == "server"
    settings.KNOTWORK_BEHIND_PROXY = change == "proxy"
    settings.ALLOWED_HOSTS = ["127.0.0.1", "knotwork.example.org"]
    if change == "origin":
        settings.KNOTWORK_ORIGIN = "https://knotwork.example.org"
    headers = {"host": "knotwork.example.org" if change == "host" else "127.0.0.1"}
    headers |= {"x-forwarded-for": "203.0.113.9"} if change == "forwarded" else {}
    address = "192.0.2.7" if change == "address" else "127.0.0.1"
    assert client.get(reverse("local_mail"), REMOTE_ADDR=address, headers=headers).status_code == 404


def test_an_optional_letter_says_how_to_refuse_it_and_is_then_not_sent(a_mail_server, digest, client):
    assert services.send("digest", "Ada@example.org", {"code": "1"})
    url = outbox.outbox[0].extra_headers["List-Unsubscribe"].strip("<>")
    path = url.removeprefix("http://127.0.0.1:8000")
    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 200
    assert services.send("digest", "ada@example.org", {"code": "2"}) is False
    assert len(outbox.outbox) == 1


def test_a_letter_that_one_cannot_refuse_offers_no_way_to(a_mail_server):
    services.send("sign_in_code", "ada@example.org", {"code": "1"})
    assert "List-Unsubscribe" not in outbox.outbox[0].extra_headers


def test_a_forged_wish_to_refuse_is_not_found(client):
    assert client.post(reverse("refuse_mail", args=["nonsense"])).status_code == 404


def test_a_letter_that_was_not_sent_is_forgotten_after_a_week():
    services.send("sign_in_code", "ada@example.org", {"code": "ABC-123"})
    assert services.forget_old_letters() == 0
    with clock.moved_to(clock.now() + timedelta(days=8)):
        assert services.forget_old_letters() == 1
    assert not Letter.objects.exists()


def test_a_letter_whose_task_was_lost_is_sent_after_five_minutes(a_mail_server):
    letter = Letter.objects.create(kind="sign_in_code", to="ada@example.org", subject="Code", body="ABC")
    assert services.deliver_waiting() == 0
    with clock.moved_to(clock.now() + timedelta(minutes=6)):
        assert services.deliver_waiting() == 1
    letter.refresh_from_db()
    assert letter.state == LetterState.SENT


def test_letters_to_somebody_who_is_erased_go_with_her():
    person = a_person(email="ada@example.org")
    services.send("sign_in_code", "ada@example.org", {"code": "ABC-123"})
    erase(person, by=STRANGER)
    assert not Letter.objects.exists()


def test_a_letter_of_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="Nobody registered"):
        services.send("love", "ada@example.org", {})


def test_a_mail_server_that_does_not_answer_is_tried_again_and_then_given_up(a_mail_server, monkeypatch):
    def no_answer(*_):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", no_answer)
    services.send("sign_in_code", "ada@example.org", {"code": "1"})
    assert Letter.objects.get().state == LetterState.WAITING
    while services.deliver_waiting():
        pass
    letter = Letter.objects.get()
    assert (letter.state, letter.tries, letter.error) == (LetterState.FAILED, 5, "ConnectionRefusedError")


def test_every_kind_of_mail_says_whether_it_can_be_refused_and_has_its_templates():
    from django.template.loader import get_template

    for kind in kinds.kinds():
        assert isinstance(kind.optional, bool)
        for part in ("subject", "body"):
            get_template(f"{kind.template}_{part}.txt")
