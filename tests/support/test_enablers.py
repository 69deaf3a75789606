"""Who offers to help, the place's choice, days used, and notes that stay between the place and its enabler."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from knotwork.core.accounts import services as accounts
from knotwork.core.accounts.viewer import STRANGER
from knotwork.core.rules import Refused
from knotwork.programmes.models import Membership, Role
from knotwork.support import queries, services
from knotwork.support.models import EnablerProfile
from knotwork.support.services import ProfileWords, VisitWords
from tests.programmes.build import ADMINISTRATOR, somebody, verbs
from tests.support.build import a_profile, a_visit, asked, letters, people, together

pytestmark = pytest.mark.django_db


def test_everybody_of_the_programme_writes_a_profile_of_her_own_and_its_people_read_it():
    who = people()
    a_profile(who)
    a_profile(who, "Sam of Eastmere")
    (profile,) = queries.profiles_of(who.programme.pk, who.elsewhere)
    assert (profile.name, profile.days_left, profile.is_mine) == ("Sam of Eastmere", Decimal(10), False)
    assert queries.my_profile(who.programme.pk, who.enabler)
    for outsider in (STRANGER, somebody()):
        assert queries.profiles_of(who.programme.pk, outsider) == ()
        with pytest.raises(Refused, match="have a role in this programme"):
            services.write_profile(who.programme.pk, ProfileWords("X", "Y", Decimal(1)), by=outsider)
    with pytest.raises(Refused, match="Sign in first"):
        services.write_profile(who.programme.pk, ProfileWords("X", "Y", Decimal(1)), by=ADMINISTRATOR)


@pytest.mark.parametrize("days", ["0", "-1", "0.05", "401", "NaN"])
def test_days_are_a_number_of_tenths(days):
    who = people()
    with pytest.raises(Refused, match="Days are a number"):
        services.write_profile(who.programme.pk, ProfileWords("X", "Y", Decimal(days)), by=who.enabler)


def test_only_whoever_wrote_a_profile_takes_it_back():
    who = people()
    profile = a_profile(who)
    with pytest.raises(Refused, match="Only whoever wrote"):
        services.take_back_profile(profile, by=who.team)
    services.take_back_profile(profile, by=who.enabler)
    assert queries.profiles_of(who.programme.pk, who.team) == ()
    with pytest.raises(Refused, match="not known here"):
        services.ask_enabler(who.place.pk, profile, "Help", by=who.lead)


def test_the_place_asks_and_only_it_and_the_enabler_know_until_she_accepts():
    who = people()
    asked(who)
    seen = {
        name: len(queries.matches_of_place(who.place.public_id, viewer))
        for name, viewer in who.everybody.items()
    }
    assert seen == {"lead": 1, "member": 1, "team": 0, "enabler": 1, "elsewhere": 0}
    assert letters() == [(who.enabler_person.email, f"{who.place.name} asks you to help")]
    for other in (who.team, who.member, who.elsewhere):
        with pytest.raises(Refused, match="Only the leads of this place choose"):
            services.ask_enabler(who.place.pk, a_profile(who), "Help", by=other)
    with pytest.raises(Refused, match="asked them already"):
        services.ask_enabler(who.place.pk, a_profile(who), "Help", by=who.lead)


def test_who_accepts_is_the_enabler_of_the_place_until_one_of_them_ends_it():
    who = people()
    match = asked(who)
    with pytest.raises(Refused, match="Only whoever was asked"):
        services.answer_place(match, accepts=True, by=who.lead)
    for _ in range(2):
        services.answer_place(match, accepts=True, by=who.enabler)
    held = Membership.objects.filter(place=who.place, role=Role.ENABLER)
    assert [each.person_id for each in held] == [who.enabler.person_id]
    assert len(queries.matches_of_place(who.place.public_id, who.elsewhere)) == 1
    assert letters()[-1][1] == f"Sam will help {who.place.name}"
    with pytest.raises(Refused, match="Only the leads"):
        services.end_match(match, by=who.team)
    for _ in range(2):
        services.end_match(match, by=who.lead)
    assert held.get().closes_at is not None
    assert verbs().count("match.ended") == 1


def test_who_declines_is_not_and_another_may_be_asked_again():
    who = people()
    match = asked(who)
    services.answer_place(match, accepts=False, by=who.enabler)
    assert not Membership.objects.filter(role=Role.ENABLER).exists()
    assert letters()[-1][1] == f"Sam cannot help {who.place.name}"
    again = asked(who)
    services.end_match(again, by=who.lead)
    stages = [each.stage for each in queries.my_matches(who.programme.pk, who.enabler)]
    assert stages == ["declined", "taken_back"]
    assert queries.my_matches(who.programme.pk, STRANGER) == ()


def test_a_lead_cannot_be_the_enabler_of_her_own_place():
    who = people()
    words = ProfileWords("Lead", "Leading", Decimal(3))
    match = services.ask_enabler(
        who.place.pk, services.write_profile(who.programme.pk, words, by=who.lead), "Help", by=who.lead
    )
    with pytest.raises(Refused, match="cannot be both"):
        services.answer_place(match, accepts=True, by=who.lead)


def test_a_note_is_read_by_the_place_and_its_enabler_alone_until_the_place_shows_it():
    who = people()
    visit = a_visit(who)

    def readers() -> set[str]:
        found = {**who.everybody, "stranger": STRANGER}
        return {
            name for name, viewer in found.items() if queries.visits_of_place(who.place.public_id, viewer)
        }

    assert readers() == {"lead", "member", "enabler"}
    for other in (who.enabler, who.team, who.member):
        with pytest.raises(Refused, match="Only the leads"):
            services.share_note(visit, "public", by=other)
    services.share_note(visit, "programme", by=who.lead)
    assert readers() == {"lead", "member", "enabler", "team", "elsewhere"}
    for _ in range(2):
        services.share_note(visit, "public", by=who.lead)
    assert "stranger" in readers()
    services.share_note(visit, "place", by=who.lead)
    assert readers() == {"lead", "member", "enabler"}
    with pytest.raises(Refused, match="Choose who"):
        services.share_note(visit, "me", by=who.lead)
    assert verbs().count("visit.shared") == 3


def test_another_enabler_of_the_place_does_not_read_the_note():
    who = people()
    a_visit(who)
    assert (
        queries.visits_of_place(who.place.public_id, somebody(Role.ENABLER, who.programme, who.place)) == ()
    )


def test_days_are_counted_for_the_people_of_the_programme_and_notes_are_not_in_them():
    who = people()
    a_visit(who)
    mistake = a_visit(who, days="20")
    with pytest.raises(Refused, match="Only whoever wrote it"):
        services.take_out_visit(mistake, "", by=who.lead)
    for _ in range(2):
        services.take_out_visit(mistake, "Typed wrongly", by=who.enabler)
    a_visit(who, days="2")
    first, other = queries.days_used(who.programme.pk, who.elsewhere)
    assert (first.where.public_id, first.days, first.visits) == (who.place.public_id, Decimal("3.5"), 2)
    assert (other.days, other.visits) == (0, 0)
    assert queries.days_used_by(who.place.public_id, who.team) == Decimal("3.5")
    assert queries.profiles_of(who.programme.pk, who.team)[0].days_left == Decimal("6.5")
    assert queries.days_used(who.programme.pk, STRANGER) == ()


def test_only_the_enabler_writes_a_visit_and_only_when_they_work_together():
    who = people()
    match, words = asked(who), VisitWords(date(2026, 10, 5), Decimal(1))
    with pytest.raises(Refused, match="do not work with this place yet"):
        services.add_visit(match, words, by=who.enabler)
    services.answer_place(match, accepts=True, by=who.enabler)
    with pytest.raises(Refused, match="Only the enabler"):
        services.add_visit(match, words, by=who.lead)
    with pytest.raises(Refused, match="Days are a number"):
        services.add_visit(match, replace(words, days=Decimal(61)), by=who.enabler)
    for act in (services.end_match, lambda each, by: services.take_out_visit(each, "", by=by)):
        with pytest.raises(Refused, match="not known here"):
            act(uuid4(), by=who.lead)


def test_who_is_erased_leaves_her_days_and_nothing_that_she_said_of_herself():
    who = people()
    a_visit(who)
    together_with = queries.matches_of_place(who.place.public_id, who.team)
    assert together_with[0].enabler == "Sam"
    accounts.erase(who.enabler_person, by=ADMINISTRATOR)
    row = EnablerProfile.objects.get()
    assert (row.name, row.good_at, row.withdrawn_at is None) == ("Somebody who left", "", False)
    assert queries.days_used_by(who.place.public_id, who.team) == Decimal("1.5")
    assert together(people())
