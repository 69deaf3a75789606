"""Northvale's urgent question: prepared in autumn, asked on a winter's morning, done by the evening."""

import pytest

from knotwork.conversations import feeds
from knotwork.conversations.models import Offer, UrgentQuestion
from knotwork.conversations.queries import people_who_answered
from knotwork.conversations.rules import Phase, phase_of
from knotwork.core.accounts.viewer import STRANGER
from knotwork.examples.northvale import asking_urgently, programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return programme.begin()


def test_it_is_asked_from_its_template_answered_and_closed_by_itself(cast):
    public_id = asking_urgently.ask_urgently(cast)
    question = UrgentQuestion.objects.get(conversation__public_id=public_id)
    assert question.conversation.question == "The 12 bus does not run in Kettle Lane today. What do you need?"
    assert question.template.withdrawn_at is None
    assert people_who_answered(question.conversation) == 58
    assert phase_of(question.conversation) is Phase.CLOSED


def test_it_ends_with_what_was_done_in_the_place_s_feed_and_offers_emptied(cast):
    asking_urgently.ask_urgently(cast)
    newest = feeds.entries(STRANGER, place=cast.northvale.public_id)[0]
    assert (newest.kind, newest.at) == ("urgent-done", asking_urgently.DONE)
    assert "31 people" in newest.summary
    assert set(Offer.objects.values_list("text", "contact")) == {("", "")}
    assert Offer.objects.count() == 3
