"""A review: written by its reviewer alone, whole when it is handed in, corrected by adding and never by changing."""

import pytest
from django.db import DatabaseError, transaction

from knotwork.calls import services
from knotwork.calls.models import DraftScore, Score
from knotwork.calls.review_queries import own_assignment, own_reviews, reviews_to_read
from knotwork.calls.scores import standing_scores
from knotwork.calls.services import CriterionWords, DraftWords, ScoreWords
from knotwork.core import clock
from knotwork.core.events.models import Event
from knotwork.core.rules import Refused
from knotwork.programmes.models import Role
from tests.calls.build_panel import IN_REVIEW, REASON, a_panel, a_scored_panel, hand_in_review, led_to
from tests.programmes.build import ADMINISTRATOR, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def while_reviewing():
    with clock.moved_to(IN_REVIEW):
        yield


@pytest.fixture
def panel():
    return a_panel(bids=1, reviewers=2)


def criteria_of(panel):
    return [one.public_id for one in panel.call.criteria.all()]


def test_a_draft_may_be_saved_with_gaps_and_changed(panel):
    first, _second = criteria_of(panel)
    asked = panel.assignment(0, 0)
    services.save_draft(asked.public_id, {first: DraftWords(2, "")}, by=panel.viewer(0))
    services.save_draft(asked.public_id, {first: DraftWords(3, " Clear. ")}, by=panel.viewer(0))
    draft = DraftScore.objects.get()
    assert (draft.score, draft.reason) == (3, "Clear.")
    assert own_reviews(panel.call, panel.reviewers[0])[0].noted == 1


@pytest.mark.parametrize("score", [0, 6, -1])
def test_a_score_off_the_scale_is_refused(panel, score):
    first = criteria_of(panel)[0]
    with pytest.raises(Refused, match="from 1 to 5"):
        services.save_draft(panel.assignment(0, 0).public_id, {first: DraftWords(score)}, by=panel.viewer(0))


def test_everything_that_is_missing_is_named_in_one_message(panel):
    first, second = criteria_of(panel)
    asked = panel.assignment(0, 0).public_id
    services.save_draft(asked, {first: DraftWords(4)}, by=panel.viewer(0))
    with pytest.raises(Refused) as refusal:
        services.submit_review(asked, by=panel.viewer(0))
    assert str(refusal.value) == (
        "“A knotty issue” has no reason yet. “Partners” has no score and no reason yet."
    )
    services.save_draft(asked, {second: DraftWords(None, "Three.")}, by=panel.viewer(0))
    with pytest.raises(Refused, match="“Partners” has no score yet"):
        services.submit_review(asked, by=panel.viewer(0))


def test_a_review_that_is_handed_in_becomes_scores_and_its_drafts_go(panel):
    hand_in_review(panel.assignment(0, 0), 5)
    assert [(one.score, one.reason) for one in standing_scores(panel.call)] == [(5, REASON)] * 2
    assert not DraftScore.objects.exists()
    assert Event.objects.filter(verb="bid.review_handed_in", subject_id=panel.bids[0].public_id).count() == 1


def test_what_is_handed_in_is_no_draft_any_more(panel):
    asked = panel.assignment(0, 0)
    hand_in_review(asked)
    with pytest.raises(Refused, match="handed in already"):
        services.save_draft(asked.public_id, {}, by=panel.viewer(0))
    with pytest.raises(Refused, match="handed in already"):
        services.submit_review(asked.public_id, by=panel.viewer(0))


@pytest.mark.parametrize("who", ["administrator", "team", "the other reviewer"])
def test_nobody_but_the_reviewer_herself_writes_her_review(panel, who):
    by = {
        "administrator": ADMINISTRATOR,
        "team": somebody(Role.PROGRAMME_TEAM, panel.call.programme),
        "the other reviewer": panel.viewer(1),
    }[who]
    asked, first = panel.assignment(0, 0).public_id, criteria_of(panel)[0]
    for write in (
        lambda: services.save_draft(asked, {first: DraftWords(1, "No.")}, by=by),
        lambda: services.submit_review(asked, by=by),
        lambda: services.correct_score(asked, first, ScoreWords(1, "No."), "So.", by=by),
    ):
        with pytest.raises(Refused, match="Only the reviewer herself"):
            write()


def test_an_ended_review_is_written_no_more(panel):
    asked = panel.assignment(0, 0).public_id
    services.end_assignment(asked, "Ill.", by=ADMINISTRATOR)
    with pytest.raises(Refused, match="Only the reviewer herself"):
        services.save_draft(asked, {}, by=panel.viewer(0))


def test_a_correction_is_another_row_and_the_newest_stands(panel):
    asked, first = panel.assignment(0, 0), criteria_of(panel)[0]
    hand_in_review(asked, 2)
    services.correct_score(
        asked.public_id, first, ScoreWords(4, "I read the annex."), "The annex.", by=panel.viewer(0)
    )
    stands = next(one for one in standing_scores(panel.call) if one.criterion == first)
    assert (stands.score, stands.reason, stands.corrected_why) == (4, "I read the annex.", "The annex.")
    assert Score.objects.filter(criterion__public_id=first).count() == 2


@pytest.mark.parametrize(
    ("words", "why", "said"),
    [
        (ScoreWords(4, " "), "So.", "Write the reason"),
        (ScoreWords(4, "Good."), "", "what led you"),
        (ScoreWords(9, "Good."), "So.", "from 1 to 5"),
    ],
)
def test_a_correction_needs_a_score_a_reason_and_what_led_to_it(panel, words, why, said):
    asked = panel.assignment(0, 0)
    hand_in_review(asked)
    with pytest.raises(Refused, match=said):
        services.correct_score(asked.public_id, criteria_of(panel)[0], words, why, by=panel.viewer(0))


def test_a_review_is_corrected_only_after_it_was_handed_in(panel):
    with pytest.raises(Refused, match="Hand the review in first"):
        services.correct_score(
            panel.assignment(0, 0).public_id,
            criteria_of(panel)[0],
            ScoreWords(3, "S."),
            "So.",
            by=panel.viewer(0),
        )


def test_a_criterion_of_another_call_is_refused(panel):
    other = a_panel(bids=1, reviewers=1, criteria=(CriterionWords("Elsewhere"),))
    asked, strange = panel.assignment(0, 0), criteria_of(other)[0]
    with pytest.raises(Refused, match="not part of the call"):
        services.save_draft(asked.public_id, {strange: DraftWords(3)}, by=panel.viewer(0))
    hand_in_review(asked)
    with pytest.raises(Refused, match="not part of the call"):
        services.correct_score(asked.public_id, strange, ScoreWords(3, "S."), "So.", by=panel.viewer(0))


def test_while_reasons_are_compared_a_score_may_still_be_corrected_and_after_that_not():
    panel = a_scored_panel(bids=1, reviewers=1, stage="moderation")
    asked, first = panel.assignment(0, 0), criteria_of(panel)[0]
    services.correct_score(
        asked.public_id, first, ScoreWords(5, "We talked."), "The meeting.", by=panel.viewer(0)
    )
    led_to(panel.call, "decision")
    with pytest.raises(Refused, match="not being reviewed now"):
        services.correct_score(asked.public_id, first, ScoreWords(1, "No."), "So.", by=panel.viewer(0))


def test_the_database_itself_changes_and_removes_no_score(panel):
    hand_in_review(panel.assignment(0, 0))
    for change in (lambda: Score.objects.update(score=1), lambda: Score.objects.all()._raw_delete("default")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_before_she_hands_in_a_reviewer_reads_nothing_of_others_and_afterwards_all_of_that_bid():
    panel = a_panel(bids=2, reviewers=2)
    for bid in range(2):
        hand_in_review(panel.assignment(1, bid), 1, "Hush7Kettle")
    bid = panel.bids[0]
    assert reviews_to_read(bid, own_assignment(bid, panel.viewer(0))) == []
    hand_in_review(panel.assignment(0, 0))
    given = reviews_to_read(bid, own_assignment(bid, panel.viewer(0)))
    assert [one.reviewer for one in given] == ["Reviewer 01", "Reviewer 02"]
    other = panel.bids[1]
    assert reviews_to_read(other, own_assignment(other, panel.viewer(0))) == []
