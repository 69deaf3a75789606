"""The page with which a panel's meeting is held."""

import pytest
from django.urls import reverse

from knotwork.calls.models import Assignment, Conflict
from knotwork.core import clock
from tests.builders import signed_in
from tests.calls.build_panel import IN_REVIEW, REASON, BuiltPanel, a_scored_panel

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel() -> BuiltPanel:
    return a_scored_panel(4, 3, stage="moderation", number_of_places=2)


def page(client, panel, name, *arguments, reviewer=0, query=""):
    signed_in(client, panel.reviewers[reviewer].person)
    address = reverse(f"calls:{name}", args=[panel.call.programme.slug, panel.call.slug, *arguments])
    with clock.moved_to(IN_REVIEW):
        return client.get(address + query)


def step_aside(panel, reviewer=0, bid=0):
    Conflict.objects.create(reviewer=panel.reviewers[reviewer], bid=panel.bids[bid], found_by="declared")


def test_the_meeting_sees_sentences_bands_and_agreement(client, panel):
    words = page(client, panel, "compare").content.decode()
    for part in ("whatever we do", "Where the bids stand", "alpha", "Place 01", "Worked out"):
        assert part in words


def test_a_bid_shows_all_scores_and_reasons_with_its_neighbours(client, panel):
    words = page(client, panel, "compare-bid", panel.bids[1].public_id).content.decode()
    assert words.count(REASON) == 6
    assert "Reviewer 03" in words
    assert 'rel="next"' in words or 'rel="prev"' in words


def test_whoever_stepped_aside_learns_the_place_of_the_bid_and_nothing_else(client, panel):
    step_aside(panel)
    assert page(client, panel, "compare-bid", panel.bids[0].public_id).status_code == 403
    line = next(
        row for row in page(client, panel, "compare-csv").content.decode().splitlines() if "Place 01" in row
    )
    cells = line.split(",")
    assert cells[1:5] == [""] * 4
    assert cells[5]
    assert cells[6:9] == [""] * 3


def test_a_reviewer_whose_review_is_still_to_come_does_not_read_the_others(client, panel):
    Assignment.objects.filter(reviewer=panel.reviewers[0], bid=panel.bids[2]).update(submitted_at=None)
    assert page(client, panel, "compare-bid", panel.bids[2].public_id).status_code == 403
    assert page(client, panel, "compare-bid", panel.bids[2].public_id, reviewer=1).status_code == 200


def test_a_bid_without_a_review_is_said_plainly(client, panel):
    Assignment.objects.filter(bid=panel.bids[3]).update(ended_at=IN_REVIEW)
    assert "Nobody has handed in a review of Place 04" in page(client, panel, "compare").content.decode()


def test_a_bid_with_one_review_is_one_persons_word(client, panel):
    Assignment.objects.filter(bid=panel.bids[3]).exclude(reviewer=panel.reviewers[0]).update(
        ended_at=IN_REVIEW
    )
    assert "one person&#x27;s word" in page(client, panel, "compare").content.decode()


def test_before_any_review_the_page_says_what_will_stand_there(client, panel):
    Assignment.objects.update(ended_at=IN_REVIEW)
    assert "Nothing to compare yet" in page(client, panel, "compare").content.decode()


def test_while_bids_are_reviewed_nothing_is_compared(client):
    assert page(client, a_scored_panel(2, 2), "compare").status_code == 403


def test_the_order_goes_away_as_a_workbook(client, panel):
    assert page(client, panel, "compare-workbook").content[:2] == b"PK"


@pytest.mark.parametrize(("kind", "starts"), [("svg", b"<svg"), ("png", b"\x89PNG")])
def test_the_bands_go_away_as_a_picture(client, panel, kind, starts):
    answer = page(client, panel, f"compare-{kind}")
    assert answer.content.startswith(starts)
    assert f'filename="{panel.call.slug}-compared.{kind}"' in answer["Content-Disposition"]
    assert f"compare.{kind}" in page(client, panel, "compare").content.decode()


def test_before_any_review_there_is_no_picture(client, panel):
    Assignment.objects.update(ended_at=IN_REVIEW)
    assert page(client, panel, "compare-svg").status_code == 404


def test_the_picture_leaves_out_the_scores_that_are_kept_from_the_viewer(client, panel):
    step_aside(panel)
    assert "you stepped aside" in page(client, panel, "compare-svg").content.decode()
