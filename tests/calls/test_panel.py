"""Who sits on a panel, what each must not judge, and who reads which bid."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knotwork.calls import services
from knotwork.calls.erasing import forget_reviewers
from knotwork.calls.matching import first_shared, key_of
from knotwork.calls.models import Assignment, Bid, BidStage, Conflict, FoundBy, Reviewer
from knotwork.calls.querysets import bids
from knotwork.calls.scores import standing_scores
from knotwork.calls.services import ReviewerWords
from knotwork.core import clock
from knotwork.core.accounts.viewer import viewer_for
from knotwork.core.events.models import Event
from knotwork.core.mail.models import Letter
from knotwork.core.rules import Refused
from knotwork.programmes.models import Membership, Role
from knotwork.programmes.standing import standing_of
from tests.builders import a_person, a_programme, an_organisation
from tests.calls.build import (
    ABOUT,
    WHILE_OPEN,
    a_bid,
    a_call,
    handed_in,
    opened,
    with_partners_and_board,
)
from tests.calls.build_panel import (
    IN_REVIEW,
    a_panel,
    a_reviewer,
    a_scored_panel,
    declared,
    hand_in_review,
    led_to,
)
from tests.programmes.build import ADMINISTRATOR, somebody, the_team_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def while_reviewing():
    with clock.moved_to(IN_REVIEW):
        yield


def standing():
    return Assignment.objects.filter(ended_at__isnull=True)


def test_a_reviewer_gets_the_role_that_lets_her_read_and_a_letter():
    call = a_call()
    reviewer = a_reviewer(call, "Robin Reader", "The Wheel Works\n\n Ferryford  Council ")
    assert standing_of(viewer_for(reviewer.person), call.programme_id).has(Role.PANEL_REVIEWER)
    assert reviewer.organisations == "The Wheel Works\nFerryford Council"
    assert Event.objects.filter(verb="call.reviewer_appointed").count() == 1


def test_the_letter_names_the_call_and_no_bid():
    call = a_call()
    handed_in(call)
    a_reviewer(call)
    letter = Letter.objects.get(kind="panel_invitation")
    assert "Ten places, ten knots" in letter.body
    assert f"/calls/{call.slug}/reviews/" in letter.body
    assert "Ferryford" not in letter.body


@pytest.mark.parametrize("role", [None, Role.PANEL_REVIEWER, Role.STEERING_GROUP_MEMBER])
def test_only_the_team_appoints(role):
    call = a_call()
    by = somebody(role, call.programme if role else None)
    with pytest.raises(Refused, match="Only the team"):
        services.appoint_reviewer(call.public_id, ReviewerWords("a@example.org", "Ann"), by=by)


def test_nobody_is_appointed_twice_and_whoever_left_may_come_back():
    call = a_call()
    reviewer = a_reviewer(call)
    words = ReviewerWords(reviewer.person.email, "Robin")
    with pytest.raises(Refused, match="already"):
        services.appoint_reviewer(call.public_id, words, by=ADMINISTRATOR)
    services.end_reviewer(reviewer.public_id, "She moved away.", by=ADMINISTRATOR)
    with clock.moved_to(IN_REVIEW + timedelta(days=1)):
        assert services.appoint_reviewer(call.public_id, words, by=ADMINISTRATOR) == reviewer.public_id
    assert Reviewer.objects.get().ended_at is None


def test_whoever_leaves_loses_the_role_and_what_she_had_not_handed_in():
    panel = a_panel(bids=2)
    hand_in_review(panel.assignment(0, 0))
    services.end_reviewer(panel.reviewers[0].public_id, "She is ill.", by=ADMINISTRATOR)
    assert not standing_of(panel.viewer(0), panel.call.programme_id).has(Role.PANEL_REVIEWER)
    assert panel.assignment(0, 0).ended_at is None
    assert panel.assignment(0, 1).ended_why == "She is ill."
    assert len(standing_scores(panel.call)) == 2
    with pytest.raises(Refused, match="left"):
        services.end_reviewer(panel.reviewers[0].public_id, "Again.", by=ADMINISTRATOR)


def test_whoever_sits_on_another_panel_of_the_programme_keeps_the_role():
    programme = a_programme()
    call, other = a_call(programme), a_call(programme)
    reviewer = a_reviewer(call)
    services.appoint_reviewer(other.public_id, ReviewerWords(reviewer.person.email, "R"), by=ADMINISTRATOR)
    services.end_reviewer(reviewer.public_id, "Too much.", by=ADMINISTRATOR)
    assert Membership.objects.get(role=Role.PANEL_REVIEWER).closes_at is None


# Conflicts


def test_before_she_has_declared_a_reviewer_reads_no_bid():
    call = a_call()
    bid = handed_in(call)
    reviewer = a_reviewer(opened(call))
    assert not bids().visible_to(viewer_for(reviewer.person)).exists()
    declared(reviewer)
    assert [one.public_id for one in bids().visible_to(viewer_for(reviewer.person))] == [bid]


def test_a_declared_conflict_keeps_the_bid_from_her():
    call = a_call()
    bid, other = handed_in(call), handed_in(call)
    opened(call)
    reviewer = declared(a_reviewer(call), {bid: "My sister works there."})
    assert [one.public_id for one in bids().visible_to(viewer_for(reviewer.person))] == [other]
    assert Conflict.objects.get().found_by == FoundBy.DECLARED


def test_conflicts_are_declared_by_the_reviewer_herself_and_once_bids_are_open():
    call = a_call()
    bid = handed_in(call)
    reviewer = a_reviewer(call, at=WHILE_OPEN)
    with clock.moved_to(WHILE_OPEN), pytest.raises(Refused, match="sealed"):
        services.declare_conflicts(call.public_id, {}, by=viewer_for(reviewer.person))
    opened(call)
    with pytest.raises(Refused, match="do not sit"):
        services.declare_conflicts(call.public_id, {bid: "No."}, by=the_team_of(call.programme))


def test_a_bid_that_was_not_handed_in_cannot_be_named():
    call = a_call()
    bid = a_bid(call)
    reviewer = a_reviewer(opened(call))
    with pytest.raises(Refused, match="not known"):
        services.declare_conflicts(call.public_id, {bid: "Mine."}, by=viewer_for(reviewer.person))


def test_while_bids_are_sealed_nothing_is_looked_for_as_it_would_tell_who_bids():
    call = a_call()
    author = a_person()
    handed_in(call, viewer_for(author))
    with clock.moved_to(WHILE_OPEN):
        services.appoint_reviewer(call.public_id, ReviewerWords(author.email, "Ann"), by=ADMINISTRATOR)
        assert not Conflict.objects.exists()
        with pytest.raises(Refused, match="sealed"):
            services.find_conflicts(call.public_id, by=ADMINISTRATOR)


NAMED = ["Ferryford council", "THE WHEEL-WORKS", "St. Ann's  Hall", "Health & Wellbeing Board"]


@pytest.mark.parametrize("organisation", NAMED)
def test_a_shared_organisation_is_found_however_it_is_typed(organisation):
    call = a_call()
    author = somebody()
    bid = a_bid(call, author, about=replace(ABOUT, sponsor="Ferryford Council"))
    with_partners_and_board(bid, author)
    with clock.moved_to(WHILE_OPEN):
        services.hand_in(bid, by=author)
    opened(call)
    reviewer = a_reviewer(call, organisations=organisation)
    found = Conflict.objects.get()
    assert (found.reviewer, found.found_by, found.why) == (
        reviewer,
        FoundBy.ORGANISATION,
        " ".join(organisation.split()),
    )


def test_an_organisation_of_her_roles_is_found_too():
    call = a_call()
    handed_in(call)
    opened(call)
    reviewer = declared(a_reviewer(call))
    Membership.objects.create(
        person=reviewer.person, role=Role.EVALUATOR, programme=call.programme,
        organisation=an_organisation(name="FERRYFORD COUNCIL."),
    )  # fmt: skip
    assert services.find_conflicts(call.public_id, by=ADMINISTRATOR) == 1
    assert services.find_conflicts(call.public_id, by=ADMINISTRATOR) == 0


def test_whoever_writes_or_signs_a_bid_is_found():
    call = a_call()
    author, signer = a_person(), a_person()
    bid = a_bid(call, viewer_for(author))
    with_partners_and_board(bid, viewer_for(author), signer=signer)
    with clock.moved_to(WHILE_OPEN):
        services.hand_in(bid, by=viewer_for(author))
    opened(call)
    for person in (author, signer):
        services.appoint_reviewer(call.public_id, ReviewerWords(person.email, "R"), by=ADMINISTRATOR)
    assert {one.why for one in Conflict.objects.all()} == {"writes this bid", "signs this bid"}


def test_a_conflict_that_is_found_later_ends_the_assignment_with_its_reason():
    panel = a_panel(bids=2)
    bid = panel.bids[0]
    bid.partners.create(organisation="The Wheel Works")
    hand_in_review(panel.assignment(0, 0))
    services.say_organisations(panel.call.public_id, "the wheel works", by=panel.viewer(0))
    assert panel.assignment(0, 0).ended_why == "a conflict: the wheel works"
    assert panel.assignment(0, 1).ended_at is None
    assert standing_scores(panel.call) == []


def test_a_wrong_match_is_ended_with_its_reason_and_does_not_come_back():
    panel = a_panel(bids=1)
    panel.bids[0].partners.create(organisation="Citizens Advice")
    services.say_organisations(panel.call.public_id, "Citizens Advice", by=panel.viewer(0))
    conflict = Conflict.objects.get()
    with pytest.raises(Refused, match="Say why"):
        services.end_conflict(conflict.public_id, " ", by=ADMINISTRATOR)
    services.end_conflict(conflict.public_id, "Another town's.", by=ADMINISTRATOR)
    assert services.find_conflicts(panel.call.public_id, by=ADMINISTRATOR) == 0
    assert bids().visible_to(panel.viewer(0)).exists()
    services.assign_by_hand(
        panel.reviewers[0].public_id, panel.bids[0].public_id, "It was a mistake.", by=ADMINISTRATOR
    )
    assert panel.assignment(0, 0).ended_at is None


def test_nobody_ends_a_conflict_of_her_own():
    call = a_call()
    bid = handed_in(call)
    opened(call)
    team = a_person(Role.PROGRAMME_TEAM, call.programme)
    services.appoint_reviewer(call.public_id, ReviewerWords(team.email, "T"), by=ADMINISTRATOR)
    services.declare_conflicts(call.public_id, {bid: "I helped."}, by=viewer_for(team))
    with pytest.raises(Refused, match="Somebody else"):
        services.end_conflict(Conflict.objects.get().public_id, "It is fine.", by=viewer_for(team))


@pytest.mark.pure
@given(st.text(), st.sampled_from([" ", "-", ".", "", "\t"]))
def test_the_key_of_a_name_does_not_know_capitals_spaces_or_stops(name, between):
    assert key_of(between.join(name.upper())) == key_of("".join(name.upper()))


@pytest.mark.pure
def test_names_without_letters_are_the_same_as_none():
    assert first_shared(["--", " "], ["..", ""]) == ""


# Who reads what


def test_one_press_gives_every_bid_its_readers_evenly():
    panel = a_panel(bids=6, reviewers=3, each=2)
    assert standing().count() == 12
    assert {one.assignments.count() for one in panel.reviewers} == {4}


def test_the_next_press_only_fills_up():
    panel = a_panel(bids=4, reviewers=3, each=1)
    before = set(standing().values_list("reviewer_id", "bid_id"))
    assert services.assign(panel.call.public_id, 2, by=ADMINISTRATOR) == 4
    assert before < set(standing().values_list("reviewer_id", "bid_id"))
    assert services.assign(panel.call.public_id, 2, by=ADMINISTRATOR) == 0


def test_what_a_reviewer_who_left_handed_in_counts_as_read():
    panel = a_panel(bids=2, reviewers=3, each=2)
    first = standing().select_related("reviewer__person", "bid__call").first()
    hand_in_review(first)
    services.end_reviewer(first.reviewer.public_id, "Ill.", by=ADMINISTRATOR)
    services.assign(panel.call.public_id, 2, by=ADMINISTRATOR)
    assert {bid.assignments.filter(ended_at__isnull=True).count() for bid in panel.bids} == {2}
    assert standing().filter(reviewer=first.reviewer).count() == 1


def test_a_bid_that_too_few_can_read_is_named_in_one_sentence():
    call = a_call()
    bid = handed_in(call, about=replace(ABOUT, place_name="Ferryford"))
    led_to(opened(call), "review")
    declared(a_reviewer(call), {bid: "Mine."})
    declared(a_reviewer(call))
    with pytest.raises(Refused, match="“Ferryford” needs 2 readers, and only 1 could read it"):
        services.assign(call.public_id, 2, by=ADMINISTRATOR)


def test_whoever_has_not_declared_is_asked_first():
    call = a_call()
    bid = handed_in(call)
    led_to(opened(call), "review")
    reviewer = a_reviewer(call)
    with pytest.raises(Refused, match="Nobody on the panel has said"):
        services.assign(call.public_id, 1, by=ADMINISTRATOR)
    with pytest.raises(Refused, match="once she has said"):
        services.assign_by_hand(reviewer.public_id, bid, "She knows it.", by=ADMINISTRATOR)


def test_a_bid_is_assigned_by_hand_with_a_reason_and_never_across_a_conflict():
    panel = a_panel(bids=1, each=0)
    bid = panel.bids[0].public_id
    services.assign_by_hand(panel.reviewers[0].public_id, bid, "She knows the subject.", by=ADMINISTRATOR)
    assert panel.assignment(0, 0).by_hand == "She knows the subject."
    with pytest.raises(Refused, match="already"):
        services.assign_by_hand(panel.reviewers[0].public_id, bid, "Again.", by=ADMINISTRATOR)
    services.declare_conflicts(panel.call.public_id, {bid: "Mine."}, by=panel.viewer(1))
    with pytest.raises(Refused, match="conflict"):
        services.assign_by_hand(panel.reviewers[1].public_id, bid, "Please.", by=ADMINISTRATOR)


def test_an_assignment_that_was_ended_is_not_made_again_by_the_method():
    panel = a_panel(bids=2, reviewers=3, each=2)
    gone = standing().first()
    services.end_assignment(gone.public_id, "She is ill.", by=ADMINISTRATOR)
    services.assign(panel.call.public_id, 2, by=ADMINISTRATOR)
    gone.refresh_from_db()
    assert gone.ended_why == "She is ill."
    assert standing().count() == 4


@pytest.mark.parametrize("stage", ["opened", "moderation"])
def test_who_reads_what_is_said_while_bids_are_reviewed(stage):
    call = opened(a_call())
    led_to(call, *({"opened": (), "moderation": ("review", "moderation")}[stage]))
    with pytest.raises(Refused, match="while bids are being reviewed"):
        services.assign(call.public_id, 2, by=ADMINISTRATOR)


def many_bids(call, count):
    """Bids that were handed in, by their numbers, each with a sponsor of its own."""
    rows = [
        Bid(
            call=call, place_name=f"Place {number}", sponsor=f"Council {number}",
            stage=BidStage.SUBMITTED, submitted_at=WHILE_OPEN,
        )
        for number in range(count)
    ]  # fmt: skip
    return [row.public_id for row in Bid.objects.bulk_create(rows)]


@pytest.mark.parametrize("each", [3, 5])
def test_sixty_bids_and_five_reviewers_with_one_conflict_from_a_shared_organisation(each):
    call = a_call()
    made = many_bids(call, 60)
    led_to(opened(call), "review")
    panel = [
        declared(a_reviewer(call, organisations="COUNCIL 7" if n == 0 else f"Firm {n}")) for n in range(5)
    ]
    assert [one.bid.public_id for one in Conflict.objects.all()] == [made[7]]
    if each == 5:
        with pytest.raises(Refused, match="“Place 7” needs 5 readers, and only 4"):
            services.assign(call.public_id, 5, by=ADMINISTRATOR)
        declared(a_reviewer(call, "A sixth", "Firm 6"))
    services.assign(call.public_id, each, by=ADMINISTRATOR)
    assert standing().count() == 60 * each
    assert not standing().filter(bid__public_id=made[7], reviewer=panel[0]).exists()
    loads = [one.assignments.count() for one in call.reviewers.all()]
    assert max(loads) - min(loads) <= 1


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=st.sets(st.tuples(st.integers(0, 2), st.integers(0, 3))), each=st.integers(1, 3))
def test_whatever_the_conflicts_nobody_reads_across_one(an_unassigned_panel, pairs, each):
    panel = an_unassigned_panel
    Assignment.objects.all().delete()
    Conflict.objects.all().delete()
    for reviewer in range(3):
        whys = {panel.bids[bid].public_id: "Mine." for who, bid in pairs if who == reviewer}
        services.declare_conflicts(panel.call.public_id, whys, by=panel.viewer(reviewer))
    try:
        services.assign(panel.call.public_id, each, by=ADMINISTRATOR)
    except Refused:
        assert any(3 - sum(bid == one for _, bid in pairs) < each for one in range(4))
    apart = set(Conflict.objects.values_list("reviewer_id", "bid_id"))
    assert not apart & set(standing().values_list("reviewer_id", "bid_id"))


@pytest.fixture
def an_unassigned_panel():
    return a_panel(bids=4, reviewers=3, each=0)


def test_a_reviewer_who_is_erased_loses_her_name_and_her_reasons_stay():
    panel = a_scored_panel(bids=1, reviewers=1)
    Reviewer.objects.update(organisations="The Wheel Works")
    forget_reviewers(str(panel.reviewers[0].person.public_id))
    kept = Reviewer.objects.get()
    assert (kept.name, kept.organisations) == ("", "")
    assert {one.reviewer_name for one in standing_scores(panel.call)} == {"somebody who was erased"}
    assert all(one.reason for one in standing_scores(panel.call))
