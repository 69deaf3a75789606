"""A page that is the same for every stranger is kept until something happens."""

import gzip
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.urls import reverse
from tests.builders import a_person, a_programme, signed_in

from knotwork.core import clock
from knotwork.core.accounts.viewer import viewer_for
from knotwork.core.analyses.models import Snapshot
from knotwork.core.identifiers import new_public_id
from knotwork.core.pages.kept import kept_until_something_happens
from knotwork.programmes.models import Role
from knotwork.programmes.services import PlaceWords, add_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted(rf):
    """A view that counts how often it is really asked, and a way to ask it."""
    asked = []

    @kept_until_something_happens
    def view(request):
        asked.append(request.path)
        return HttpResponse(f"answer {len(asked)}")

    def ask(path="/somewhere/", **headers):
        request = rf.get(path, headers=headers)
        return view(request)

    return ask


def test_a_second_stranger_gets_what_the_first_was_answered(counted):
    assert [counted().content, counted().content] == [b"answer 1", b"answer 1"]


def test_another_address_or_language_is_another_page(counted):
    counted()
    assert counted("/somewhere/?theme=food").content == b"answer 2"


def test_a_new_event_makes_the_page_anew(counted):
    counted()
    person = a_person(Role.PROGRAMME_TEAM, a_programme(), is_administrator=True)
    add_place(
        person.memberships.get().programme_id, PlaceWords(name="Newtown", issue="Why?"), by=viewer_for(person)
    )
    assert counted().content == b"answer 2"


def test_a_new_result_makes_the_page_anew(counted):
    counted()
    Snapshot.objects.create(
        kind="opinion", subject=new_public_id(), method="m", version="1", finished_at=clock.now()
    )
    assert counted().content == b"answer 2"
    with clock.moved_to(clock.now() + timedelta(minutes=1)):
        Snapshot.objects.update(finished_at=clock.now())
    assert counted().content == b"answer 3"


def test_a_page_goes_out_packed_to_those_who_can_unpack_it(counted):
    packed = counted(accept_encoding="gzip")
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == counted().content


def test_whoever_is_signed_in_is_always_answered_anew_and_her_answer_is_never_kept(client):
    programme = a_programme(name="Seen by all")
    hidden = a_programme(name="For its people", visibility="programme")
    signed_in(client, a_person(Role.PROGRAMME_TEAM, hidden))
    assert "For its people" in client.get(reverse("programmes:list")).content.decode()
    client.logout()
    words = client.get(reverse("programmes:list")).content.decode()
    assert programme.name in words
    assert "For its people" not in words


def test_a_refusal_is_not_kept(rf):
    asked = []

    @kept_until_something_happens
    def view(request):
        asked.append(1)
        return HttpResponse("no", status=403)

    for _ in range(2):
        view(rf.get("/"))
    assert len(asked) == 2
