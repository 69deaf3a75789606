"""The pages of the panel and of its reviewers, and that a reviewer is blind until she has handed in hers."""

import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from knotwork.calls import services
from knotwork.calls.models import Assignment, CallStage, Conflict, DraftScore, Reviewer
from knotwork.core import clock
from knotwork.programmes.models import Membership, Role
from tests.builders import a_person, signed_in, whole_body_of
from tests.calls.build import a_call, handed_in, opened
from tests.calls.build_panel import IN_REVIEW, a_panel, a_reviewer, hand_in_review, led_to
from tests.calls.test_pages import text_of, url_of
from tests.guards.role_matrix import MATRIX
from tests.guards.test_role_matrix import address, world  # noqa: F401 - the fixture
from tests.guards.test_stranger import walk

pytestmark = pytest.mark.django_db

SECRET = "Hush7Kettle"


@pytest.fixture(autouse=True)
def while_reviewing():
    with clock.moved_to(IN_REVIEW):
        yield


def team_of(client, panel):
    return signed_in(client, a_person(Role.PROGRAMME_TEAM, panel.call.programme))


def review_of(panel, bid=0, rest=""):
    return url_of(panel.call, f"bids/{panel.bids[bid].public_id}/review/{rest}")


def filled(panel, score="4", reason="The partners say so."):
    said = {}
    for one in panel.call.criteria.all():
        said |= {f"score-{one.public_id}": score, f"reason-{one.public_id}": reason}
    return said


def test_the_team_makes_up_a_panel_and_leads_the_call_into_review(client):
    call = a_call()
    handed_in(call)
    opened(call)
    client = signed_in(client, a_person(Role.PROGRAMME_TEAM, call.programme))
    said = {"name": "Robin Reader", "email": "robin@example.org", "organisations": "The Wheel Works"}
    assert client.post(url_of(call, "panel/new/"), said).status_code == 303
    page = text_of(client.get(url_of(call, "panel/?done=appointed")))
    for words in (
        "Robin Reader",
        "The Wheel Works",
        "has not declared her conflicts yet",
        "letter is on its way",
    ):
        assert words in page
    assert "Next: being reviewed" in text_of(client.get(url_of(call, "lead-on/")))
    assert client.post(url_of(call, "lead-on/"), {"stage": "review"}).status_code == 303
    call.refresh_from_db()
    assert call.stage == CallStage.REVIEW


def test_leaving_the_review_says_how_many_are_missing(client):
    panel = a_panel(bids=2, reviewers=2)
    hand_in_review(panel.assignment(0, 0))
    page = text_of(team_of(client, panel).get(url_of(panel.call, "lead-on/")))
    assert "3 reviews are not handed in yet." in page


def test_from_the_decision_no_press_leads_on(client):
    panel = a_panel(bids=1, reviewers=1)
    led_to(panel.call, "moderation", "decision")
    client = team_of(client, panel)
    assert client.get(url_of(panel.call, "lead-on/")).status_code == 403
    assert "Lead on" not in text_of(client.get(url_of(panel.call)))


def test_one_press_assigns_and_a_refusal_names_the_bid(client):
    panel = a_panel(bids=2, reviewers=2, each=0)
    client = team_of(client, panel)
    assert client.post(url_of(panel.call, "panel/assign/"), {"each": 2}).status_code == 303
    assert Assignment.objects.count() == 4
    services.declare_conflicts(panel.call.public_id, {panel.bids[0].public_id: "Mine."}, by=panel.viewer(0))
    answer = client.post(url_of(panel.call, "panel/assign/"), {"each": 2})
    assert answer.status_code == 422
    assert "“Place 01” needs 2 readers, and only 1" in text_of(answer)


def test_a_pair_is_made_and_ended_by_hand_with_reasons(client):
    panel = a_panel(bids=1, reviewers=1, each=0)
    client = team_of(client, panel)
    said = {"reviewer": panel.reviewers[0].public_id, "bid": panel.bids[0].public_id, "why": "She knows it."}
    assert client.post(url_of(panel.call, "panel/assign/by-hand/"), said).status_code == 303
    asked = panel.assignment(0, 0)
    where = url_of(panel.call, f"panel/assign/{asked.public_id}/end/")
    assert where in text_of(client.get(url_of(panel.call, "panel/")))
    assert client.post(where, {"why": "She is ill."}).status_code == 303
    assert panel.assignment(0, 0).ended_why == "She is ill."


def test_a_conflict_is_looked_for_shown_and_ended(client):
    panel = a_panel(bids=1, reviewers=1)
    panel.bids[0].partners.create(organisation="Citizens Advice")
    Reviewer.objects.update(organisations="Citizens advice")
    client = team_of(client, panel)
    assert client.post(url_of(panel.call, "panel/conflicts/find/")).status_code == 303
    page = text_of(client.get(url_of(panel.call, "panel/")))
    assert "found: the same organisation (Citizens advice)" in page
    where = url_of(panel.call, f"panel/conflicts/{Conflict.objects.get().public_id}/end/")
    assert client.post(where, {"why": "Another town's."}).status_code == 303
    assert "No conflict: Another town&#x27;s." in text_of(client.get(url_of(panel.call, "panel/")))


def test_a_reviewer_leaves_by_the_page(client):
    panel = a_panel(bids=1, reviewers=1)
    where = url_of(panel.call, f"panel/reviewers/{panel.reviewers[0].public_id}/end/")
    client = team_of(client, panel)
    assert client.post(where, {"why": "She moved."}).status_code == 303
    assert "has left the panel" in text_of(client.get(url_of(panel.call, "panel/")))


def test_the_grid_is_also_a_table_and_a_workbook(client):
    panel = a_panel(bids=2, reviewers=2)
    hand_in_review(panel.assignment(0, 0))
    client = team_of(client, panel)
    lines = whole_body_of(client.get(url_of(panel.call, "panel.csv"))).decode("utf-8-sig").splitlines()
    assert lines[:2] == ["Bid,Reviewer 01,Reviewer 02", "Place 01,handed in,reads it"]
    book = openpyxl.load_workbook(io.BytesIO(whole_body_of(client.get(url_of(panel.call, "panel.xlsx")))))
    assert [cell.value for cell in book.active[2]] == ["Place 01", "handed in", "reads it"]


def test_a_member_of_the_team_who_reviews_is_blind_too(client):
    panel = a_panel(bids=2, reviewers=2)
    Membership.objects.create(
        person=panel.reviewers[0].person, role=Role.PROGRAMME_TEAM, programme=panel.call.programme
    )
    hand_in_review(panel.assignment(0, 1))
    hand_in_review(panel.assignment(1, 0))
    client = signed_in(client, panel.reviewers[0].person)
    lines = whole_body_of(client.get(url_of(panel.call, "panel.csv"))).decode("utf-8-sig").splitlines()
    hidden = "shown when you have handed in yours"
    assert lines[1:] == [f"Place 01,{hidden},{hidden}", "Place 02,handed in,reads it"]
    assert "1 of 2 reviews are handed in" in text_of(client.get(url_of(panel.call, "panel/")))


# The reviewer's own pages


def test_a_reviewer_is_asked_first_which_bids_she_must_not_judge(client):
    call = a_call()
    bid = handed_in(call, words=f"The words hold {SECRET}.")
    led_to(opened(call), "review")
    reviewer = a_reviewer(call)
    client = signed_in(client, reviewer.person)
    page = text_of(client.get(url_of(call, "reviews/")))
    assert "First say which bids you must not judge" in page
    page = text_of(client.get(url_of(call, "reviews/conflicts/")))
    assert "Ferryford Council" in page
    assert SECRET not in page
    assert client.get(url_of(call, f"bids/{bid}/")).status_code == 404
    assert (
        client.post(url_of(call, "reviews/conflicts/"), {str(bid): "My sister works there."}).status_code
        == 303
    )
    page = text_of(client.get(url_of(call, "reviews/conflicts/")))
    assert "My sister works there." in page
    assert client.get(url_of(call, f"bids/{bid}/")).status_code == 404


def test_a_reviewer_says_for_whom_she_works(client):
    panel = a_panel(bids=1, reviewers=1)
    client = signed_in(client, panel.reviewers[0].person)
    where = url_of(panel.call, "reviews/organisations/")
    assert client.post(where, {"organisations": "A firm\nA club"}).status_code == 303
    assert Reviewer.objects.get().organisations == "A firm\nA club"


def test_a_review_is_saved_handed_in_and_corrected_by_its_pages(client):
    panel = a_panel(bids=1, reviewers=2)
    client = signed_in(client, panel.reviewers[0].person)
    page = text_of(client.get(review_of(panel)))
    for words in (
        "A hard one.",
        "Nobody can solve it alone.",
        "weight 2",
        "1 - not at all",
        "may have to release",
    ):
        assert words in page
    assert client.post(review_of(panel), filled(panel, reason="")).status_code == 303
    refused = client.post(review_of(panel, rest="hand-in/"))
    assert refused.status_code == 422
    assert "“A knotty issue” has no reason yet." in text_of(refused)
    answer = client.post(review_of(panel), filled(panel) | {"then": "hand-in"})
    assert answer.url.endswith("/review/hand-in/")
    assert client.post(review_of(panel, rest="hand-in/")).status_code == 303
    assert "Nobody else has handed in a review" in text_of(client.get(review_of(panel)))
    criterion = panel.call.criteria.first()
    said = {"score": "2", "reason": "I read the annex.", "why": "The annex."}
    assert client.post(review_of(panel, rest=f"criteria/{criterion.public_id}/"), said).status_code == 303
    page = text_of(client.get(review_of(panel)))
    assert "2 of 5" in page
    assert "Corrected: The annex." in page
    assert "1 of 1" in text_of(client.get(url_of(panel.call, "reviews/")))


def test_a_criterion_that_was_not_handed_in_has_no_page_to_correct_it(client):
    panel = a_panel(bids=1, reviewers=1)
    client = signed_in(client, panel.reviewers[0].person)
    criterion = panel.call.criteria.first()
    assert client.get(review_of(panel, rest=f"criteria/{criterion.public_id}/")).status_code == 404


@pytest.mark.parametrize("who", ["team", "administrator", "a reviewer who is not asked"])
def test_the_page_of_a_review_is_for_its_reviewer_alone(client, who):
    panel = a_panel(bids=1, reviewers=2, each=1)
    other = next(one for one in panel.reviewers if not one.assignments.exists())
    person = {
        "team": lambda: a_person(Role.PROGRAMME_TEAM, panel.call.programme),
        "administrator": lambda: a_person(is_administrator=True),
        "a reviewer who is not asked": lambda: other.person,
    }[who]()
    client = signed_in(client, person)
    for rest in ("", "hand-in/"):
        assert client.get(review_of(panel, rest=rest)).status_code == 404
        assert client.post(review_of(panel, rest=rest), filled(panel)).status_code == 404


def test_the_list_of_a_reviewer_asks_few_questions_however_many_bids(client):
    counts = []
    for bids in (2, 8):
        panel = a_panel(bids=bids, reviewers=1)
        signed_in(client, panel.reviewers[0].person)
        with CaptureQueriesContext(connection) as asked:
            client.get(url_of(panel.call, "reviews/"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


# Blind until handed in


@pytest.fixture
def another_review(world):  # noqa: F811
    """The guards' world around a bid on which a first reviewer noted and handed in secrets, and a second has not."""
    panel = a_panel(bids=2, reviewers=3, programme=world.programme)
    Reviewer.objects.filter(pk=panel.reviewers[1].pk).update(name=f"{SECRET} herself")
    for bid in range(2):
        hand_in_review(panel.assignment(1, bid), 1, f"{SECRET} reason")
    for one in panel.call.criteria.all():
        DraftScore.objects.create(
            assignment=panel.assignment(2, 0), criterion=one, score=2, reason=f"{SECRET} draft"
        )
    call, bid = panel.call.slug, panel.bids[0]
    world.arguments |= {
        **dict.fromkeys((name for name in world.arguments if name == "call" or name.endswith("_call")), call),
        "bid": bid.public_id,
        "bid_question": panel.call.questions.first().public_id,
    }
    return world, panel


def seen_by(client, world):  # noqa: F811
    """Every route that shows the secret to this client, asked both ways."""
    found = {}
    for name in sorted(MATRIX, key=lambda name: "logout" in name):
        for method in ("get", "post"):
            where = address(name, MATRIX[name], world)
            answer = getattr(client, method)(where, headers={"host": "127.0.0.1"})
            if SECRET.lower().encode() in whole_body_of(answer).lower():
                found[name] = method
    return found


def test_before_she_handed_in_no_route_shows_a_reviewer_what_others_said_or_who_they_are(
    client, another_review
):
    world, panel = another_review  # noqa: F811
    assert seen_by(signed_in(client, panel.reviewers[0].person), world) == {}


def test_before_she_handed_in_no_page_within_her_reach_shows_it(client, another_review):
    _world, panel = another_review
    client = signed_in(client, panel.reviewers[0].person)
    answers = walk(client, (url_of(panel.call, "reviews/"),), most=60)
    assert review_of(panel) in answers
    assert {path for path, (_status, page) in answers.items() if SECRET.lower() in page.lower()} == set()


def test_after_she_handed_in_she_reads_what_was_handed_in_and_no_draft(client, another_review):
    _world, panel = another_review
    hand_in_review(panel.assignment(0, 0))
    page = text_of(signed_in(client, panel.reviewers[0].person).get(review_of(panel)))
    assert f"{SECRET} reason" in page
    assert f"{SECRET} herself" in page
    assert f"{SECRET} draft" not in page


def test_the_team_sees_progress_and_no_score_while_bids_are_reviewed(client, another_review):
    _world, panel = another_review
    client = team_of(client, panel)
    for path, (_status, page) in walk(client, (url_of(panel.call),), most=60).items():
        assert f"{SECRET} reason" not in page, path
        assert f"{SECRET} draft" not in page, path
    assert "2 of 6 reviews are handed in" in text_of(client.get(url_of(panel.call, "panel/")))


def test_the_pages_of_a_review_have_the_addresses_that_letters_name():
    call = a_call()
    assert reverse("calls:reviews", args=[call.programme.slug, call.slug]) == url_of(call, "reviews/")
