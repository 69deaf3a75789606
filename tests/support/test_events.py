"""Learning events: who comes, who waits, who moves up; calendar files; notes with readers of their own."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from knotwork.core.accounts.viewer import STRANGER, viewer_for
from knotwork.core.clock import moved_to
from knotwork.core.rules import Refused
from knotwork.programmes.models import Role
from knotwork.support import queries, services
from knotwork.support.calendar_files import calendar_of
from knotwork.support.models import EventSignUp
from tests.builders import a_person
from tests.programmes.build import somebody, verbs
from tests.support.build import BEFORE, event_words, letters, people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _before_the_event():
    with moved_to(BEFORE):
        yield


def shown(event, viewer):
    found = queries.event_at(event, viewer)
    assert found is not None
    return found


def test_beyond_the_limit_one_waits_and_moves_up_with_a_letter():
    who = people()
    event = services.announce(who.programme.pk, event_words(most=1), by=who.team)
    for viewer in (who.lead, who.member, who.elsewhere, who.lead):
        services.sign_up(event, by=viewer)
    assert (shown(event, who.team).coming, shown(event, who.team).waiting) == (1, 2)
    assert [queries.my_place_in(event, each).turn for each in (who.lead, who.member, who.elsewhere)] == [
        0,
        1,
        2,
    ]
    assert shown(event, who.team).is_full
    services.sign_off(event, by=who.lead)
    assert not queries.my_place_in(event, who.member).waits
    assert queries.my_place_in(event, who.elsewhere).turn == 1
    assert [subject for _to, subject in letters()] == ["There is room for you: Asking better"]
    services.sign_off(event, by=who.lead)
    assert verbs().count("learning_event.signed_off") == 1


def test_more_room_moves_up_those_who_wait_and_a_change_is_told():
    who = people()
    event = services.announce(who.programme.pk, event_words(most=1), by=who.team)
    for viewer in (who.lead, who.member):
        services.sign_up(event, by=viewer)
    services.change(event, event_words(most=2), by=who.team)
    services.change(event, event_words(most=2), by=who.team)
    assert [subject for _to, subject in letters()] == [
        "Something changed: Asking better",
        "There is room for you: Asking better",
    ]
    assert shown(event, who.team).revision == 1


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 4)), max_size=15), st.integers(1, 3))
def test_never_do_more_come_than_there_is_room_and_nobody_waits_while_there_is(acts, most):
    who = people()
    somebodies = [viewer_for(a_person(Role.EVALUATOR, who.programme)) for _ in range(5)]
    event = services.announce(who.programme.pk, event_words(most=most), by=who.team)
    inside: list[int] = []
    for comes, number in acts:
        (services.sign_up if comes else services.sign_off)(event, by=somebodies[number])
        if comes and number not in inside:
            inside.append(number)
        elif not comes and number in inside:
            inside.remove(number)
        view = shown(event, who.team)
        assert (view.coming, view.waiting) == (min(len(inside), most), max(len(inside) - most, 0))
        turns = [queries.my_place_in(event, somebodies[each]).turn for each in inside]
        assert turns == [max(place + 1 - most, 0) for place in range(len(inside))]


def test_an_event_that_is_called_off_or_has_begun_takes_nobody():
    who = people()
    off = services.announce(who.programme.pk, event_words(), by=who.team)
    services.sign_up(off, by=who.lead)
    for _ in range(2):
        services.call_off(off, by=who.team)
    assert [subject for _to, subject in letters()] == ["Called off: Asking better"]
    past = services.announce(who.programme.pk, event_words(), by=who.team)
    with pytest.raises(Refused, match="any more"):
        services.sign_up(off, by=who.member)
    with moved_to(datetime(2026, 11, 20, 14, tzinfo=UTC)), pytest.raises(Refused, match="any more"):
        services.sign_up(past, by=who.member)


def test_only_people_of_the_programme_come_and_only_the_team_knows_who():
    who = people()
    event = services.announce(who.programme.pk, event_words(most=1, visibility="public"), by=who.team)
    with pytest.raises(Refused, match="have a role"):
        services.sign_up(event, by=somebody())
    for viewer in (who.lead, who.member):
        services.sign_up(event, by=viewer)
    assert [waits for _email, waits in queries.who_comes(event, who.team)] == [False, True]
    for other in (who.lead, STRANGER):
        assert queries.who_comes(event, other) == ()
    assert not queries.my_place_in(event, STRANGER).is_signed_up
    services.sign_off(event, by=STRANGER)
    assert EventSignUp.objects.count() == 2


def test_notes_have_readers_of_their_own():
    who = people()
    event = services.announce(who.programme.pk, event_words(visibility="public"), by=who.team)
    services.write_notes(event, "Ask the scheduler.", "programme", by=who.team)
    assert (shown(event, who.lead).notes, shown(event, STRANGER).notes) == ("Ask the scheduler.", "")
    for _ in range(2):
        services.write_notes(event, "Ask the scheduler.", "public", by=who.team)
    assert shown(event, STRANGER).notes == "Ask the scheduler."
    assert verbs().count("learning_event.noted") == 2
    with pytest.raises(Refused, match="Notes are for"):
        services.write_notes(event, "x", "me", by=who.team)
    with pytest.raises(Refused, match="Only the team"):
        services.write_notes(event, "x", "public", by=who.lead)


def test_a_calendar_file_is_the_same_bytes_and_says_what_the_page_says():
    who = people()
    event = services.announce(
        who.programme.pk, event_words(what="Bring; a, knot\nand tea", where="Hall"), by=who.team
    )
    view = shown(event, who.team)

    def absolute(path: str) -> str:
        return f"https://knotwork.example{path}"

    content = calendar_of([view], absolute)
    with moved_to(datetime(2026, 11, 3, tzinfo=UTC)):
        assert calendar_of([shown(event, who.team)], absolute) == content
    (entry,) = Calendar.from_ical(content).walk("VEVENT")
    assert (entry["summary"], entry["location"], str(entry["description"])) == (
        "Asking better", "Hall", "Bring; a, knot\nand tea",
    )  # fmt: skip
    assert (entry.decoded("dtstart"), entry.decoded("dtstamp")) == (view.starts_at, view.changed_at)
    services.call_off(event, by=who.team)
    (entry,) = Calendar.from_ical(calendar_of([shown(event, who.team)], absolute)).walk("VEVENT")
    assert (entry["status"], entry["sequence"]) == ("CANCELLED", 1)


def test_the_time_is_that_of_the_programme_across_a_change_of_clocks():
    who = people()
    spring = event_words(
        starts_at=datetime(2027, 3, 28, 0, 30, tzinfo=UTC), ends_at=datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    )
    event = services.announce(who.programme.pk, spring, by=who.team)
    assert shown(event, who.team).when_words == "Sunday 28 March 2027, 00:30 to 02:30"
    longer = event_words(ends_at=datetime(2026, 11, 21, 9, tzinfo=UTC))
    event = services.announce(who.programme.pk, longer, by=who.team)
    assert (
        shown(event, who.team).when_words
        == "Friday 20 November 2026, 14:00, to Saturday 21 November 2026, 09:00"
    )


def test_an_event_that_cannot_be_is_refused():
    who = people()
    wrong = {
        "ends after": {"ends_at": datetime(2026, 11, 20, 14, tzinfo=UTC)},
        "a name": {"title": " "},
        "people of the programme": {"visibility": "me"},
        "At least one": {"most": 0},
    }
    for words, what in wrong.items():
        with pytest.raises(Refused, match=words):
            services.announce(who.programme.pk, event_words(**what), by=who.team)
    with pytest.raises(Refused, match="not known"):
        services.call_off(uuid4(), by=who.team)
