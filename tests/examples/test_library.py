"""The library of Local Vision: four entries in our own words, and one question."""

import pytest

from knotwork.conversations.models import Conversation, ConversationStage
from knotwork.core.accounts.viewer import STRANGER
from knotwork.core.events.models import Event
from knotwork.examples import library, services
from knotwork.programmes.models import Stage
from knotwork.publications.models import Publication
from knotwork.publications.queries import publications_for
from tests.builders import a_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def local_vision():
    """The programme alone: its places play no part here."""
    return a_programme(slug="local-vision", name="Local Vision")


def test_the_four_entries_stand_in_the_order_of_the_archive(local_vision):
    services.load(library.KEY)
    listed = publications_for(STRANGER, programme=local_vision.public_id)
    assert [row.title for row in listed] == [
        "Delivering 'less with less'",
        "Systems Leadership - Local Vision",
        "Systems leadership for effective services",
        "Systems innovation",
    ]
    assert [row.kind for row in listed] == ["post", "programme_page", "think_piece", "discussion_paper"]
    assert listed[3].written_by == ("Charles Leadbeater",)
    assert listed[3].published == "January 2013"
    assert listed[3].is_teaser_only


def test_the_first_asks_leaders_and_residents_apart_with_starters_of_ours(local_vision, client):
    services.load(library.KEY)
    row = Publication.objects.get(slug="less-with-less")
    conversation = Conversation.objects.get(public_id=row.question_conversation)
    assert conversation.stage == ConversationStage.OPEN
    assert len(conversation.named_parts) == 2
    statements = conversation.statements.all()
    assert 5 <= len(statements) <= 12
    assert all(statement.is_seed for statement in statements)
    page = client.get("/programmes/local-vision/library/less-with-less/").content.decode()
    assert "Is educating and engaging people a practical answer to such problems?" in page


def test_loading_again_changes_nothing(local_vision):
    services.load(library.KEY)
    before = Event.objects.count()
    services.load(library.KEY)
    assert Event.objects.count() == before


def test_it_can_be_taken_away_and_brought_back(local_vision):
    services.load(library.KEY)
    services.remove(library.KEY)
    assert publications_for(STRANGER) == []
    assert not library.is_there()
    services.load(library.KEY)
    assert len(publications_for(STRANGER)) == 4
    assert Conversation.objects.get().stage == ConversationStage.OPEN


def test_what_a_team_changed_is_put_right_by_loading(local_vision):
    services.load(library.KEY)
    Publication.objects.filter(slug="systems-innovation").update(visibility=Stage.PROGRAMME)
    services.load(library.KEY)
    assert len(publications_for(STRANGER)) == 4


def test_without_the_programme_nothing_is_loaded():
    services.load(library.KEY)
    assert not Publication.objects.exists()
