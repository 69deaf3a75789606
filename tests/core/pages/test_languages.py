"""A reader chooses her language with one button, and no address bears it."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation
from tests.builders import a_conversation
from tests.conversations.build import page

pytestmark = pytest.mark.django_db
ADDRESS = "/language/"


def choose(client: Client, language: str, back: str = "/"):
    return client.post(ADDRESS, {"language": language, "next": back})


def test_the_button_leads_back_to_the_same_page_in_that_language(client: Client) -> None:
    take_part = page("take-part", a_conversation(statements=1))
    assert '<html lang="en' in client.get(take_part).content.decode()
    response = choose(client, "cy", take_part)
    assert (response.status_code, response["Location"]) == (303, take_part)
    html = client.get(take_part).content.decode()
    assert '<html lang="cy"' in html
    assert "Ydych chi’n cytuno?" in html


def test_the_choice_wins_over_what_the_browser_asks_for(client: Client) -> None:
    take_part = page("take-part", a_conversation(statements=1))
    choose(client, "en")
    assert '<html lang="en"' in client.get(take_part, headers={"accept-language": "cy"}).content.decode()


def test_what_is_done_after_an_answer_is_not_in_the_language_of_its_reader(client: Client) -> None:
    client.get(page("take-part", a_conversation(statements=1)), headers={"accept-language": "cy"})
    assert translation.get_language() == settings.LANGUAGE_CODE


def test_the_cookie_says_the_language_and_nothing_else(client: Client) -> None:
    cookie = choose(client, "cy").cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("cy", True, "Lax")


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:x", ""])
def test_nobody_is_led_elsewhere(client: Client, back: str) -> None:
    assert choose(client, "cy", back)["Location"] == "/"


@pytest.mark.parametrize("language", ["", "xx", "../cy", "cy\r\nSet-Cookie: a=b"])
def test_what_is_no_language_changes_nothing(client: Client, language: str) -> None:
    response = choose(client, language)
    assert response.status_code == 303
    assert settings.LANGUAGE_COOKIE_NAME not in response.cookies


def test_looking_at_the_address_chooses_nothing(client: Client) -> None:
    response = client.get(ADDRESS, {"language": "cy"})
    assert (response.status_code, response["Location"]) == (303, "/")
    assert settings.LANGUAGE_COOKIE_NAME not in response.cookies


def test_it_is_chosen_with_a_form_of_ours_only() -> None:
    assert choose(Client(enforce_csrf_checks=True), "cy").status_code == 403


def test_the_page_offers_the_other_language_under_its_own_name(client: Client) -> None:
    html = client.get(reverse("conversations:come-back")).content.decode()
    assert 'name="language" value="cy" lang="cy">Cymraeg</button>' in html
    assert 'value="en"' not in html
