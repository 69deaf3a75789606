"""A paper for a board: written once for page and .docx, and frozen but for words that were taken back."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape
from io import BytesIO

import docx
import pytest

from knotwork.core import clock
from knotwork.core.accounts.viewer import viewer_for
from knotwork.programmes import services
from knotwork.programmes.models import BoardPaper, Place, Role
from knotwork.support.models import HelpRequest
from knotwork.support.services.help import HelpWords, ask_for_help
from tests.builders import a_person, a_place, a_programme, signed_in
from tests.programmes.build import the_team_of

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 27, 10, tzinfo=UTC)


@pytest.fixture
def place():
    return a_place(name="Northvale", slug="northvale")


@pytest.fixture
def lead(place):
    return viewer_for(a_person(Role.PLACE_LEAD, place=place))


@pytest.fixture
def team(client, place):
    return signed_in(client, a_person(Role.PROGRAMME_TEAM, place.programme))


def address(place, rest=""):
    return f"/programmes/{place.programme.slug}/steering/papers/{rest}"


def made(client, place, introduction="Most places listen.\r\n\r\nTwo decisions are due."):
    sent = client.post(
        address(place, "new/"), {"title": "How the places stand", "introduction": introduction}
    )
    assert sent.status_code == 303
    return sent.url


def words_of_docx(answer):
    paper = docx.Document(BytesIO(answer.content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return [p.text for p in paper.paragraphs] + cells


def fill(place, lead):
    team = the_team_of(place.programme)
    services.say_where_we_are(place.pk, ("listening",), "We go back to listening.", by=lead, at=NOW)
    services.add_entry(
        place.programme_id, services.Gift("tea", "cash", Decimal(60000), place_id=place.pk), by=team
    )
    words = services.DecisionWords("Who pays?", date(2027, 1, 29), "The board", ("All", "Nobody"), place.pk)
    services.add_decision(place.programme_id, words, by=team)
    taken = services.add_decision(
        place.programme_id, services.DecisionWords("Go on?", NOW.date(), "x"), by=team
    )
    services.record_outcome(taken, "Go on", "It works.", clock.now().date(), by=team)


def test_it_says_what_the_steering_page_says(team, place, lead):
    fill(place, lead)
    page = team.get(made(team, place)).content.decode()
    for words in (
        "Most places listen.",
        "Two decisions are due.",
        "We go back to listening.",
        "£60,000 came",
        "Who pays?",
        "29 January 2027",
        "It works.",
        "whole programme",
    ):
        assert words in page
    assert "<svg" in page


def test_the_file_has_the_same_words_as_the_page(team, place, lead):
    fill(place, lead)
    url = made(team, place)
    page = re.sub(r"\s+", " ", team.get(url).content.decode())
    answer = team.get(f"{url}paper.docx")
    assert answer.headers["Content-Type"].endswith("wordprocessingml.document")
    assert "attachment" in answer.headers["Content-Disposition"]
    plain = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", page)))
    missing = [words for words in words_of_docx(answer) if words and words not in plain]
    assert [words for words in missing if not words.startswith("Version 1 of")] == []


def test_the_same_paper_is_the_same_file(team, place, lead):
    fill(place, lead)
    url = made(team, place)
    assert team.get(f"{url}paper.docx").content == team.get(f"{url}paper.docx").content


def test_a_kept_paper_does_not_change_afterwards(team, place, lead):
    fill(place, lead)
    url = made(team, place)
    before = team.get(url).content.decode()
    services.say_where_we_are(place.pk, ("learning",), "Now we learn.", by=lead)
    services.change_place(place.pk, services.PlaceWords("Southvale", visibility="public"), by=lead)
    after = team.get(url).content.decode()
    assert "Now we learn." not in after
    assert re.findall(r"<main.*</main>", before, re.S) == re.findall(r"<main.*</main>", after, re.S)


def test_a_word_that_was_taken_back_is_left_out_of_page_and_file(team, place, lead):
    word = services.say_where_we_are(place.pk, ("listening",), "Mrs Smith is in the way.", by=lead)
    url = made(team, place)
    services.take_back_word(place.pk, word, "", by=lead)
    page = team.get(url).content.decode()
    assert "Mrs Smith" not in page
    assert "The place took this word back." in page
    assert "Mrs Smith" not in " ".join(words_of_docx(team.get(f"{url}paper.docx")))


def test_what_a_place_asked_for_is_left_out_once_only_the_place_may_read_it(team, place, lead):
    asked = ask_for_help(place.pk, HelpWords("Nobody has the key."), by=lead)
    url = made(team, place)
    assert "Nobody has the key." in team.get(url).content.decode()
    HelpRequest.objects.filter(public_id=asked).update(visibility="place")
    assert "Nobody has the key." not in team.get(url).content.decode()


def test_what_is_new_is_a_new_version_and_the_old_one_says_so(team, place):
    first = made(team, place)
    assert "newer paper" not in team.get(first).content.decode()
    made(team, place, "")
    assert "newer paper" in team.get(first).content.decode()
    assert list(BoardPaper.objects.values_list("version", flat=True)) == [2, 1]


def test_an_empty_programme_has_a_paper_too(team, place):
    Place.objects.all().delete()
    page = team.get(made(team, place, "")).content.decode()
    assert "No decision is due." in page
    assert "The ledger is empty." in page


def test_a_paper_without_a_title_is_sent_back(team, place):
    assert team.post(address(place, "new/"), {"introduction": "a"}).status_code == 422


def test_the_steering_group_reads_papers_and_makes_none(client, team, place):
    url = made(team, place)
    signed_in(client, a_person(Role.STEERING_GROUP_MEMBER, place.programme))
    assert client.get(url).status_code == 200
    assert client.get(address(place, "new/")).status_code == 403


def test_a_paper_that_is_not_there_is_not_found(team, place):
    assert team.get(address(place, "9/")).status_code == 404
    assert team.get(address(place, "9/paper.docx")).status_code == 404


def test_a_paper_of_another_programme_is_not_here(client, team, place):
    made(team, place)
    other = a_programme()
    signed_in(client, a_person(Role.PROGRAMME_TEAM, other))
    assert client.get(f"/programmes/{other.slug}/steering/papers/1/").status_code == 404
