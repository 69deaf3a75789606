"""A decision with a reason for each bid, in force once two people signed who did not propose it."""

import pytest
from django.db import IntegrityError, transaction

from knotwork.calls import services
from knotwork.calls.decision_rules import DecisionAct, Step, may_with_decision, step_of
from knotwork.calls.models import (
    Bid,
    BidStage,
    Call,
    CallStage,
    Decision,
    DecisionSignature,
    FeedbackLetter,
    Outcome,
)
from knotwork.calls.services import LineWords
from knotwork.core.accounts.services import erase
from knotwork.core.accounts.viewer import viewer_for
from knotwork.core.rules import Refused
from knotwork.programmes.models import Membership, Place, Role
from tests.builders import a_person
from tests.calls.build_decision import Panel, a_panel, row_of
from tests.programmes.build import ADMINISTRATOR, somebody, verbs

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel() -> Panel:
    """A call being decided with three bids, and two of the team and a reviewer."""
    return a_panel(3)


def refused(words: str):
    return pytest.raises(Refused, match=words)


def test_a_proposed_decision_has_one_line_for_each_bid_that_was_handed_in(panel):
    decision = row_of(panel.propose())
    assert {line.bid.public_id for line in decision.lines.all()} == set(panel.bids)
    assert {line.outcome for line in decision.lines.all()} == {Outcome.NOT_CHOSEN}
    assert verbs()[-1] == "decision.proposed"


def test_a_call_has_one_decision_at_a_time(panel):
    panel.propose()
    with refused("proposed already"):
        panel.propose()


@pytest.mark.parametrize("stage", [CallStage.REVIEW, CallStage.MODERATION])
def test_nothing_is_proposed_before_the_call_is_being_decided(panel, stage):
    Call.objects.update(stage=stage)
    with refused("Nothing is being decided"):
        panel.propose()


def test_a_reviewer_does_not_propose(panel):
    with refused("Only the team"):
        services.propose(panel.call.public_id, by=panel.reviewer)


def test_whoever_writes_a_bid_to_the_call_takes_no_part_in_deciding(panel):
    author = panel.authors[0]
    Membership.objects.create(
        person_id=author.person_id, role=Role.PROGRAMME_TEAM, programme=panel.call.programme
    )
    with refused("Others decide"):
        services.propose(panel.call.public_id, by=author)
    decision = panel.put()
    with refused("Others decide"):
        services.sign_decision(decision, "An Author", by=author)


def test_outcomes_and_reasons_are_written_for_some_bids_and_the_others_stay(panel):
    decision = panel.propose()
    services.say_outcomes(
        decision, {panel.bids[0]: LineWords(Outcome.CHOSEN, " A true knot. ")}, "By talking.", by=panel.team
    )
    row = row_of(decision)
    said = {line.bid.public_id: (line.outcome, line.reason) for line in row.lines.all()}
    assert said[panel.bids[0]] == ("chosen", "A true knot.")
    assert said[panel.bids[1]] == ("not_chosen", "")
    assert row.words == "By talking."


def test_a_bid_to_another_call_is_not_part_of_the_decision(panel):
    other = a_panel(1)
    with refused("not part of this decision"):
        services.say_outcomes(
            panel.propose(), {other.bids[0]: LineWords(Outcome.CHOSEN, "x")}, "", by=panel.team
        )


def test_one_message_names_all_that_is_missing_before_it_is_put(panel):
    Call.objects.update(number_of_places=1)
    decision = panel.propose()
    lines = {bid: LineWords(Outcome.CHOSEN) for bid in panel.bids}
    services.say_outcomes(decision, lines, "", by=panel.team)
    with pytest.raises(Refused) as refusal:
        services.put(decision, by=panel.team)
    for words in ("3 bids are chosen", "1 place", "Place 0, Place 1, Place 2"):
        assert words in str(refusal.value)


def test_fewer_than_the_call_has_places_may_be_chosen(panel):
    assert step_of(row_of(panel.put(chosen=0))) == Step.PUT


def test_once_put_its_lines_stay_as_they_are(panel):
    decision = panel.put()
    with refused("lines stay"):
        services.say_outcomes(decision, {}, "Other words", by=panel.team)


def test_taken_back_it_says_why_and_the_next_one_begins_with_its_lines(panel):
    first = panel.put(chosen=1)
    services.sign_decision(first, "One", by=panel.reviewer)
    services.take_back_decision(first, "A reason was mixed up.", by=panel.team)
    second = row_of(panel.propose())
    assert row_of(first).taken_back_why == "A reason was mixed up."
    assert sorted((line.outcome, line.reason) for line in second.lines.all()) == [
        ("chosen", "Reason 0"), ("not_chosen", "Reason 1"), ("not_chosen", "Reason 2"),
    ]  # fmt: skip
    assert (step_of(second), second.signatures.count()) == (Step.WRITTEN, 0)
    with refused("not waiting"):
        services.sign_decision(first, "Two", by=panel.second)


def test_a_decision_is_not_taken_back_without_a_reason(panel):
    with refused("Say why"):
        services.take_back_decision(panel.propose(), "  ", by=panel.team)


def test_a_decision_that_is_still_written_cannot_be_signed(panel):
    with refused("not waiting"):
        services.sign_decision(panel.propose(), "One", by=panel.reviewer)


def test_whoever_proposed_it_does_not_sign(panel):
    with refused("You proposed"):
        services.sign_decision(panel.put(), "The Proposer", by=panel.team)


def test_one_person_does_not_give_both_signatures(panel):
    decision = panel.put()
    services.sign_decision(decision, "One", by=panel.reviewer)
    with refused("signed this decision already"):
        services.sign_decision(decision, "One", by=panel.reviewer)
    with pytest.raises(IntegrityError), transaction.atomic():
        DecisionSignature.objects.create(
            decision=row_of(decision), person_id=panel.reviewer.person_id, name="x"
        )


def test_whoever_has_no_part_in_the_call_does_not_sign(panel):
    with refused("known here|Only the team"):
        services.sign_decision(panel.put(), "Somebody", by=somebody())


def test_the_first_signature_puts_nothing_in_force(panel):
    decision = panel.put()
    assert services.sign_decision(decision, "One", by=panel.reviewer) is False
    assert step_of(row_of(decision)) == Step.PUT
    assert not FeedbackLetter.objects.exists()


def test_the_second_signature_puts_it_in_force_and_the_letters_are_put_together(panel):
    decision = panel.in_force(chosen=1)
    panel.call.refresh_from_db()
    assert row_of(decision).decided_at is not None
    assert panel.call.stage == CallStage.LETTERS
    assert FeedbackLetter.objects.filter(sent_at__isnull=True).count() == 3
    assert verbs()[-2:] == ["decision.signed", "decision.in_force"]


def test_before_the_letters_are_sent_neither_bids_nor_places_tell_the_outcome(panel):
    panel.in_force(chosen=1)
    assert {bid.stage for bid in panel.call.bids.all()} == {BidStage.SUBMITTED}
    assert not Place.objects.exists()


@pytest.mark.parametrize("act", list(DecisionAct))
def test_a_decision_in_force_stays_for_good(panel, act):
    assert not may_with_decision(ADMINISTRATOR, act, row_of(panel.in_force()))


def test_a_third_signature_comes_too_late(panel):
    decision = panel.in_force()
    with refused("Nothing is waiting"):
        services.sign_decision(decision, "Three", by=somebody(Role.PANEL_REVIEWER, panel.call.programme))


def test_a_call_whose_bids_were_all_withdrawn_is_decided_too():
    empty = a_panel(0)
    empty.in_force()
    services.lead_on(empty.call.public_id, CallStage.ENDED, by=empty.team)
    empty.call.refresh_from_db()
    assert empty.call.stage == CallStage.ENDED


def test_a_bid_that_was_not_handed_in_has_no_line(panel):
    Bid.objects.filter(public_id=panel.bids[0]).update(stage=BidStage.WITHDRAWN)
    assert row_of(panel.propose()).lines.count() == 2


def test_somebody_erased_leaves_no_name_under_the_decision(panel):
    decision = panel.put()
    signer = a_person(Role.PANEL_REVIEWER, panel.call.programme)
    services.sign_decision(decision, "A. Name", by=viewer_for(signer))
    erase(signer, by=ADMINISTRATOR)
    assert DecisionSignature.objects.get().name == ""


def test_an_unknown_decision_is_refused(panel):
    with refused("not known"):
        services.put(panel.call.public_id, by=panel.team)
    assert not Decision.objects.exists()
