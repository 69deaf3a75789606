"""A try-out goes from one lead to another, and says so when its lead has left."""

from uuid import UUID

import pytest

from knotwork.actions import services
from knotwork.actions.models import TryOut
from knotwork.actions.queries import handovers_of, try_out_view, who_may_lead
from knotwork.actions.rules import Part, part_of
from knotwork.core import clock
from knotwork.core.accounts.models import Person
from knotwork.core.accounts.services import erase
from knotwork.core.accounts.viewer import viewer_for
from knotwork.core.mail.models import Letter
from knotwork.core.rules import Refused
from knotwork.programmes.models import Place, Role
from tests.actions.build import a_member, going, planned, row
from tests.builders import a_person, a_place
from tests.programmes.build import ADMINISTRATOR, verbs

pytestmark = pytest.mark.django_db


def of_place(place: Place, role: Role = Role.PLACE_MEMBER) -> Person:
    return a_person(role, place.programme, place)


def leave(person: Person) -> None:
    person.memberships.update(closes_at=clock.now())


def needs_a_lead(try_out: UUID) -> bool:
    return try_out_view(row(try_out)).needs_lead


def letters() -> list[tuple[str, str]]:
    return list(Letter.objects.order_by("pk").values_list("kind", "to"))


def test_whoever_plans_it_leads_it() -> None:
    place = a_place()
    member = of_place(place)
    assert row(planned(place, by=viewer_for(member))).lead_id == member.pk


def test_the_lead_hands_it_over_with_a_note_and_the_other_is_written_to() -> None:
    place = a_place()
    old, new = of_place(place), of_place(place)
    try_out = going(place, by=viewer_for(old))
    services.hand_over(try_out, new.public_id, "The depot waits for a call.", by=viewer_for(old))
    assert row(try_out).lead_id == new.pk
    assert [each.note for each in handovers_of(row(try_out))] == ["The depot waits for a call."]
    assert letters() == [("try_out_handed_over", new.email)]
    assert "The depot waits" in Letter.objects.get().body
    assert verbs()[-1] == "try_out.handed_over"


def test_the_new_lead_may_do_what_the_old_one_could() -> None:
    place = a_place()
    new = of_place(place)
    try_out = going(place)
    assert part_of(viewer_for(new), row(try_out)) == Part.HELPER
    services.hand_over(try_out, new.public_id, "All yours.", by=ADMINISTRATOR)
    assert part_of(viewer_for(new), row(try_out)) == Part.LEADER


def test_who_takes_it_over_oneself_gets_no_letter() -> None:
    place = a_place()
    lead = of_place(place, Role.PLACE_LEAD)
    try_out = going(place)
    services.hand_over(try_out, lead.public_id, "I take it.", by=viewer_for(lead))
    assert letters() == []


def test_only_people_of_the_place_can_take_it_and_a_note_is_needed() -> None:
    place = a_place()
    inside, outside = of_place(place), of_place(a_place(place.programme))
    try_out = going(place)
    with pytest.raises(Refused, match="role in this place"):
        services.hand_over(try_out, outside.public_id, "All yours.", by=ADMINISTRATOR)
    with pytest.raises(Refused, match="what comes next"):
        services.hand_over(try_out, inside.public_id, " ", by=ADMINISTRATOR)
    services.hand_over(try_out, inside.public_id, "All yours.", by=ADMINISTRATOR)
    with pytest.raises(Refused, match="leads it already"):
        services.hand_over(try_out, inside.public_id, "All yours.", by=ADMINISTRATOR)


def test_another_member_does_not_hand_it_over_and_what_has_ended_is_not_handed_over() -> None:
    place = a_place()
    new = of_place(place)
    try_out = going(place)
    with pytest.raises(Refused, match="Only whoever planned"):
        services.hand_over(try_out, new.public_id, "Mine now.", by=a_member(place))
    services.end(try_out, "adopted", "It works", by=ADMINISTRATOR)
    with pytest.raises(Refused, match="has ended"):
        services.hand_over(try_out, new.public_id, "Mine now.", by=ADMINISTRATOR)


def test_those_who_may_lead_it_are_listed_with_role_and_without_whoever_does() -> None:
    place = a_place()
    lead, other = of_place(place, Role.PLACE_LEAD), of_place(place)
    leave(of_place(place))
    try_out = going(place, by=viewer_for(lead))
    assert who_may_lead(row(try_out)) == [(other.public_id, f"{other.email} (member of a place)")]


def test_when_its_lead_leaves_the_page_says_so_and_the_leads_of_the_place_are_told_once() -> None:
    place = a_place()
    lead, member = of_place(place, Role.PLACE_LEAD), of_place(place)
    try_out = going(place, by=viewer_for(member))
    assert (services.tell_who_needs_a_lead(), needs_a_lead(try_out)) == (0, False)
    leave(member)
    assert needs_a_lead(try_out)
    assert [services.tell_who_needs_a_lead() for _again in range(2)] == [1, 0]
    assert letters() == [("try_out_needs_lead", lead.email)]
    assert verbs()[-1] == "try_out.needs_lead"
    services.hand_over(try_out, lead.public_id, "I take it.", by=viewer_for(lead))
    assert not needs_a_lead(try_out)


def test_a_place_without_a_lead_tells_the_team_of_the_programme() -> None:
    place = a_place()
    team = a_person(Role.PROGRAMME_TEAM, place.programme)
    member = of_place(place)
    going(place, by=viewer_for(member))
    leave(member)
    services.tell_who_needs_a_lead()
    assert letters() == [("try_out_needs_lead", team.email)]


def test_a_lead_who_is_erased_is_missed_too() -> None:
    place = a_place()
    member = of_place(place)
    try_out = going(place, by=viewer_for(member))
    erase(member, by=ADMINISTRATOR)
    assert needs_a_lead(try_out)


def test_whoever_comes_back_is_missed_no_more() -> None:
    place = a_place()
    member = of_place(place)
    try_out = going(place, by=viewer_for(member))
    leave(member)
    services.tell_who_needs_a_lead()
    member.memberships.update(closes_at=None)
    services.tell_who_needs_a_lead()
    assert TryOut.objects.get(public_id=try_out).needs_lead_since is None
    assert not needs_a_lead(try_out)


def test_what_has_ended_or_never_named_a_lead_needs_none() -> None:
    place = a_place()
    member = of_place(place)
    ended, nobodys = going(place, by=viewer_for(member)), going(place)
    services.end(ended, "adopted", "It works", by=ADMINISTRATOR)
    leave(member)
    assert services.tell_who_needs_a_lead() == 0
    assert not needs_a_lead(ended)
    assert not needs_a_lead(nobodys)
