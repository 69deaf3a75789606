import re
from datetime import timedelta

import pytest
from django.urls import reverse
from tests.builders import a_person, signed_in

from knotwork.core import clock
from knotwork.core.accounts import erasures, services
from knotwork.core.accounts.models import Person
from knotwork.core.accounts.viewer import STRANGER, viewer_for, viewer_of
from knotwork.core.mail.queries import kept_letters
from knotwork.core.rules import Refused

pytestmark = pytest.mark.django_db


def test_a_person_signs_in_with_the_code_that_was_sent_to_her(client):
    person = a_person(email="ada@example.org")
    response = client.post(reverse("account_request_login_code"), {"email": "ada@example.org"})
    assert response.url == reverse("account_confirm_login_code")
    code = re.search(r"^\s*([A-Z0-9]{4}-[A-Z0-9]{4})\s*$", kept_letters()[0].body, re.M).group(1)
    response = client.post(reverse("account_confirm_login_code"), {"code": code})
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_wrong_code_lets_nobody_in(client):
    a_person(email="ada@example.org")
    client.post(reverse("account_request_login_code"), {"email": "ada@example.org"})
    client.post(reverse("account_confirm_login_code"), {"code": "WRONG1"})
    assert "_auth_user_id" not in client.session


def test_the_page_does_not_tell_whether_an_address_is_known(client):
    a_person(email="ada@example.org")
    answers = [
        client.post(reverse("account_request_login_code"), {"email": address})
        for address in ("ada@example.org", "eve@example.org")
    ]
    assert answers[0].url == answers[1].url
    assert [letter.to for letter in kept_letters()] == ["ada@example.org"]


def test_nobody_makes_an_account_by_herself(client):
    client.post(reverse("account_request_login_code"), {"email": "new@example.org"})
    assert not Person.objects.filter(email="new@example.org").exists()


def test_the_start_link_makes_the_administrator_once(client):
    url = reverse("start", args=[services.new_start_link_token()])
    assert client.get(url).status_code == 200
    assert client.post(url, {"email": "not an address"}).status_code == 422
    assert client.post(url, {"email": "Host@example.org"}).status_code == 302
    assert Person.objects.get(email="host@example.org").is_administrator
    assert client.get(url).status_code == 403
    assert services.new_start_link_token() is None


def test_the_start_link_ends_after_15_minutes():
    token = services.new_start_link_token()
    with clock.moved_to(clock.now() + timedelta(minutes=15)):
        assert "15 minutes" in services.start_link_decision(token).reason
        with pytest.raises(Refused):
            services.use_start_link(token, "host@example.org")


def test_the_start_link_ends_when_an_administrator_has_signed_in_some_other_way():
    token = services.new_start_link_token()
    a_person(is_administrator=True, last_login=clock.now())
    assert "already" in services.start_link_decision(token).reason


def test_a_person_known_already_becomes_the_administrator_by_the_start_link():
    a_person(email="host@example.org")
    assert services.use_start_link(services.new_start_link_token(), "host@example.org").is_administrator


def test_an_erased_person_cannot_be_known_and_stays_erased_when_erasures_are_applied_again():
    ada = a_person(email="ada@example.org", is_administrator=True)
    services.erase(ada, by=viewer_for(ada))
    Person.objects.filter(pk=ada.pk).update(email="ada@example.org", is_active=True)
    erasures.apply_again([("tea", "unknown kinds are left alone")])
    ada.refresh_from_db()
    assert (ada.email, ada.is_active) == (f"erased-{ada.public_id}@invalid", False)


def test_every_room_erases_what_it_holds_of_somebody(monkeypatch):
    monkeypatch.setattr(erasures, "_ERASERS", {})
    erased = []

    def of_one_room(key):
        erased.append(("one", key))

    for eraser in (of_one_room, of_one_room, lambda key: erased.append(("another", key))):
        erasures.register("person", eraser)
    ada = a_person()
    services.erase(ada, by=viewer_for(ada))
    assert erased == [("one", str(ada.public_id)), ("another", str(ada.public_id))]


def test_a_viewer_is_a_stranger_until_she_signs_in(rf, client):
    request = rf.get("/")
    assert viewer_of(request) == STRANGER
    assert STRANGER.is_stranger
    request.user = a_person()
    assert viewer_of(request).person_id == request.user.pk


def test_a_person_signs_out_by_a_button_and_not_by_a_link(client):
    signed_in(client, a_person())
    client.get(reverse("account_logout"))
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session
