"""One note on the decision for each bid that was not chosen, and one answer to it."""

import pytest

from knotwork.calls import services
from knotwork.calls.models import Appeal, CallStage
from knotwork.core.accounts.models import Person
from knotwork.core.accounts.services import erase
from knotwork.core.mail.models import Letter
from knotwork.core.rules import Refused
from tests.calls.build_decision import Panel, a_panel
from tests.programmes.build import ADMINISTRATOR, somebody, verbs

pytestmark = pytest.mark.django_db
WORDS = "The plan does name a sponsor, on its second page."


@pytest.fixture
def panel() -> Panel:
    """A call whose letters were sent; its second bid was not chosen."""
    panel = a_panel(2)
    panel.told(chosen=1)
    return panel


def test_an_author_of_a_bid_that_was_not_chosen_writes_one_note(panel):
    services.write_appeal(panel.bids[1], WORDS, by=panel.authors[1])
    assert Appeal.objects.get().words == WORDS
    assert verbs()[-1] == "bid.appealed"
    with pytest.raises(Refused, match="Each bid has one"):
        services.write_appeal(panel.bids[1], "And more", by=panel.authors[1])


def test_a_bid_that_was_chosen_has_nothing_to_note(panel):
    with pytest.raises(Refused, match="not chosen"):
        services.write_appeal(panel.bids[0], WORDS, by=panel.authors[0])


def test_nobody_else_writes_it_for_them(panel):
    for stranger in (somebody(), panel.authors[0], panel.reviewer, panel.team):
        with pytest.raises(Refused):
            services.write_appeal(panel.bids[1], WORDS, by=stranger)


def test_there_is_no_note_before_the_letters_are_sent():
    panel = a_panel(2)
    panel.in_force(chosen=1)
    with pytest.raises(Refused, match="after the letters"):
        services.write_appeal(panel.bids[1], WORDS, by=panel.authors[1])


def test_there_is_no_note_once_the_call_is_ended_but_an_answer_still(panel):
    appeal = services.write_appeal(panel.bids[1], WORDS, by=panel.authors[1])
    services.lead_on(panel.call.public_id, CallStage.ENDED, by=panel.team)
    services.answer_appeal(appeal, "You are right.", by=panel.team)
    Appeal.objects.all().delete()
    with pytest.raises(Refused, match="until the call is ended"):
        services.write_appeal(panel.bids[1], WORDS, by=panel.authors[1])


def test_the_team_answers_once_and_the_authors_get_a_letter(panel):
    appeal = services.write_appeal(panel.bids[1], WORDS, by=panel.authors[1])
    services.answer_appeal(appeal, "We read it again; it does.", by=panel.team)
    letter = Letter.objects.get(kind="bid_appeal_answer")
    assert letter.to == Person.objects.get(pk=panel.authors[1].person_id).email
    assert "We read it again; it does." in letter.body
    with pytest.raises(Refused, match="answered already"):
        services.answer_appeal(appeal, "And more", by=panel.team)


@pytest.mark.parametrize("words", ["", "   "])
def test_empty_words_are_no_note_and_no_answer(panel, words):
    with pytest.raises(Refused, match="mistaken"):
        services.write_appeal(panel.bids[1], words, by=panel.authors[1])
    appeal = services.write_appeal(panel.bids[1], WORDS, by=panel.authors[1])
    with pytest.raises(Refused, match="Write the answer"):
        services.answer_appeal(appeal, words, by=panel.team)


def test_a_reviewer_does_not_answer(panel):
    appeal = services.write_appeal(panel.bids[1], WORDS, by=panel.authors[1])
    with pytest.raises(Refused, match="Only the team"):
        services.answer_appeal(appeal, "No.", by=panel.reviewer)


def test_an_unknown_note_is_refused(panel):
    with pytest.raises(Refused, match="not known"):
        services.answer_appeal(panel.bids[1], "No.", by=panel.team)


def test_somebody_erased_is_no_longer_named_with_the_note_that_stays(panel):
    services.write_appeal(panel.bids[1], WORDS, by=panel.authors[1])
    erase(Person.objects.get(pk=panel.authors[1].person_id), by=ADMINISTRATOR)
    appeal = Appeal.objects.get()
    assert (appeal.by, appeal.words) == (None, WORDS)
