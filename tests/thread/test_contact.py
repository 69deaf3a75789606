"""A letter to the team reaches those who read for it, and nobody sends too many."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from knotwork.core import clock
from knotwork.core.limits.models import Attempt
from knotwork.core.mail.models import Letter
from knotwork.thread.contact import PER_ADDRESS, PER_SESSION
from tests.builders import a_person, a_programme

pytestmark = pytest.mark.django_db

WORDS = {"name": "Ada", "email": "ada@example.org", "message": "There is a mistake in the map."}
NOON = datetime(2025, 5, 3, 12, tzinfo=UTC)


@pytest.fixture
def administrator() -> Any:
    return a_person(is_administrator=True)


def test_a_letter_goes_to_the_programmes_mailbox_and_the_answer_to_the_writer(client: Client) -> None:
    programme = a_programme(mailbox="team@example.org")
    response = client.post(f"/programmes/{programme.slug}/contact/", WORDS, follow=True)
    assert "What happens next" in response.content.decode()
    letter = Letter.objects.get()
    assert (letter.kind, letter.to, letter.reply_to) == (
        "contact_the_team",
        "team@example.org",
        WORDS["email"],
    )
    assert WORDS["message"] in letter.body
    assert programme.name in letter.subject


def test_without_a_mailbox_the_administrators_read_it_and_the_page_says_so(
    client: Client, administrator: Any
) -> None:
    programme = a_programme()
    address = f"/programmes/{programme.slug}/contact/"
    assert "the people who run this service read your letter" in client.get(address).content.decode()
    client.post(address, WORDS)
    assert Letter.objects.get().to == administrator.email


def test_every_administrator_gets_a_letter_about_the_service(client: Client, administrator: Any) -> None:
    other = a_person(is_administrator=True)
    a_person(is_administrator=True, is_active=False)
    client.post("/contact/", WORDS)
    assert set(Letter.objects.values_list("to", flat=True)) == {administrator.email, other.email}


def test_a_name_is_not_needed(client: Client, administrator: Any) -> None:
    assert client.post("/contact/", WORDS | {"name": ""}).status_code == 302
    assert "Somebody writes from ada@example.org" in Letter.objects.get().body


def test_where_nobody_could_read_it_there_is_no_box_to_write_in(client: Client) -> None:
    page = client.get("/contact/").content.decode()
    assert "Nobody can read letters yet" in page
    assert "<textarea" not in page
    client.post("/contact/", WORDS)
    assert not Letter.objects.exists()


def test_the_box_says_who_reads_it_and_that_it_may_be_released(client: Client, administrator: Any) -> None:
    page = client.get("/contact/").content.decode()
    assert "Only the team reads this." in page
    assert "A public body may have to release what is written here." in page


@pytest.mark.parametrize(
    ("box", "value"), [("email", "ada"), ("email", ""), ("message", ""), ("message", "x" * 4001)]
)
def test_a_mistake_comes_back_with_the_words(
    client: Client, administrator: Any, box: str, value: str
) -> None:
    response = client.post("/contact/", WORDS | {box: value})
    assert response.status_code == 422
    assert f'href="#id_{box}"' in response.content.decode()
    assert not Letter.objects.exists()


def test_the_mailbox_is_never_on_a_page(client: Client) -> None:
    programme = a_programme(mailbox="team@example.org")
    for page in ("", "contact/", "contact/thanks/"):
        assert "team@example.org" not in client.get(f"/programmes/{programme.slug}/{page}").content.decode()


def test_one_browser_writes_five_letters_an_hour_and_keeps_its_words_at_the_sixth(
    client: Client, administrator: Any
) -> None:
    with clock.moved_to(NOON):
        for _ in range(PER_SESSION.most):
            assert client.post("/contact/", WORDS).status_code == 302
        response = client.post("/contact/", WORDS)
    assert response.status_code == 429
    assert response["Retry-After"] == "1800"
    assert WORDS["message"] in response.content.decode()
    assert Letter.objects.count() == PER_SESSION.most
    with clock.moved_to(NOON + timedelta(hours=1)):
        assert client.post("/contact/", WORDS).status_code == 302


def test_a_library_with_one_address_is_not_shut_out_by_one_reader(client: Client, administrator: Any) -> None:
    with clock.moved_to(NOON):
        for _ in range(PER_SESSION.most + 3):
            client.post("/contact/", WORDS)
        assert Client().post("/contact/", WORDS).status_code == 302


def test_one_address_cannot_send_without_end_by_dropping_its_cookies(administrator: Any) -> None:
    with clock.moved_to(NOON):
        statuses = [Client().post("/contact/", WORDS).status_code for _ in range(PER_ADDRESS.most + 1)]
    assert statuses == [302] * PER_ADDRESS.most + [429]


def test_attempts_are_kept_as_hashes_only(client: Client, administrator: Any) -> None:
    client.post("/contact/", WORDS)
    kept = " ".join(Attempt.objects.values_list("who", flat=True))
    assert "127.0.0.1" not in kept
    assert client.session.session_key not in kept


def test_a_program_that_fills_in_every_box_is_thanked_and_nothing_is_sent(
    client: Client, administrator: Any
) -> None:
    assert client.post("/contact/", WORDS | {"website": "https://example.org"}).status_code == 302
    assert not Letter.objects.exists()


def test_a_letter_cannot_put_words_into_its_own_head(client: Client) -> None:
    programme = a_programme(mailbox="team@example.org", name="Two\nlines")
    client.post(f"/programmes/{programme.slug}/contact/", WORDS | {"name": "Ada\r\nBcc: all@example.org"})
    letter = Letter.objects.get()
    assert "\n" not in letter.subject
    assert letter.to == "team@example.org"
