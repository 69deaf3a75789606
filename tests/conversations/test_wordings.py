"""A question put in other words, in the open."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from knotwork.conversations.models import Conversation, ConversationStage
from knotwork.conversations.services import SetUp, change_set_up, reword_question
from knotwork.conversations.services.refusals import NotTaken
from knotwork.core import clock
from knotwork.core.accounts.viewer import STRANGER, Viewer, viewer_for
from knotwork.core.events.models import Event
from knotwork.core.rules import Refused
from knotwork.programmes.models import Programme, Role
from tests.builders import a_conversation, a_person, a_programme, signed_in
from tests.conversations.build import page, press
from tests.conversations.camps import camps

pytestmark = pytest.mark.django_db
OLD = "What would make you less lonely?"
NEW = "What would make later life better here?"
WHY = "People told us not to call them lonely."


@pytest.fixture
def programme() -> Programme:
    return a_programme()


@pytest.fixture
def host(programme: Programme) -> Viewer:
    return viewer_for(a_person(Role.FACILITATOR, programme))


@pytest.fixture
def conversation(programme: Programme) -> Conversation:
    return a_conversation(programme, statements=2, question=OLD)


def test_the_former_wording_stays_readable_with_day_and_reason(client: Client, conversation, host):
    with clock.moved_to(datetime(2026, 3, 5, 12, tzinfo=UTC)):
        reword_question(conversation, NEW, WHY, by=host)
    html = client.get(page("about", conversation)).content.decode()
    assert f"<p>{OLD}</p>" in html.replace(' lang="en"', "")
    assert "Until 5 March 2026." in html
    assert WHY in html
    assert f">{NEW}</h1>" in html


def test_it_can_be_reworded_after_people_have_answered(client: Client, programme, host):
    conversation = camps((3, 2), a_conversation(programme, statements=10))
    reword_question(conversation, NEW, WHY, by=host)
    assert Conversation.objects.get(pk=conversation.pk).question == NEW
    assert Event.objects.filter(verb="conversation.reworded", subject_id=conversation.public_id).exists()


def test_the_same_words_again_change_nothing(conversation, host):
    reword_question(conversation, OLD, WHY, by=host)
    assert not conversation.former_wordings.exists()


def test_nobody_rewords_without_a_reason_or_without_words(conversation, host):
    for question, reason in [(NEW, " "), (" ", WHY)]:
        with pytest.raises(NotTaken):
            reword_question(conversation, question, reason, by=host)


def test_only_those_who_run_it_put_it_in_other_words(conversation):
    with pytest.raises(Refused):
        reword_question(conversation, NEW, WHY, by=STRANGER)


def test_a_host_does_it_on_a_page(client: Client, programme, conversation):
    signed_in(client, a_person(Role.PROGRAMME_TEAM, programme))
    assert page("reword", conversation) in client.get(page("about", conversation)).content.decode()
    address = page("reword", conversation)
    assert OLD in client.get(address).content.decode()
    refused = client.post(address, {"question": NEW, "reason": ""})
    assert refused.status_code == 422
    assert client.post(address, {"question": NEW, "reason": WHY}).status_code == 303
    assert WHY in client.get(page("about", conversation)).content.decode()


def test_a_question_changed_before_anybody_answered_is_kept_too_once_it_was_open(client, conversation, host):
    wanted = SetUp(NEW, seeds=(), results_after=conversation.results_after)
    change_set_up(conversation, wanted, by=host)
    assert (
        "It changed before anybody had answered." in client.get(page("about", conversation)).content.decode()
    )


def test_a_draft_keeps_no_former_words(programme, host):
    draft = a_conversation(programme, question=OLD, stage=ConversationStage.DRAFT)
    change_set_up(draft, SetUp(NEW), by=host)
    assert not draft.former_wordings.exists()


def test_parts_stay_once_somebody_has_answered(client: Client, conversation, host):
    press(client, conversation.statements.first())
    with pytest.raises(Refused):
        change_set_up(conversation, SetUp(OLD, parts=("Leaders", "Residents")), by=host)
