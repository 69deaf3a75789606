"""A conversation that is made into objects only when something has changed."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.html import escape

from knotwork.conversations import kept_conversations
from knotwork.conversations.kept_conversations import KeptConversation, kept_conversation
from knotwork.conversations.models import Conversation, ConversationStage, StatementState, VoteValue
from knotwork.conversations.queries import Progress, progress_of
from knotwork.conversations.queries.known import Known, known_at
from knotwork.conversations.services import cast_vote, join, reword_statement, say_not_understood
from knotwork.core import clock
from knotwork.core.accounts.viewer import STRANGER, viewer_for
from knotwork.core.analyses.models import Snapshot, SnapshotState
from knotwork.programmes.models import Role, Stage
from tests.builders import a_conversation, a_person, a_place, a_statement
from tests.conversations.build import a_token, page, press


@pytest.fixture
def conversation(db: None) -> Conversation:
    place = a_place()
    return a_conversation(place.programme, place=place, statements=4)


def _kept(conversation: Conversation) -> KeptConversation:
    found = kept_conversation(conversation.programme.slug, conversation.slug, STRANGER, None)
    assert found is not None
    return found[0]


def test_while_nothing_changes_it_stays_the_same_object(conversation: Conversation) -> None:
    assert _kept(conversation) is _kept(conversation)


@pytest.mark.parametrize(
    "words", [{"question": "And now?"}, {"asked_at_most": 3}, {"takes_statements": False}]
)
def test_a_changed_conversation_is_read_anew(conversation: Conversation, words: dict[str, object]) -> None:
    before = _kept(conversation)
    Conversation.objects.update(**words)
    after = _kept(conversation)
    assert after is not before
    assert {name: getattr(after.conversation, name) for name in words} == words


def test_a_change_of_its_programme_or_place_is_seen(conversation: Conversation) -> None:
    _kept(conversation)
    conversation.programme.name = "Another name"
    conversation.programme.save()
    assert _kept(conversation).conversation.programme.name == "Another name"
    conversation.place.is_sensitive = True
    conversation.place.save()
    assert _kept(conversation).conversation.place.is_sensitive


def test_statements_that_come_and_go_are_seen(conversation: Conversation) -> None:
    assert len(_kept(conversation).shown.ids) == 4
    new = a_statement(conversation)
    assert new.pk in _kept(conversation).shown.ids
    conversation.statements.filter(pk=new.pk).update(state=StatementState.NOT_SHOWN)
    assert new.pk not in _kept(conversation).shown.ids


def test_a_new_result_is_seen(conversation: Conversation) -> None:
    before = _kept(conversation)
    words = {"kind": "opinion", "subject": conversation.public_id, "method": "opinion", "version": "1"}
    snapshot = Snapshot.objects.create(**words, state=SnapshotState.RUNNING)
    assert _kept(conversation) is before
    snapshot.state = SnapshotState.GOOD
    snapshot.save()
    assert _kept(conversation) is not before


def test_what_a_stranger_may_not_see_is_never_kept(conversation: Conversation) -> None:
    host = viewer_for(a_person(Role.PROGRAMME_TEAM, conversation.programme))
    slugs = conversation.programme.slug, conversation.slug
    for hidden in ({"stage": ConversationStage.DRAFT}, {"visibility": Stage.PROGRAMME}):
        Conversation.objects.update(stage=ConversationStage.OPEN, visibility=Stage.PUBLIC)
        _kept(conversation)
        Conversation.objects.update(**hidden)
        assert kept_conversation(*slugs, host, None) is not None
        assert kept_conversation(*slugs, STRANGER, None) is None


def test_whoever_answers_is_known_as_well_on_the_way_as_when_asked_for_by_herself(
    conversation: Conversation,
) -> None:
    slugs, token = (conversation.programme.slug, conversation.slug), a_token()
    first, second, third, _last = conversation.statements.all()
    person = join(conversation, token, "192.0.2.1")
    cast_vote(person, first, VoteValue.AGREE)
    for unclear in (first, second):
        say_not_understood(person, unclear)
    _kept(conversation)
    _where, known = kept_conversation(*slugs, STRANGER, token) or pytest.fail("not found")
    assert known == known_at(conversation, token)
    assert known.progress == Progress(answered=1, not_understood=1)
    assert known.progress.seen == {first.pk, second.pk}
    assert known.answers_in_a_minute == 1
    cast_vote(person, third, VoteValue.PASS)
    assert known.with_vote(third.pk).progress == progress_of(person)
    elsewhere = a_conversation(statements=1)
    _kept(elsewhere)
    _where, stranger = kept_conversation(
        elsewhere.programme.slug, elsewhere.slug, STRANGER, token
    ) or pytest.fail("not found")
    assert stranger == Known()


def test_only_so_many_are_kept(conversation: Conversation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_conversations, "MOST_KEPT", 2)
    for _ in range(5):
        _kept(a_conversation(statements=1))
    assert len(kept_conversations._kept) <= 2


def test_everybody_who_has_come_equally_far_reads_the_page_that_she_would_read_alone(
    conversation: Conversation,
) -> None:
    for changed in conversation.statements.all():
        text = f'<b>{changed.text}</b> & "so on"'
        conversation.statements.filter(pk=changed.pk).update(text=text)
    address = page("take-part", conversation)
    for _ in range(3):
        client = Client()
        for _ in range(4):
            kept = client.get(address)
            kept_conversations._kept.clear()
            alone = client.get(address)
            assert _without_key(kept) == _without_key(alone)
            shown = conversation.statements.get(public_id=_statement(alone))
            assert escape(shown.text) in alone.content.decode()
            press(client, shown)


def _statement(response: object) -> str:
    return _page(response).partition('name="statement" value="')[2].partition('"')[0]


def _without_key(response: object) -> str:
    page, keys = re.subn(r'name="csrfmiddlewaretoken" value="[^"]+"', "", _page(response))
    assert keys
    return page


def _page(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def test_reworded_words_are_shown_at_once(conversation: Conversation) -> None:
    client, address = Client(), page("take-part", conversation)
    shown = conversation.statements.get(public_id=_statement(client.get(address)))
    moderator = viewer_for(a_person(Role.PROGRAMME_TEAM, conversation.programme))
    reword_statement(shown, "Said in other words.", by=moderator)
    assert "Said in other words." in _page(client.get(address))


def test_a_conversation_that_closes_by_the_clock_closes_for_everybody(conversation: Conversation) -> None:
    closes = clock.now() + timedelta(hours=1)
    Conversation.objects.update(closes_at=closes)
    client, address = Client(), page("take-part", conversation)
    assert 'name="statement"' in _page(client.get(address))
    with clock.moved_to(closes):
        assert 'name="statement"' not in _page(client.get(address))
