"""When a programme keeps things no longer: closed conversations forget who answered, open ones do not."""

import pytest

from knotwork.conversations.models import (
    ConversationStage,
    Invitation,
    Participant,
    ParticipantToken,
    Vote,
)
from knotwork.conversations.services import letting_go
from knotwork.core.accounts import erasures
from knotwork.core.accounts.models import Erasure
from knotwork.programmes import retention
from tests.builders import a_conversation, a_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return a_programme()


def somebody_answered(conversation, number=1):
    participant = conversation.participants.create(number=number, return_code_hash=f"h{number}")
    ParticipantToken.objects.create(participant=participant, token_hash=f"{conversation.pk}-{number}")
    Vote.objects.create(
        conversation=conversation, participant=participant, statement=conversation.statements.first(), value=1
    )
    return participant


def closed(programme, **words):
    return a_conversation(programme, statements=1, stage=ConversationStage.CLOSED, **words)


def test_whoever_answered_in_a_closed_conversation_is_forgotten_and_her_answers_stay(programme):
    conversation = closed(programme)
    participant = somebody_answered(conversation)
    assert letting_go.participants_going(programme.pk) == 1
    assert letting_go.forget_participants(programme.pk) == 1
    participant.refresh_from_db()
    assert participant.return_code_hash == ""
    assert not ParticipantToken.objects.exists()
    assert Vote.objects.count() == 1
    assert letting_go.participants_going(programme.pk) == 0


def test_an_open_conversation_is_in_use_and_stays(programme):
    conversation = a_conversation(programme, statements=1)
    somebody_answered(conversation)
    assert letting_go.participants_going(programme.pk) == 0
    assert letting_go.forget_participants(programme.pk) == 0
    assert ParticipantToken.objects.count() == 1


def test_conversations_of_other_programmes_stay(programme):
    somebody_answered(closed(a_programme()))
    assert letting_go.forget_participants(programme.pk) == 0
    assert ParticipantToken.objects.count() == 1


def test_a_large_conversation_is_one_line_on_the_erasure_list(programme):
    conversation = closed(programme)
    for number in range(1, 8):
        somebody_answered(conversation, number)
    assert letting_go.forget_participants(programme.pk) == 7
    assert Erasure.objects.count() == 1


def test_those_who_were_forgotten_stay_forgotten_after_an_older_dump(programme):
    conversation = closed(programme)
    participant = somebody_answered(conversation)
    letting_go.forget_participants(programme.pk)
    Participant.objects.filter(pk=participant.pk).update(return_code_hash="back")
    ParticipantToken.objects.create(participant=participant, token_hash="back")
    erasures.apply_again()
    assert not ParticipantToken.objects.exists()
    assert Participant.objects.get(pk=participant.pk).return_code_hash == ""


def test_codes_of_closed_conversations_go_with_the_words_about_them(programme):
    for conversation in (closed(programme), a_conversation(programme)):
        batch = conversation.invitation_batches.create(label="The carers of Kettle Lane")
        Invitation.objects.create(batch=batch, code_hash=f"c{conversation.pk}")
    assert letting_go.invitations_going(programme.pk) == 1
    assert letting_go.forget_invitations(programme.pk) == 1
    assert Invitation.objects.count() == 1
    assert sorted(batch.label for batch in programme_batches(programme)) == ["", "The carers of Kettle Lane"]
    assert letting_go.forget_invitations(programme.pk) == 0


def programme_batches(programme):
    return [batch for row in programme.conversations.all() for batch in row.invitation_batches.all()]


def test_all_of_it_stands_in_the_preview_of_the_programmes_team(programme):
    somebody_answered(closed(programme))
    going = {each.label: each.count for each in retention.preview(programme.pk)}
    assert going["People who answered in conversations that are closed"] == 1
