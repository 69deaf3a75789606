"""Roles are given for a time; two leads of different organisations; an enabler stands beside them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knotwork.core import clock
from knotwork.core.accounts.models import Person
from knotwork.core.mail.models import Letter
from knotwork.core.rules import Refused
from knotwork.core.windows import Window
from knotwork.programmes import queries, services
from knotwork.programmes.leads import MOST_LEADS, Lead, can_hold_role, can_join_leads, overlap
from knotwork.programmes.models import Membership, Place, Role
from knotwork.programmes.services import Grant
from tests.builders import a_person, a_place, a_programme
from tests.programmes.build import ADMINISTRATOR, somebody, the_team_of, verbs

NEW_YEAR = datetime(2025, 1, 1, tzinfo=UTC)
days = st.integers(0, 40).map(lambda day: NEW_YEAR + timedelta(days=day))


@st.composite
def windows(draw: st.DrawFn) -> Window:
    opens = draw(st.none() | days)
    closes = draw(st.none() | days)
    return Window(opens, closes if opens is None or closes is None or closes > opens else None)


def lead(place: Place, organisation: str, **time: datetime) -> Grant:
    return Grant(Role.PLACE_LEAD, place.pk, organisation, **time)


def grant(place: Place, what: Grant, person: Person | None = None) -> None:
    services.grant_membership(place.programme.pk, (person or a_person()).pk, what, by=ADMINISTRATOR)


@pytest.mark.django_db
def test_two_leads_come_from_different_organisations() -> None:
    place = a_place()
    grant(place, lead(place, "Northvale Homes"))
    with pytest.raises(Refused, match="different organisations"):
        grant(place, lead(place, "northvale  homes"))
    grant(place, lead(place, "Older People's Forum"))
    assert queries.people_of_place(place.pk).leads_from == ("Northvale Homes", "Older People's Forum")


@pytest.mark.django_db
def test_a_third_lead_at_the_same_time_is_refused() -> None:
    place = a_place()
    grant(place, lead(place, "Homes"))
    grant(place, lead(place, "Forum"))
    with pytest.raises(Refused, match="has its two leads"):
        grant(place, lead(place, "Buses"))


@pytest.mark.django_db
def test_a_lead_may_follow_another_at_the_very_moment_her_role_ends() -> None:
    place = a_place()
    grant(place, lead(place, "Homes", opens_at=NEW_YEAR, closes_at=NEW_YEAR + timedelta(days=10)))
    grant(place, lead(place, "Homes", opens_at=NEW_YEAR + timedelta(days=10)))
    assert Membership.objects.count() == 2


@pytest.mark.django_db
def test_a_lead_from_the_same_organisation_follows_one_whose_role_has_ended() -> None:
    place = a_place()
    grant(place, lead(place, "Homes", opens_at=NEW_YEAR, closes_at=NEW_YEAR + timedelta(days=10)))
    grant(place, lead(place, "Homes"))
    assert Membership.objects.count() == 2


@pytest.mark.django_db
def test_another_place_has_its_own_two_leads() -> None:
    for place in (a_place(), a_place()):
        grant(place, lead(place, "Homes"))


@pytest.mark.django_db
def test_one_person_is_not_lead_and_enabler_of_one_place() -> None:
    place, person = a_place(), a_person()
    grant(place, lead(place, "Homes"), person)
    with pytest.raises(Refused, match="stands beside the leads"):
        grant(place, Grant(Role.ENABLER, place.pk), person)


@pytest.mark.django_db
def test_a_place_says_where_its_enabler_comes_from() -> None:
    place = a_place()
    grant(place, Grant(Role.ENABLER, place.pk, "Leadership Centre"))
    people = queries.people_of_place(place.pk)
    assert (people.has_enabler, people.enablers_from) == (True, ("Leadership Centre",))


@pytest.mark.django_db
def test_the_same_role_is_not_given_twice() -> None:
    place, person = a_place(), a_person()
    grant(place, Grant(Role.PLACE_MEMBER, place.pk), person)
    with pytest.raises(Refused, match="already"):
        grant(place, Grant(Role.PLACE_MEMBER, place.pk), person)


@pytest.mark.django_db
def test_a_role_that_ended_can_be_given_again() -> None:
    place, person = a_place(), a_person()
    with clock.moved_to(NEW_YEAR):
        grant(place, Grant(Role.PLACE_MEMBER, place.pk), person)
    with clock.moved_to(NEW_YEAR + timedelta(days=1)):
        services.end_membership(place.programme.pk, Membership.objects.get().public_id, by=ADMINISTRATOR)
        grant(place, Grant(Role.PLACE_MEMBER, place.pk), person)
    assert Membership.objects.count() == 2


@pytest.mark.django_db
def test_an_invitation_makes_the_person_gives_the_role_and_writes_a_letter() -> None:
    place = a_place()
    what = lead(place, "Homes")
    services.invite(place.programme.pk, " New@Example.org ", what, by=the_team_of(place.programme))
    assert Membership.objects.get(role=Role.PLACE_LEAD).person.email == "new@example.org"
    letter = Letter.objects.get()
    assert (letter.kind, letter.to) == ("invitation", "new@example.org")
    assert "/sign-in/" in letter.body
    assert place.name in letter.body
    assert verbs() == ["person.invited", "organisation.added", "membership.granted"]


@pytest.mark.django_db
def test_a_refused_invitation_leaves_nothing_behind() -> None:
    place = a_place()
    grant(place, lead(place, "Homes"))
    people = Person.objects.count()
    with pytest.raises(Refused):
        services.invite(place.programme.pk, "new@example.org", lead(place, "Homes"), by=ADMINISTRATOR)
    assert Person.objects.count() == people
    assert not Letter.objects.exists()


@pytest.mark.django_db
def test_a_lead_invites_members_to_her_place_but_gives_no_other_role() -> None:
    place = a_place()
    viewer = somebody(Role.PLACE_LEAD, place=place)
    services.invite(place.programme.pk, "a@example.org", Grant(Role.PLACE_MEMBER, place.pk), by=viewer)
    for role in (Role.PLACE_LEAD, Role.ENABLER, Role.MODERATOR):
        with pytest.raises(Refused, match="Only the team"):
            services.invite(place.programme.pk, "b@example.org", Grant(role, place.pk, "Homes"), by=viewer)


@pytest.mark.django_db
def test_everybody_may_end_her_own_role() -> None:
    place = a_place()
    viewer = somebody(Role.PLACE_MEMBER, place=place)
    services.end_membership(place.programme.pk, Membership.objects.get().public_id, by=viewer)
    assert queries.members_of(place.programme.pk) == ()


@pytest.mark.django_db
def test_the_last_of_the_team_cannot_leave_until_somebody_else_is_in_it() -> None:
    programme = a_programme()
    viewer = the_team_of(programme)
    mine = Membership.objects.get().public_id
    with pytest.raises(Refused, match="has to stay"):
        services.end_membership(programme.pk, mine, by=viewer)
    the_team_of(programme)
    services.end_membership(programme.pk, mine, by=viewer)
    assert len(queries.members_of(programme.pk)) == 1


@pytest.mark.django_db
def test_ending_a_role_twice_is_the_same_as_once() -> None:
    place = a_place()
    grant(place, Grant(Role.PLACE_MEMBER, place.pk))
    membership = Membership.objects.get().public_id
    for _ in range(2):
        services.end_membership(place.programme.pk, membership, by=ADMINISTRATOR)
    assert verbs() == ["membership.granted", "membership.ended"]


@pytest.mark.parametrize(
    ("role", "has_place", "organisation", "is_allowed"),
    [
        (Role.PLACE_LEAD, True, "Homes", True),
        (Role.PLACE_LEAD, True, " ", False),
        (Role.PLACE_LEAD, False, "Homes", False),
        (Role.ENABLER, False, "", False),
        (Role.PROGRAMME_TEAM, False, "", True),
        (Role.PROGRAMME_TEAM, True, "", False),
        (Role.SPONSOR_BOARD_MEMBER, False, "", False),
        (Role.MODERATOR, True, "", True),
        (Role.MODERATOR, False, "", True),
    ],
)
def test_a_role_is_named_with_what_belongs_to_it(
    role: Role, has_place: bool, organisation: str, is_allowed: bool
) -> None:
    assert bool(can_hold_role(role, has_place=has_place, organisation=organisation)) is is_allowed


@given(st.lists(st.tuples(st.sampled_from("ABCD"), windows()), max_size=8))
def test_no_moment_has_three_leads_or_two_of_one_organisation(asked: list[tuple[str, Window]]) -> None:
    leads: list[Lead] = []
    for organisation, window in asked:
        if can_join_leads(organisation, window, leads):
            leads.append(Lead(organisation, window))
    for moment in (NEW_YEAR + timedelta(days=day) for day in range(-1, 42)):
        now = [held.organisation for held in leads if held.window.contains(moment)]
        assert len(now) <= MOST_LEADS
        assert len(now) == len(set(now))


@given(windows(), windows())
def test_two_windows_overlap_exactly_when_they_share_a_moment(one: Window, other: Window) -> None:
    moments = [NEW_YEAR + timedelta(days=day) for day in range(-1, 42)]
    assert overlap(one, other) == any(one.contains(moment) and other.contains(moment) for moment in moments)
