"""A former address leads to the same page at the new one, in whatever room; and sensitive places stay closed."""

import pytest
from django.test import Client

from knotwork.core.accounts.viewer import STRANGER, viewer_for
from knotwork.learning.models import Story
from knotwork.programmes.found import may_look_into
from knotwork.programmes.models import FormerAddress, Role, Stage
from knotwork.programmes.queries import place_at
from knotwork.programmes.written import WrittenQuerySet
from tests.builders import a_person, a_place

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "page", ["", "follow/", "try/", "?walk=3", "feed.atom"], ids=["page", "follow", "room", "query", "feed"]
)
def test_the_former_address_of_a_programme_leads_to_the_same_page_of_a_place(
    client: Client, page: str
) -> None:
    place = a_place()
    FormerAddress.objects.create(programme=place.programme, slug="before")
    answer = client.get(f"/programmes/before/places/{place.slug}/{page}")
    assert answer.status_code == 301
    assert answer["Location"] == f"/programmes/{place.programme.slug}/places/{place.slug}/{page}"


def test_in_a_room_the_name_of_the_room_is_kept(client: Client) -> None:
    place = a_place()
    FormerAddress.objects.create(programme=place.programme, slug="before")
    answer = client.get(f"/programmes/before/learn/places/{place.slug}/")
    assert answer["Location"] == f"/programmes/{place.programme.slug}/learn/places/{place.slug}/"


def test_what_was_shown_to_everybody_is_hidden_once_its_place_becomes_sensitive() -> None:
    place = a_place()
    story = Story.objects.create(programme=place.programme, place=place, visibility=Stage.PUBLIC)
    stories = WrittenQuerySet(Story)
    member = viewer_for(a_person(Role.PLACE_MEMBER, place.programme, place))
    passer_by = viewer_for(a_person())
    assert stories.visible_to(STRANGER).get() == story
    place.is_sensitive = True
    place.save()
    assert [stories.visible_to(one).exists() for one in (STRANGER, passer_by, member)] == [False, False, True]


def test_an_author_still_sees_her_own_words_of_a_place_that_became_sensitive() -> None:
    place, author = a_place(is_sensitive=True), a_person()
    Story.objects.create(programme=place.programme, place=place, visibility=Stage.PUBLIC, author=author)
    assert WrittenQuerySet(Story).visible_to(viewer_for(author)).exists()


def test_only_people_of_its_programme_look_into_the_rooms_of_a_sensitive_place() -> None:
    place = a_place(is_sensitive=True)
    view = place_at(place.programme.slug, place.slug, STRANGER)
    member = viewer_for(a_person(Role.EVALUATOR, place.programme))
    assert (may_look_into(view, STRANGER), may_look_into(view, member)) == (False, True)
