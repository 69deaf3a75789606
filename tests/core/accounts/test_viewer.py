"""Who looks: the same viewer as long as one request is answered, and no longer."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from tests.builders import a_person, a_place

from knotwork.core.accounts.viewer import STRANGER, viewer_for, viewer_of
from knotwork.programmes.models import Role
from knotwork.programmes.querysets import places
from knotwork.programmes.standing import holds_a_role, mine_of

pytestmark = pytest.mark.django_db


def a_request(user):
    request = RequestFactory().get("/")
    request.user = user
    return request


def test_one_request_has_one_viewer_and_asks_once_what_roles_she_holds():
    place = a_place()
    request = a_request(a_person(Role.PLACE_MEMBER, place.programme, place))
    assert viewer_of(request) is viewer_of(request)
    with CaptureQueriesContext(connection) as asked:
        assert mine_of(viewer_of(request)).places == {place.pk}
        assert holds_a_role(viewer_of(request))
        str(places().visible_to(viewer_of(request)).query)
    assert len(asked) == 1


def test_the_next_request_knows_that_a_role_has_ended():
    place = a_place()
    person = a_person(Role.PLACE_MEMBER, place.programme, place)
    assert holds_a_role(viewer_of(a_request(person)))
    person.memberships.all().delete()
    assert not holds_a_role(viewer_of(a_request(person)))


def test_a_viewer_outside_a_request_is_asked_about_anew_each_time():
    place = a_place()
    person = a_person(Role.PLACE_MEMBER, place.programme, place)
    viewer = viewer_for(person)
    assert holds_a_role(viewer)
    person.memberships.all().delete()
    assert not holds_a_role(viewer)


def test_whoever_signs_in_or_out_within_a_request_is_seen_as_what_she_is_now():
    request = a_request(person := a_person())
    assert viewer_of(request).person_id == person.pk
    request.user = AnonymousUser()
    assert viewer_of(request) == STRANGER
    request.user = other = a_person()
    assert viewer_of(request).person_id == other.pk


def test_what_is_remembered_is_no_part_of_who_she_is():
    person = a_person()
    assert viewer_of(a_request(person)) == viewer_for(person)
    assert hash(viewer_of(a_request(person))) == hash(viewer_for(person))
