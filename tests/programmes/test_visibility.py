"""Who may see which programme and which place."""

from datetime import UTC, datetime, timedelta

import pytest

from knotwork.core import clock
from knotwork.core.accounts.models import Person
from knotwork.core.accounts.viewer import STRANGER, Viewer, viewer_for
from knotwork.programmes.models import Membership, Place, Programme, Role, Stage
from knotwork.programmes.queries import place_beads, programme_beads, programmes_for
from knotwork.programmes.querysets import places, programmes
from tests.builders import a_person, a_place, a_programme
from tests.programmes.build import ADMINISTRATOR, somebody, the_team_of

pytestmark = pytest.mark.django_db


def sees_programme(viewer: Viewer, programme: Programme) -> bool:
    return programmes().visible_to(viewer).filter(pk=programme.pk).exists()


def sees_place(viewer: Viewer, place: Place) -> bool:
    return places().visible_to(viewer).filter(pk=place.pk).exists()


def test_a_stranger_sees_public_programmes_only() -> None:
    assert sees_programme(STRANGER, a_programme())
    assert not sees_programme(STRANGER, a_programme(visibility=Stage.PROGRAMME))


@pytest.mark.parametrize("role", [Role.PROGRAMME_TEAM, Role.EVALUATOR, Role.PANEL_REVIEWER])
def test_whoever_holds_a_role_in_a_programme_sees_it(role: Role) -> None:
    programme = a_programme(visibility=Stage.PROGRAMME)
    assert sees_programme(somebody(role, programme), programme)
    assert not sees_programme(somebody(role), programme)


def test_a_public_place_of_a_programme_that_is_not_public_is_seen_by_its_people_only() -> None:
    place = a_place(a_programme(visibility=Stage.PROGRAMME))
    assert not sees_place(STRANGER, place)
    assert not sees_place(somebody(), place)
    assert sees_place(somebody(Role.PLACE_MEMBER, place=place), place)


def test_a_place_shown_to_the_programme_is_seen_by_people_of_other_places_in_it() -> None:
    place = a_place(visibility=Stage.PROGRAMME)
    neighbour = a_place(place.programme)
    assert sees_place(somebody(Role.PLACE_MEMBER, place=neighbour), place)
    assert not sees_place(STRANGER, place)


def test_a_place_shown_to_itself_is_seen_by_its_own_people_and_the_team() -> None:
    place = a_place(visibility=Stage.PLACE)
    neighbour = a_place(place.programme)
    assert sees_place(somebody(Role.PLACE_LEAD, place=place), place)
    assert sees_place(the_team_of(place.programme), place)
    assert not sees_place(somebody(Role.PLACE_LEAD, place=neighbour), place)


def test_nobody_sees_what_is_withdrawn() -> None:
    moment = datetime(2025, 1, 1, tzinfo=UTC)
    programme, place = a_programme(withdrawn_at=moment), a_place(withdrawn_at=moment)
    for viewer in (STRANGER, ADMINISTRATOR, the_team_of(programme)):
        assert not sees_programme(viewer, programme)
        assert not sees_place(viewer, place)


def test_a_role_that_has_ended_shows_nothing_more() -> None:
    programme = a_programme(visibility=Stage.PROGRAMME)
    person: Person = a_person(Role.PROGRAMME_TEAM, programme)
    moment = clock.now()
    Membership.objects.update(closes_at=moment)
    with clock.moved_to(moment - timedelta(seconds=1)):
        assert sees_programme(viewer_for(person), programme)
    with clock.moved_to(moment):
        assert not sees_programme(viewer_for(person), programme)


def test_a_list_counts_only_the_places_that_the_viewer_may_see() -> None:
    programme = a_programme()
    a_place(programme)
    a_place(programme, visibility=Stage.PROGRAMME)
    assert [row.places for row in programmes_for(STRANGER)] == [1]
    assert [row.places for row in programmes_for(the_team_of(programme))] == [2]


def test_an_end_of_a_strand_is_shown_only_to_those_who_may_see_it() -> None:
    place = a_place(a_programme(visibility=Stage.PROGRAMME))
    everything = ([place.public_id], [place.programme.public_id])
    assert place_beads(everything[0], STRANGER) == []
    assert programme_beads(everything[1], STRANGER) == []
    assert [bead.title for bead in place_beads(everything[0], ADMINISTRATOR)] == [place.name]
    assert [bead.url for bead in programme_beads(everything[1], ADMINISTRATOR)] == [
        f"/programmes/{place.programme.slug}/"
    ]
