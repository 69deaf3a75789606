"""The pages of a decision: for the team, for the panel, for those who bid, for everybody."""

import io
from datetime import timedelta

import openpyxl
import pytest

from knotwork.calls import services
from knotwork.calls.models import Call, Conflict, Decision, FeedbackLetter, FoundBy, Reviewer
from knotwork.core import clock
from knotwork.core.accounts.models import Person
from knotwork.programmes.models import Place, Stage
from tests.builders import signed_in
from tests.calls.build_decision import Panel, a_panel, row_of, scored

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel() -> Panel:
    return a_panel(3)


def as_(client, viewer):
    return signed_in(client, Person.objects.get(pk=viewer.person_id))


def url_of(panel: Panel, rest: str = "") -> str:
    return f"/programmes/{panel.call.programme.slug}/calls/{panel.call.slug}/{rest}"


def page_of(client, panel: Panel, rest: str = "") -> str:
    answer = client.get(url_of(panel, rest))
    assert answer.status_code == 200, (rest, answer.status_code)
    return " ".join(answer.content.decode().split())


def filled(page_lines, **words):
    """What the browser sends of the page of outcomes, with these words in place of others."""
    from knotwork.calls.decision_forms import OutcomesForm

    form = OutcomesForm(lines=page_lines)
    return {
        name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()
    } | words


def lines_of(decision):
    from knotwork.calls.decision_queries import decision_view
    from tests.programmes.build import ADMINISTRATOR

    return decision_view(row_of(decision), ADMINISTRATOR).lines


def test_a_decision_goes_from_its_proposal_to_letters_over_its_pages(client, panel):
    team = as_(client, panel.team)
    answer = team.post(url_of(panel, "decision/propose/"))
    assert answer.url == url_of(panel, "decision/lines/")
    lines = lines_of(Decision.objects.get().public_id)
    said = {f"reason_{line.bid}": f"Why {line.place_name}" for line in lines} | {
        f"outcome_{lines[0].bid}": "chosen", "words": "By talking.",
    }  # fmt: skip
    answer = team.post(url_of(panel, "decision/lines/"), filled(lines, **said))
    assert answer.url == url_of(panel, "decision/?done=kept")
    page = page_of(team, panel, "decision/")
    for words in ("Chosen (1)", "Not chosen this time (2)", "Why Place 2", "By talking."):
        assert words in page
    team.post(url_of(panel, "decision/put/"))
    assert "You proposed this decision" in page_of(team, panel, "decision/")
    for who, name, done in ((panel.reviewer, "Rosa", "signed"), (panel.second, "Tom", "in-force")):
        signer = as_(client, who)
        answer = signer.post(url_of(panel, "decision/sign/"), {"name": name, "stands": "on"})
        assert answer.url == url_of(panel, f"decision/?done={done}")
    page = page_of(client, panel, "letters/")
    assert "Why Place 1" in page
    client.post(url_of(panel, "letters/send/"))
    assert "They were sent, all together." in page_of(client, panel, "letters/")
    assert Place.objects.get().name == "Place 0"


def test_gaps_are_named_on_the_page_on_which_it_is_put(client, panel):
    panel.propose()
    answer = as_(client, panel.team).post(url_of(panel, "decision/put/"))
    assert answer.status_code == 422
    assert "A reason is missing for: Place 0, Place 1, Place 2." in answer.content.decode()


def test_two_who_write_outcomes_at_once_keep_what_the_other_wrote(client, panel):
    lines = lines_of(panel.propose())
    team = as_(client, panel.team)
    first = filled(lines, **{f"reason_{lines[0].bid}": "From one"})
    second = filled(lines, **{f"reason_{lines[1].bid}": "From another"})
    team.post(url_of(panel, "decision/lines/"), first)
    team.post(url_of(panel, "decision/lines/"), second)
    reasons = {line.bid.place_name: line.reason for line in Decision.objects.get().lines.all()}
    assert reasons == {"Place 0": "From one", "Place 1": "From another", "Place 2": ""}


def test_the_page_of_outcomes_says_how_many_are_chosen_and_that_words_may_be_released(client, panel):
    panel.propose()
    page = page_of(as_(client, panel.team), panel, "decision/lines/")
    assert "0 of at most 10 places are chosen so far." in page
    assert page.count("<textarea") == 4
    assert "A public body may have to release what is written here." in page


def test_a_decision_that_is_being_written_is_read_by_the_team_alone(client, panel):
    panel.propose()
    reviewer = as_(client, panel.reviewer)
    page = page_of(reviewer, panel, "decision/")
    assert "The team is writing a decision." in page
    assert "Not chosen" not in page
    assert reviewer.get(url_of(panel, "decision.csv")).status_code == 404


def test_a_reviewer_does_not_read_the_reason_about_a_bid_that_she_must_not_judge(client, panel):
    sitting = Reviewer.objects.create(
        call=panel.call, person_id=panel.reviewer.person_id, name="Rosa", declared_at=clock.now()
    )
    bid = panel.call.bids.get(public_id=panel.bids[1])
    Conflict.objects.create(reviewer=sitting, bid=bid, found_by=FoundBy.DECLARED)
    panel.put()
    reviewer = as_(client, panel.reviewer)
    page = page_of(reviewer, panel, "decision/")
    assert "Reason 1" not in page
    assert "1 bid is left out here" in page
    assert "Reason 1" not in reviewer.get(url_of(panel, "decision.csv")).content.decode()


def test_a_decision_is_taken_away_as_a_table_and_as_a_workbook(client, panel):
    panel.in_force(chosen=1)
    team = as_(client, panel.team)
    table = team.get(url_of(panel, "decision.csv")).content.decode()
    assert table.splitlines()[:2] == ["place,outcome,reason", "Place 0,chosen,Reason 0"]
    book = openpyxl.load_workbook(io.BytesIO(team.get(url_of(panel, "decision.xlsx")).content))
    assert [sheet.max_row for sheet in book] == [4, 3]
    assert [cell.value for cell in book.worksheets[1]["A"]] == ["name", "Rosa Reviewer", "Tom Team"]


def test_what_was_taken_back_stays_on_the_record_with_its_reason(client, panel):
    panel.put()
    team = as_(client, panel.team)
    answer = team.post(url_of(panel, "decision/take-back/"), {"why": "Two reasons were mixed up."})
    assert answer.url == url_of(panel, "decision/?done=taken-back")
    page = page_of(team, panel, "decision/")
    assert "Two reasons were mixed up." in page
    assert "Propose a decision" in page


def test_a_letter_is_edited_on_its_page(client, panel):
    panel.in_force()
    letter = FeedbackLetter.objects.get(bid__public_id=panel.bids[0])
    team = as_(client, panel.team)
    team.post(url_of(panel, f"letters/{letter.public_id}/"), {"words": "Dear Ferryford"})
    assert "Dear Ferryford" in page_of(team, panel, "letters/")
    other = a_panel(1)
    other.in_force()
    foreign = FeedbackLetter.objects.get(bid__public_id=other.bids[0])
    assert team.get(url_of(panel, f"letters/{foreign.public_id}/")).status_code == 404


@pytest.mark.parametrize("order", [0, 1])
def test_before_the_letters_are_sent_authors_read_only_that_it_is_decided(client, panel, order):
    panel.in_force(chosen=1)
    author = as_(client, panel.authors[order])
    page = page_of(author, panel, f"bids/{panel.bids[order]}/")
    assert "Letters to all who bid are on their way." in page
    for words in ("Chosen", "Not chosen", "Reason", "place it became", "Read the decision"):
        assert words not in page
    assert "hosen" not in page_of(author, panel)
    assert author.get(url_of(panel, f"bids/{panel.bids[order]}/letter/")).status_code == 403


def test_once_sent_authors_read_their_letter_and_their_place(client, panel):
    panel.told(chosen=1)
    author = as_(client, panel.authors[0])
    page = page_of(author, panel, f"bids/{panel.bids[0]}/")
    assert f"/programmes/{panel.call.programme.slug}/places/place-0/" in page
    letter = page_of(author, panel, f"bids/{panel.bids[0]}/letter/")
    assert "was chosen." in letter
    assert "Write a note" not in letter
    assert author.get(url_of(panel, f"bids/{panel.bids[1]}/letter/")).status_code == 404


def test_a_letter_is_not_read_by_reviewers_on_the_page_of_its_authors(client, panel):
    panel.told()
    assert as_(client, panel.reviewer).get(url_of(panel, f"bids/{panel.bids[0]}/letter/")).status_code == 403


def test_a_note_goes_to_the_team_and_its_answer_back_to_the_authors(client, panel):
    panel.told(chosen=1)
    where = f"bids/{panel.bids[1]}/"
    author = as_(client, panel.authors[1])
    author.post(url_of(panel, f"{where}note/"), {"words": "It names a sponsor."})
    assert "It waits for an answer." in page_of(author, panel, f"{where}letter/")
    team = as_(client, panel.team)
    assert "It names a sponsor." in page_of(team, panel, "notes/")
    appeal = panel.call.bids.get(public_id=panel.bids[1]).appeal
    team.post(url_of(panel, f"notes/{appeal.public_id}/answer/"), {"answer": "So it does."})
    assert "So it does." in page_of(team, panel, "notes/")
    author = as_(client, panel.authors[1])
    page = page_of(author, panel, f"{where}letter/")
    assert "So it does." in page
    assert "Write a note" not in page


def test_everybody_reads_how_many_places_were_chosen_who_signed_and_how_scores_were_used(client):
    panel = a_panel(6)
    panel.in_force(chosen=1)
    assert "What was decided" not in page_of(client, panel)
    services.send_letters(panel.call.public_id, by=panel.team)
    page = page_of(client, panel)
    for words in ("1 place was chosen. 6 bids were handed in.", "Rosa Reviewer", "Tom Team", "By talking it through.",
                  "no sum of scores chooses a place by itself"):  # fmt: skip
        assert words in page
    for words in ("Place 1", "Reason", "not chosen"):
        assert words not in page


def test_of_fewer_than_five_bids_that_were_not_chosen_not_even_the_number_is_told(client, panel):
    panel.told(chosen=1)
    page = page_of(client, panel)
    assert "1 place was chosen." in page
    assert "handed in." not in page.split("What was decided")[1].split("</section>")[0]


def test_a_chosen_place_is_named_to_those_alone_who_may_see_it(client, panel):
    panel.told(chosen=1)
    assert "Place 0" not in page_of(client, panel)
    assert "Place 0" in page_of(as_(client, panel.second), panel)
    Place.objects.update(visibility=Stage.PUBLIC)
    client.logout()
    assert "Place 0" in page_of(client, panel)


def test_a_decision_without_any_bid_is_told_without_any_number(client):
    panel = a_panel(0)
    panel.in_force()
    assert "What was decided" not in page_of(client, panel)
    assert "nobody to write to" in page_of(as_(client, panel.team), panel, "letters/")


def test_the_page_of_outcomes_is_divided_when_there_are_very_many(client, panel, monkeypatch):
    monkeypatch.setattr("knotwork.calls.views.deciding.ON_ONE_PAGE", 2)
    lines = lines_of(panel.propose())
    team = as_(client, panel.team)
    answer = team.post(url_of(panel, "decision/lines/"), filled(lines[:2]))
    assert answer.url == url_of(panel, "decision/lines/?page=2")
    answer = team.post(answer.url, filled(lines[2:], **{f"reason_{lines[2].bid}": "Last"}))
    assert answer.url == url_of(panel, "decision/?done=kept")
    assert Decision.objects.get().lines.get(reason="Last").bid.place_name == "Place 2"


def test_reasons_of_reviewers_are_in_the_letters_of_the_team(client, panel):
    scored(panel, panel.bids[0], "Anna", ["Truly hard.", "Strong."])
    with clock.moved_to(clock.now() + timedelta(minutes=1)):
        panel.in_force()
    assert "Truly hard." in page_of(as_(client, panel.team), panel, "letters/")
    assert Call.objects.get(pk=panel.call.pk).stage == "letters"
