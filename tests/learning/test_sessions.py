"""Sessions on the real issue: planned, held, called off, and what came of them."""

from datetime import timedelta

import pytest
from django.test import Client

from knotwork.core import clock
from knotwork.core.accounts.viewer import STRANGER, viewer_for
from knotwork.core.rules import Refused
from knotwork.core.strands.walk import walk_from
from knotwork.learning import queries, services
from knotwork.learning.guides import GUIDES
from knotwork.learning.models import SessionMethod, WorkingSession
from knotwork.programmes.models import Place, Role
from knotwork.support.beads import events_of_place
from knotwork.support.services import announce, call_off
from tests.builders import a_person, signed_in
from tests.learning.build import a_leadership_note, a_member, a_session
from tests.learning.conftest import TRY_OUT
from tests.programmes.build import verbs
from tests.support.build import BEFORE, a_visit, event_words, people

pytestmark = pytest.mark.django_db
HERE = "/programmes/example/learn/"


def test_a_planned_session_says_when_how_and_for_whom(northvale: Place, client: Client) -> None:
    session = a_session(
        northvale,
        aim="To know whom to ask.",
        steps=[(10, "Everybody writes.")],
        roles=["enabler"],
        others="two drivers",
    )
    page = client.get(f"{HERE}session/{session}/").content.decode()
    for words in (
        "Who speaks for men over 80?",
        "To know whom to ask.",
        "Everybody writes.",
        "two drivers",
        "planned",
    ):
        assert words in page
    assert "Enabler" in page
    assert "how to run it in an hour" in page


def test_what_came_out_is_tied_to_what_came_of_it(northvale: Place) -> None:
    session = a_session(northvale)
    services.hold_session(
        session, "Ask at the allotments.", by=a_member(northvale), outcomes=[("try_out", TRY_OUT)]
    )
    view = queries.session_at(northvale.programme_id, session, STRANGER)
    assert view is not None
    assert (view.state, view.came_out) == ("held", "Ask at the allotments.")
    assert [tie.public_id for tie in queries.outcomes_of_session(session, STRANGER)] == [TRY_OUT]
    assert "session.held" in verbs()


def test_the_thread_leads_from_a_session_to_the_note_that_was_practised_in_it(northvale: Place) -> None:
    session = a_session(northvale)
    note = services.write_leadership_note(
        northvale.programme_id,
        services.LeadershipWords(did="I dug.", visibility="public"),
        by=a_member(northvale),
        place_id=northvale.pk,
        ties=[("session", session)],
    )
    walk = walk_from("session", session, STRANGER)
    assert walk is not None
    assert note in {reached.bead.public_id for reached in walk.after}


def test_a_session_that_has_not_begun_cannot_be_held(northvale: Place) -> None:
    session = a_session(northvale, begins_at=clock.now() + timedelta(days=1))
    with pytest.raises(Refused, match="not begun"):
        services.hold_session(session, "All of it.", by=a_member(northvale))


def test_one_that_is_called_off_keeps_its_reason_and_cannot_be_called_off_again(northvale: Place) -> None:
    session, by = a_session(northvale), a_member(northvale)
    services.call_off_session(session, "Snow.", by=by)
    assert WorkingSession.objects.get().came_out == "Snow."
    with pytest.raises(Refused, match="already"):
        services.call_off_session(session, "More snow.", by=by)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"minutes": 2}, "5 minutes"),
        ({"minutes": 30, "steps": [(20, "One"), (20, "Two")]}, "40 minutes"),
        ({"steps": [(1, "x")] * 21}, "at most 20"),
        ({"title": " "}, "first box"),
    ],
)
def test_a_plan_that_does_not_fit_is_refused(northvale: Place, words: dict[str, object], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        a_session(northvale, **words)


def test_nothing_came_out_is_not_an_answer(northvale: Place) -> None:
    with pytest.raises(Refused, match="few words"):
        services.hold_session(a_session(northvale), " ", by=a_member(northvale))


def test_people_of_another_place_cannot_say_what_came_out(northvale: Place, eastmere: Place) -> None:
    with pytest.raises(Refused):
        services.hold_session(a_session(northvale), "Ours.", by=a_member(eastmere))


def test_a_plan_is_made_changed_and_told_by_forms(northvale: Place, client: Client) -> None:
    signed_in(client, a_person(Role.PLACE_LEAD, northvale.programme, northvale))
    given = {
        "title": "Listening at the bowls club",
        "method": "listening",
        "begins_at": "2026-02-10T10:00",
        "minutes": "60",
        "steps": "10 Say why we are here\n\n50 Listen",
        "visibility": "public",
    }
    wrong = client.post(f"{HERE}places/northvale/new/session/", given | {"steps": "ten minutes of talk"})
    assert wrong.status_code == 422
    assert "Line 1: found" in wrong.content.decode()
    made = client.post(f"{HERE}places/northvale/new/session/", given)
    row = WorkingSession.objects.get()
    assert made.status_code == 303
    assert row.steps == [[10, "Say why we are here"], [50, "Listen"]]
    where = f"{HERE}session/{row.public_id}/"
    assert "10 Say why we are here" in client.get(f"{where}change/").content.decode()
    client.post(f"{where}change/", given | {"title": "Listening, twice"})
    client.post(f"{where}held/", {"came_out": "A name.", "outcomes": [f"try_out:{TRY_OUT}"]})
    page = client.get(where).content.decode()
    assert "Listening, twice" in page
    assert "A name." in page
    assert "The 4.40 home" in page
    client.post(f"{where}withdraw/", {"reason": "Twice"})
    assert client.get(where).status_code == 404


def test_a_session_is_called_off_by_its_form(northvale: Place, client: Client) -> None:
    session = a_session(northvale)
    signed_in(client, a_person(Role.PLACE_MEMBER, northvale.programme, northvale))
    client.post(f"{HERE}session/{session}/call-off/", {"why": "Snow."})
    assert "Why it was called off" in client.get(f"{HERE}session/{session}/").content.decode()


def test_every_method_has_a_guide_that_fits_in_an_hour(client: Client) -> None:
    assert {guide.method for guide in GUIDES} == set(SessionMethod)
    for guide in GUIDES:
        assert sum(step.minutes for step in guide.steps) == 60
        assert str(guide.steps[0].words) in client.get(f"/learn/methods/{guide.slug}/").content.decode()
    assert client.get("/learn/methods/shouting/").status_code == 404


def test_the_time_line_says_what_people_report_and_not_what_made_what(
    northvale: Place, client: Client
) -> None:
    session = a_session(northvale)
    a_session(northvale, title="Only planned")
    services.hold_session(session, "Ask.", by=a_member(northvale))
    note = a_leadership_note(northvale)
    services.say_what_helped(note, [("session", session)], by=a_member(northvale, Role.PLACE_LEAD))
    page = client.get(f"{HERE}places/northvale/leading/").content.decode()
    assert "People report that something here helped with 1 of 1 leadership notes." in page
    assert "not proof" in page
    table = client.get(f"{HERE}places/northvale/leading/in-time.csv").content.decode()
    assert "Who speaks for men over 80?" in table
    assert "Only planned" not in table
    assert "What helped" in client.get(f"{HERE}leadership-note/{note}/").content.decode()


def test_without_anything_there_is_no_file(northvale: Place, client: Client) -> None:
    assert client.get(f"{HERE}places/northvale/leading/").status_code == 200
    assert client.get(f"{HERE}places/northvale/leading/in-time.csv").status_code == 404


def test_visits_and_learning_events_that_have_been_stand_beside_the_notes() -> None:
    who = people()
    a_visit(who)
    announce(who.programme.pk, event_words(title="Listening well"), by=who.team, at=BEFORE)
    lead = who.lead
    place, zone = who.place.public_id, "Europe/London"
    with clock.moved_to(event_words().starts_at - timedelta(hours=1)):
        assert [each.title for each in queries.development_of(place, zone, lead)] == ["A visit by Sam"]
    with clock.moved_to(event_words().ends_at):
        titles = {each.title for each in queries.development_of(place, zone, lead)}
        assert titles == {"A visit by Sam", "Listening well"}
        strangers = queries.development_of(place, zone, STRANGER)
        assert "A visit by Sam" not in {each.title for each in strangers}


def test_a_note_says_what_helped_by_ticks(northvale: Place, client: Client) -> None:
    session = a_session(northvale)
    signed_in(client, a_person(Role.PLACE_LEAD, northvale.programme, northvale))
    form = client.get(f"{HERE}places/northvale/new/leadership-note/").content.decode()
    assert "Did one of these help?" in form
    given = {"did": "I dug.", "visibility": "public", "helped_by": [f"session:{session}"]}
    where = (
        client.post(f"{HERE}places/northvale/new/leadership-note/", given).headers["Location"].split("?")[0]
    )
    assert "What helped" in client.get(where).content.decode()
    client.post(f"{where}change/", {"did": "I dug.", "visibility": "public"})
    assert "What helped" not in client.get(where).content.decode()


def test_a_learning_event_that_has_been_can_be_ticked_and_its_line_is_drawn(client: Client) -> None:
    who = people()
    event = announce(who.programme.pk, event_words(title="Listening well"), by=who.team, at=BEFORE)
    of_place = f"/programmes/{who.programme.slug}/learn/places/{who.place.slug}/"
    write = f"{of_place}new/leadership-note/"
    signed_in(client, a_person(Role.PLACE_LEAD, who.programme, who.place))
    with clock.moved_to(event_words().starts_at - timedelta(hours=1)):
        assert "Listening well" not in client.get(write).content.decode()
    with clock.moved_to(event_words().ends_at):
        assert "Learning event: Listening well" in client.get(write).content.decode()
        given = {"did": "I asked.", "visibility": "public", "helped_by": [f"learning_event:{event}"]}
        note = client.get(client.post(write, given).headers["Location"]).content.decode()
        drawn = client.get(f"{of_place}leading/in-time.csv").content.decode()
    assert "What helped" in note
    assert "Listening well" in note
    assert "I asked" in drawn
    found = queries.development_of(who.place.public_id, "Europe/London", who.lead)
    assert [each.helped_by for each in found if each.kind == "leadership_note"] == [
        (("learning_event", event),)
    ]


@pytest.mark.parametrize("day", ["called off", "of another programme"])
def test_other_learning_events_are_not_offered(day: str) -> None:
    who, others = people(), people()
    event = announce(who.programme.pk, event_words(), by=who.team, at=BEFORE)
    with clock.moved_to(BEFORE):
        call_off(event, by=who.team) if day == "called off" else None
    place = who.place if day == "called off" else others.place
    with clock.moved_to(event_words().ends_at):
        assert events_of_place(place.public_id, viewer_for(a_person(is_administrator=True))) == []
