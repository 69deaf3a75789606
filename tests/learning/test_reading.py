"""What people read: lists, one page for each thing, the network, feeds, search, panels."""

import csv
import re
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from knotwork.core.accounts.viewer import STRANGER
from knotwork.core.feeds import registry as feeds
from knotwork.core.search import registry as search
from knotwork.core.strands.kinds import beads, beads_of_place
from knotwork.learning import services
from knotwork.learning.figures import spread_figure
from knotwork.learning.kinds import ALL
from knotwork.learning.models import Lesson
from knotwork.learning.panels import place_panel
from knotwork.learning.queries import pieces_for
from knotwork.programmes.models import Place, Programme, Provenance, Role
from knotwork.thread.latest import news_of_programme
from tests.builders import a_person, a_place, signed_in
from tests.learning.build import a_leadership_note, a_lesson, a_member, a_note, a_story, an_uptake
from tests.learning.conftest import TRY_OUT
from tests.programmes.build import ADMINISTRATOR

pytestmark = pytest.mark.django_db

HERE = "/programmes/example/learn/"


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_an_empty_room_says_what_it_is_for(client: Client, northvale: Place) -> None:
    assert "For example: “We opened three rooms." in page(client, "/learn/")
    assert "Nothing to read here yet" in page(client, HERE)
    assert "For example: “I used to chair" in page(client, f"{HERE}places/northvale/")
    assert "Nothing was taken up yet" in page(client, "/learn/spread/")
    assert "Nothing was taken up yet" in page(client, f"{HERE}spread/")


def test_what_is_written_once_stands_on_every_list_and_in_the_news(client: Client, northvale: Place) -> None:
    a_story(northvale, title="I stay and wash up")
    for address in ("/learn/", HERE, f"{HERE}places/northvale/", "/programmes/example/places/northvale/"):
        assert "I stay and wash up" in page(client, address), address
    told = [line.words for line in news_of_programme(northvale.programme.public_id, STRANGER)]
    assert told == ["A story: I stay and wash up"]


def test_a_list_shows_one_kind_when_asked(client: Client, northvale: Place) -> None:
    a_story(northvale, title="A day out")
    a_lesson(northvale, title="Ask the scheduler")
    lessons = page(client, "/learn/?kind=lesson")
    assert "Ask the scheduler" in lessons
    assert "A day out" not in lessons
    assert "A day out" in page(client, "/learn/?kind=nonsense")


def test_a_long_list_has_pages(client: Client, northvale: Place) -> None:
    for number in range(25):
        a_note(northvale, text=f"Note number {number}")
    assert "Page 1 of 2" in page(client, "/learn/")
    assert "Note number 0" in page(client, "/learn/?page=2")


def test_a_story_is_read_under_its_headings_and_leads_to_its_thread(client: Client, northvale: Place) -> None:
    happened = "We opened three rooms.\n\n" + "Nobody came on Mondays, and we did not know why. " * 3
    words = {"happened": happened, "did_not_work": "The app said “lonely”.", "signed": "A rider"}
    story = a_story(northvale, tells_of=[("try_out", TRY_OUT)], **words)
    text = page(client, f"{HERE}story/{story}/")
    for words in (
        "What happened",
        "What did not work",
        "A rider",
        "The 4.40 home",
        f"/thread/story/{story}/",
    ):
        assert words in text
    assert "What comes next" not in text
    assert "says what did not work" in page(client, "/learn/")


def test_a_lesson_shows_what_it_rests_on_and_who_took_it_up(
    client: Client, northvale: Place, eastmere: Place
) -> None:
    lesson = a_lesson(northvale, text="They know.", evidence=[("story", a_story(northvale, title="Pudding"))])
    assert "Nobody has said so yet." in page(client, f"{HERE}lesson/{lesson}/")
    uptake = an_uptake(lesson, eastmere)
    services.say_result(uptake, "dropped", "No driver.", by=ADMINISTRATOR, sent_back="A hearing loop.")
    text = page(client, f"{HERE}lesson/{lesson}/")
    for words in ("Pudding", "Dropped", "Eastmere: Getting home from college", "A hearing loop."):
        assert words in text
    origin = page(client, f"{HERE}places/northvale/")
    assert "Other places took it up" in origin
    assert "A hearing loop." in origin
    assert "Taken up here" in page(client, f"{HERE}places/eastmere/")


def test_a_lesson_without_evidence_says_so(client: Client, northvale: Place) -> None:
    assert "Nothing is named yet" in page(client, f"{HERE}lesson/{a_lesson(northvale)}/")


def test_an_uptake_says_what_was_planned_and_how_it_went(
    client: Client, northvale: Place, eastmere: Place
) -> None:
    lesson = a_lesson(northvale)
    uptake = an_uptake(lesson, eastmere, plan="The college minibus")
    text = page(client, f"{HERE}taken-up/{uptake}/")
    assert "It is under way." in text
    assert "The college minibus" in text
    services.say_result(uptake, "adapted", "A minibus on Fridays.", by=ADMINISTRATOR)
    assert "A minibus on Fridays." in page(client, f"{HERE}taken-up/{uptake}/")
    Lesson.objects.update(visibility="place")
    client.cookies["other"] = "reader"
    assert "The lesson is not shown to you" in page(client, f"{HERE}taken-up/{uptake}/")


def test_what_is_not_there_is_not_found(client: Client, northvale: Place) -> None:
    story = a_story(northvale, visibility="programme")
    assert client.get(f"{HERE}story/{story}/").status_code == 404
    assert client.get(f"{HERE}lesson/{story}/").status_code == 404
    assert client.get(f"{HERE}taken-up/{story}/").status_code == 404


def test_the_room_of_a_sensitive_place_is_for_its_programme_only(client: Client, northvale: Place) -> None:
    Place.objects.update(is_sensitive=True)
    assert client.get(f"{HERE}places/northvale/").status_code == 404
    signed_in(client, a_person(is_administrator=True))
    assert client.get(f"{HERE}places/northvale/").status_code == 200


def test_the_network_shows_who_took_up_what_and_how_it_went(
    client: Client, northvale: Place, eastmere: Place
) -> None:
    lesson = a_lesson(northvale)
    uptake = an_uptake(lesson, eastmere)
    an_uptake(lesson, northvale, issue="School travel")
    services.say_result(uptake, "dropped", "No driver.", by=ADMINISTRATOR, sent_back="A hearing loop.")
    sentence = "Lessons were taken up 2 times: 1 dropped, 1 under way. 1 idea came back"
    for address in ("/learn/spread/", f"{HERE}spread/"):
        text = page(client, address)
        assert sentence in text
        assert f"{HERE}taken-up/{uptake}/" in text
    table = client.get(f"{HERE}spread/spread.csv").content.decode()
    rows = list(csv.reader(StringIO(table)))
    assert rows[1][:4] == ["Northvale", "Ask the scheduler", "Eastmere", "Getting home from college"]
    assert rows[1][5:] == ["dropped", "A hearing loop."]
    assert client.get(f"{HERE}spread/spread.svg")["Content-Type"] == "image/svg+xml"
    assert client.get(f"{HERE}spread/spread.png").content.startswith(b"\x89PNG")
    assert client.get(f"{HERE}spread/spread.pdf").status_code == 404


def test_a_network_of_nothing_says_so(client: Client, northvale: Place) -> None:
    assert str(spread_figure([], "example").sentence) == "Nothing was taken up yet."
    assert client.get(f"{HERE}spread/spread.csv").status_code == 200


def test_what_is_invented_is_marked_and_stands_apart(client: Client, northvale: Place) -> None:
    Programme.objects.update(provenance=Provenance.MADE_UP)
    lesson = a_lesson(northvale)
    elsewhere = a_place(name="Real place")
    an_uptake(a_lesson(elsewhere), elsewhere, issue="Another")
    an_uptake(lesson, northvale, issue="School travel")
    text = page(client, "/learn/spread/")
    assert text.count("<figure") == 2
    assert text.count("Made up</span>") == 1
    assert ">made up<" in page(client, "/learn/")
    assert {entry.is_made_up for entry in feeds.newest(STRANGER)} == {True, False}


def test_a_stranger_who_wants_to_take_it_up_is_asked_to_sign_in(client: Client, northvale: Place) -> None:
    answer = client.get(f"{HERE}lesson/{a_lesson(northvale)}/take-up/")
    assert answer.status_code == 302
    assert "/sign-in/" in answer.url


def test_the_panel_of_a_place_teaches_when_empty_and_leads_to_the_newest(
    northvale: Place, eastmere: Place
) -> None:
    empty = place_panel(northvale.public_id, STRANGER)
    assert empty is not None
    assert len(empty.sentences) == 1
    assert [link.words for link in empty.links] == ["All that this place learned", "Leading differently"]
    story = a_story(northvale)
    an_uptake(a_lesson(northvale), eastmere)
    full = place_panel(northvale.public_id, a_member(northvale))
    assert full is not None
    assert full.sentences == ("A lesson from here was taken up by Eastmere.",)
    assert f"{HERE}story/{story}/" in [link.url for link in full.links]
    assert full.links[-1].url == f"{HERE}places/northvale/new/leadership-note/"


def test_there_is_no_panel_for_a_place_that_one_may_not_see(northvale: Place) -> None:
    Place.objects.update(visibility="programme")
    assert place_panel(northvale.public_id, STRANGER) is None


def test_feeds_hold_what_is_public_for_a_stranger_and_no_more(northvale: Place, eastmere: Place) -> None:
    a_story(northvale, visibility="programme")
    a_leadership_note(northvale, signed="A director")
    uptake = an_uptake(a_lesson(northvale), eastmere)
    source = feeds.source_of("learning")
    assert source is not None
    assert [entry.kind for entry in source.entries(STRANGER)] == ["uptake", "lesson", "leadership_note"]
    assert len(source.entries(a_member(eastmere))) == 4
    of_origin = source.entries(STRANGER, place=northvale.public_id)
    assert uptake in [entry.public_id for entry in of_origin]
    assert of_origin[0].title == "Eastmere takes up: Ask the scheduler"
    Lesson.objects.update(visibility="place")
    assert source.entries(STRANGER)[0].title == "Eastmere takes up a lesson"
    assert len(source.entries(STRANGER, programme=northvale.programme.public_id, most=1)) == 1


def test_the_words_of_everything_that_stands_can_be_found(northvale: Place, eastmere: Place) -> None:
    lesson = a_lesson(northvale, text="They know the buses.")
    made = {
        "note": a_note(northvale),
        "story": a_story(northvale, visibility="place"),
        "leadership_note": a_leadership_note(northvale),
        "lesson": lesson,
        "uptake": an_uptake(lesson, eastmere),
    }
    services.say_result(made["uptake"], "dropped", "No driver.", by=ADMINISTRATOR, sent_back="A loop.")
    services.withdraw(ALL["note"], made["note"], "a mistake", by=ADMINISTRATOR)
    for kind, public_id in made.items():
        found = {document.public_id: document for document in search.documents_of(kind)}
        assert (public_id in found) == (kind != "note")
    [document] = search.documents_of("uptake", [made["uptake"]])
    assert "No driver." in document.text
    assert "A loop." in document.text


def test_everything_is_an_end_of_strands_with_its_place(northvale: Place, eastmere: Place) -> None:
    lesson = a_lesson(northvale)
    ends = {("lesson", lesson), ("story", a_story(northvale)), ("uptake", an_uptake(lesson, eastmere))}
    assert set(beads(ends, STRANGER)) == ends
    of_northvale = beads_of_place(northvale.public_id, STRANGER, kinds=["lesson", "story", "uptake"])
    assert set(of_northvale) == {"lesson", "story"}
    assert of_northvale["lesson"][0].place == northvale.public_id


def test_a_list_of_many_asks_no_more_questions_than_a_list_of_few(
    client: Client, northvale: Place, eastmere: Place
) -> None:
    signed_in(client, a_person(Role.PLACE_LEAD, northvale.programme, northvale))

    def questions(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            page(client, address)
        return len(asked)

    addresses = ("/learn/", HERE, f"{HERE}places/northvale/", "/learn/spread/")
    a_story(northvale)
    an_uptake(a_lesson(northvale), eastmere)
    few = [questions(address) for address in addresses]
    for number in range(4):
        a_story(northvale)
        an_uptake(a_lesson(northvale), eastmere, issue=f"Issue {number}")
    assert [questions(address) for address in addresses] == few
    assert max(few) <= 30


def test_a_teaser_does_not_say_the_title_again(northvale: Place) -> None:
    a_story(northvale, happened="I stopped chairing. " + "Somebody else began to ask the questions. " * 3)
    [piece] = pieces_for(STRANGER)
    assert not piece.teaser.startswith("I stopped")
    a_lesson(northvale, title="Ask", text="")
    a_lesson(northvale, title="Ask", text="Ask the driver.")
    assert [one.teaser for one in pieces_for(STRANGER, kind="lesson")] == ["Ask the driver.", ""]


def test_a_short_note_stands_as_its_own_title_and_once(client: Client, northvale: Place) -> None:
    note = a_note(northvale, text="The driver said yes.")
    assert re.findall(
        r"The driver said yes\.(?=</)", page(client, f"{HERE}note/{note}/").partition("<main")[2]
    ) == ["The driver said yes."]
