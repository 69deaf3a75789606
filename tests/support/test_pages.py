"""The pages of support: what each reader sees, and every form once, well and badly filled in."""

from decimal import Decimal

import pytest
from django.test import Client

from knotwork.core.accounts.models import Person
from knotwork.core.accounts.viewer import STRANGER, Viewer
from knotwork.core.clock import moved_to
from knotwork.core.search.queries import search
from knotwork.core.search.services import rebuild
from knotwork.core.strands import kinds
from knotwork.formats.sheets import read_sheet, uploaded_file
from knotwork.support import queries, services
from knotwork.support.feeds import entries
from knotwork.support.panels import place_panel
from tests.builders import signed_in
from tests.support.build import (
    BEFORE,
    People,
    a_profile,
    a_visit,
    asked,
    event_words,
    people,
    stuck,
    together,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_a_day():
    with moved_to(BEFORE):
        yield


def as_(client: Client, viewer: Viewer) -> Client:
    return signed_in(client, Person.objects.get(pk=viewer.person_id))


def at(who: People, page: str = "") -> str:
    return f"/programmes/{who.programme.slug}/support/{page}"


def at_place(who: People, page: str = "") -> str:
    return f"/programmes/{who.programme.slug}/places/{who.place.slug}/support/{page}"


def filled_in(client: Client, url: str, wrong: dict[str, object], right: dict[str, object]) -> str:
    """The form is shown, refuses what is wrong with 422, and leads on when it is right; the page it leads to."""
    assert client.get(url).status_code == 200
    assert client.post(url, wrong).status_code == 422
    answer = client.post(url, right)
    assert answer.status_code == 303, answer.content.decode()
    return client.get(answer["Location"]).content.decode()


def test_what_is_agreed_is_written_said_yes_to_and_told_by_pages(client):
    who = people()
    as_(client, who.lead)
    page = filled_in(client, at_place(who, "agreement/"), {}, {"words": "We meet.", "visibility": "public"})
    assert "has not said yes yet" in page
    page = filled_in(
        client, at_place(who, "milestones/new/"), {"what": ""}, {"what": "A bus", "due_on": "2026-12-01"}
    )
    milestone = queries.agreement_of(who.place.public_id, who.lead).milestones[0].public_id
    url = at_place(who, f"milestones/{milestone}/")
    page = filled_in(client, url, {"word": "changed"}, {"word": "changed", "why": "Another bus"})
    assert "Another bus" in page
    assert client.post(at_place(who, "agreement/yes/"), {"side": "place"}).status_code == 303
    assert client.post(at_place(who, "agreement/yes/"), {"side": "programme"}).status_code == 403
    assert client.post(f"{url}take-out/").status_code == 303
    assert "We meet." in Client().get(at_place(who)).content.decode()


def test_a_place_chooses_an_enabler_by_pages_and_alone_decides_who_reads_a_note(client):
    who = people()
    as_(client, who.enabler)
    page = filled_in(
        client, at(who, "enablers/mine/"), {"name": "Sam"}, {"name": "Sam", "good_at": "Tea", "days": "9.5"}
    )
    assert "9.5 of 9.5 days left" in page
    profile = queries.my_profile(who.programme.pk, who.enabler).public_id
    as_(client, who.lead)
    assert "Ask Sam to help" in client.get(at(who, "enablers/")).content.decode()
    filled_in(client, at_place(who, f"enablers/{profile}/ask/"), {}, {"asked_for": "Listen"})
    match = queries.matches_of_place(who.place.public_id, who.lead)[0].public_id
    as_(client, who.enabler)
    assert "Yes, I help" in client.get(at(who, "enablers/")).content.decode()
    assert client.post(at(who, f"matches/{match}/answer/"), {"answer": "yes"}).status_code == 303
    url = at(who, f"matches/{match}/visits/new/")
    page = filled_in(client, url, {"days": "0"}, {"on": "2026-10-05", "days": "1.5", "note": "Between us"})
    assert "Between us" in page
    as_(client, who.team)
    page = client.get(at_place(who)).content.decode()
    assert "Between us" not in page
    assert "Days used: <strong>1.5</strong>" in page
    as_(client, who.lead)
    visit = queries.visits_of_place(who.place.public_id, who.lead)[0].public_id
    filled_in(client, at(who, f"visits/{visit}/share/"), {}, {"visibility": "public"})
    assert "Between us" in Client().get(at_place(who)).content.decode()
    assert client.post(at(who, f"matches/{match}/end/")).status_code == 303
    as_(client, who.enabler)
    assert client.post(at(who, f"visits/{visit}/take-out/")).status_code == 303
    assert client.post(at(who, "enablers/mine/take-back/")).status_code == 303
    assert "Nobody offers to help yet" in client.get(at(who, "enablers/")).content.decode()


def test_stuck_is_said_answered_and_closed_by_pages(client):
    who = people()
    as_(client, who.member)
    page = filled_in(
        client, at_place(who, "help/new/"), {"words": ""}, {"words": "No key", "visibility": "public"}
    )
    assert "No key" in page
    url = queries.open_help(who.programme.pk, who.member)[0].url
    as_(client, who.elsewhere)
    filled_in(client, url, {"words": ""}, {"words": "Ask the caretaker", "signed": "Eastmere"})
    as_(client, who.lead)
    page = filled_in(client, f"{url}close/", {"what_helped": "x" * 5000}, {"what_helped": "The caretaker"})
    assert "Not stuck any more" in page
    assert client.post(url, {"words": "Late"}).status_code == 422
    assert Client().post(url, {"words": "Buy my tool"}).status_code == 403


def test_a_learning_event_is_announced_signed_up_for_and_noted_by_pages(client):
    who = people()
    as_(client, who.team)
    said = {
        "title": "Asking",
        "day": "2026-11-20",
        "begins": "14:00",
        "ends": "15:30",
        "most": "1",
        "visibility": "public",
    }
    filled_in(client, at(who, "events/new/"), said | {"ends": "13:00"}, said)
    event = queries.events_for(who.team)[0]
    page = filled_in(client, f"{event.url}change/", said | {"most": "0"}, said | {"where": "The hall"})
    assert "The hall" in page
    as_(client, who.member)
    assert "You come." in client.post(f"{event.url}sign-up/", follow=True).content.decode()
    as_(client, who.lead)
    assert "You are number 1" in client.post(f"{event.url}sign-up/", follow=True).content.decode()
    assert "Sign up" not in Client().get(event.url).content.decode()
    assert client.post(f"{event.url}sign-off/").status_code == 303
    as_(client, who.team)
    page = filled_in(client, f"{event.url}notes/", {}, {"notes": "Ask the scheduler", "visibility": "public"})
    assert "Ask the scheduler" in page
    one, all_of_them = Client().get(f"{event.url}event.ics"), Client().get(at(who, "events.ics"))
    assert one.content == all_of_them.content
    assert one["Content-Type"].startswith("text/calendar")
    assert client.post(f"{event.url}call-off/").status_code == 303
    assert "does not take place" in client.get(event.url).content.decode()


def test_the_page_of_a_programme_shows_what_is_asked_and_due_to_its_people(client):
    who = people()
    services.write_agreement(who.place.pk, "We meet.", by=who.team)
    services.add_milestone(who.place.pk, "A later bus", BEFORE.date(), by=who.team)
    stuck(who)
    a_visit(who)
    assert "A later bus" not in Client().get(at(who)).content.decode()
    page = as_(client, who.elsewhere).get(at(who)).content.decode()
    for words in ("A later bus", "We are stuck.", "1.5 days in 1 visit", "None is planned now"):
        assert words in page


def test_what_belongs_to_another_programme_is_not_found_here(client):
    who, other = people(), people()
    event = services.announce(who.programme.pk, event_words(visibility="public"), by=who.team)
    request = stuck(who, "public")
    for page in (f"events/{event}/", f"help/{request}/"):
        assert client.get(at(other, page)).status_code == 404


def test_the_workbook_of_a_place_holds_what_its_reader_may_see(client):
    who = people()
    services.write_agreement(who.place.pk, "We meet.", by=who.team)
    services.add_milestone(who.place.pk, "A bus", BEFORE.date(), by=who.team)
    a_visit(who)
    stuck(who)
    taken = as_(client, who.lead).get(at_place(who, "support.xlsx")).content
    rows = {
        name: read_sheet(uploaded_file("s.xlsx", taken), sheet=name).rows for name in ("Milestones", "Visits")
    }
    assert rows["Milestones"][0].text("milestone") == "A bus"
    assert rows["Visits"][0].decimal("days") == Decimal("1.5")
    assert read_sheet(uploaded_file("s.xlsx", Client().get(at_place(who, "support.xlsx")).content)).rows == ()


def test_the_place_page_says_who_helps_and_what_is_asked():
    who = people()
    assert "in its own word" in place_panel(who.place.public_id, STRANGER).sentences[0]
    services.write_agreement(who.place.pk, "We meet.", by=who.team)
    together(who)
    stuck(who, "public")
    panel = place_panel(who.place.public_id, who.elsewhere)
    assert panel.sentences == ("What it agreed with the programme is written down.", "With Sam beside it.")
    assert panel.links[0].words == "We are stuck: We are stuck."
    assert place_panel(who.programme.public_id, STRANGER) is None


def test_feed_search_and_thread_know_what_is_public():
    who = people()
    services.announce(who.programme.pk, event_words(visibility="public"), by=who.team)
    request = stuck(who, "public")
    assert {entry.kind for entry in entries(STRANGER)} == {"learning_event", "help_request"}
    assert [entry.kind for entry in entries(STRANGER, place=who.place.public_id)] == ["help_request"]
    rebuild()
    assert search("stuck", STRANGER)
    assert search("asking", STRANGER)
    (bead,) = kinds.beads([("help_request", request)], STRANGER).values()
    assert bead.title == f"{who.place.name} asks for help"


def test_nobody_learns_from_a_page_that_somebody_was_asked(client):
    who = people()
    asked(who)
    page = as_(client, who.elsewhere).get(at_place(who)).content.decode()
    assert "Sam" not in page
    assert as_(client, who.team).post(at(who, f"matches/{_match(who)}/end/")).status_code == 404
    assert a_profile(who)


def _match(who: People) -> object:
    return queries.matches_of_place(who.place.public_id, who.lead)[0].public_id
