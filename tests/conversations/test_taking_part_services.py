"""People without accounts: known by a browser, found again by a code, forgotten when they ask."""

from datetime import timedelta

import pytest

from knotwork.conversations import codes
from knotwork.conversations.models import Conversation, Participant, ParticipantToken
from knotwork.conversations.services import cast_vote, come_back, forget, new_return_code
from knotwork.conversations.services import participants as people
from knotwork.conversations.services.refusals import CodeNotKnown
from knotwork.core import clock
from knotwork.core.accounts import erasures
from knotwork.core.pages.errors import SlowDown
from tests.builders import a_conversation
from tests.conversations.build import a_participant, a_token, standing_votes


@pytest.fixture
def conversation(db: None) -> Conversation:
    return a_conversation(statements=3)


def test_participants_are_counted_from_one_in_each_conversation(conversation: Conversation) -> None:
    other = a_conversation()
    assert [a_participant(conversation).number for _ in range(3)] == [1, 2, 3]
    assert a_participant(other).number == 1


def test_the_same_browser_is_the_same_participant(conversation: Conversation) -> None:
    token = a_token()
    assert a_participant(conversation, token) == a_participant(conversation, token)


def test_two_conversations_cannot_be_linked_by_what_is_kept_of_a_browser(conversation: Conversation) -> None:
    token, other = a_token(), a_conversation()
    a_participant(conversation, token)
    a_participant(other, token)
    kept = set(ParticipantToken.objects.values_list("token_hash", flat=True))
    addresses = set(Participant.objects.values_list("address_hash", flat=True))
    assert len(kept) == len(addresses) == 2
    assert token not in kept


def test_a_code_brings_the_same_participant_to_another_device(conversation: Conversation) -> None:
    somebody = a_participant(conversation)
    code = new_return_code(somebody)
    phone = a_token()
    assert come_back(code, phone, "192.0.2.9") == somebody
    assert people.known_by(conversation, phone) == somebody


def test_a_browser_that_answered_before_its_owner_came_back_belongs_to_her_code_from_then_on(
    conversation: Conversation,
) -> None:
    somebody, token = a_participant(conversation), a_token()
    a_participant(conversation, token)
    come_back(new_return_code(somebody), token, "192.0.2.9")
    assert people.known_by(conversation, token) == somebody


def test_only_a_hash_of_the_code_is_kept(conversation: Conversation) -> None:
    somebody = a_participant(conversation)
    code = new_return_code(somebody)
    somebody.refresh_from_db()
    assert code not in somebody.return_code_hash
    assert len(somebody.return_code_hash) == 64


def test_a_new_code_ends_the_earlier_one(conversation: Conversation) -> None:
    somebody = a_participant(conversation)
    first = new_return_code(somebody)
    new_return_code(somebody)
    with pytest.raises(CodeNotKnown):
        come_back(first, a_token(), "192.0.2.9")


def test_wrong_unknown_and_ended_codes_are_refused_with_one_message(conversation: Conversation) -> None:
    somebody = a_participant(conversation)
    ended = new_return_code(somebody)
    forget(somebody)
    messages = set()
    for typed in ("", "hello", ended, codes.new_code()):
        with pytest.raises(CodeNotKnown) as refusal:
            come_back(typed, a_token(), "192.0.2.9")
        messages.add(refusal.value.reason)
    assert len(messages) == 1


def test_guessing_codes_is_slowed_down_and_another_network_is_not(conversation: Conversation) -> None:
    somebody = a_participant(conversation)
    for _ in range(people.CODES_FROM_ONE_NETWORK.most):
        with pytest.raises(CodeNotKnown):
            come_back(codes.new_code(), a_token(), "192.0.2.9")
    right = new_return_code(somebody)
    with pytest.raises(SlowDown):
        come_back(right, a_token(), "192.0.2.9")
    assert come_back(right, a_token(), "192.0.2.10") == somebody


def test_a_mistyped_code_does_not_count_against_its_network(conversation: Conversation) -> None:
    somebody = a_participant(conversation)
    for _ in range(people.CODES_FROM_ONE_NETWORK.most + 1):
        with pytest.raises(CodeNotKnown):
            come_back("7K2M 9QXW 4T", a_token(), "192.0.2.9")
    assert come_back(new_return_code(somebody), a_token(), "192.0.2.9") == somebody


def test_forgetting_breaks_the_link_and_leaves_the_votes(conversation: Conversation) -> None:
    token = a_token()
    somebody = a_participant(conversation, token)
    cast_vote(somebody, conversation.statements.first(), 1)
    code = new_return_code(somebody)
    forget(somebody)
    somebody.refresh_from_db()
    assert (somebody.return_code_hash, somebody.address_hash) == ("", "")
    assert people.known_by(conversation, token) is None
    assert len(standing_votes(conversation)) == 1
    with pytest.raises(CodeNotKnown):
        come_back(code, token, "192.0.2.9")


def test_whoever_was_forgotten_stays_forgotten_after_an_older_dump_was_put_back(
    conversation: Conversation,
) -> None:
    token = a_token()
    somebody = a_participant(conversation, token)
    forget(somebody)
    ParticipantToken.objects.create(participant=somebody, token_hash=people.token_hash(conversation, token))
    erasures.apply_again()
    assert people.known_by(conversation, token) is None


def test_after_forgetting_the_same_browser_begins_as_somebody_new(conversation: Conversation) -> None:
    token = a_token()
    first = a_participant(conversation, token)
    forget(first)
    assert a_participant(conversation, token) != first


def test_a_school_behind_one_address_is_flagged_and_not_shut_out(conversation: Conversation) -> None:
    start = clock.now()
    for number in range(people.NEWCOMERS_IN_AN_HOUR + 1):
        with clock.moved_to(start + timedelta(seconds=2 * number)):
            newest = a_participant(conversation)
    assert newest.is_flagged
    assert Participant.objects.filter(is_flagged=True).count() == 1


def test_a_burst_of_newcomers_from_one_network_waits_a_minute_and_others_do_not(
    conversation: Conversation,
) -> None:
    start = clock.now()
    with clock.moved_to(start):
        for _ in range(people.NEWCOMERS_IN_A_MINUTE):
            a_participant(conversation)
        with pytest.raises(SlowDown):
            a_participant(conversation)
        a_participant(conversation, address="192.0.2.77")
        a_participant(a_conversation())
    with clock.moved_to(start + timedelta(seconds=61)):
        a_participant(conversation)


def test_the_hashed_address_is_blanked_after_a_day(conversation: Conversation) -> None:
    start = clock.now()
    with clock.moved_to(start):
        somebody = a_participant(conversation)
    with clock.moved_to(start + timedelta(hours=23)):
        assert people.forget_addresses() == 0
    with clock.moved_to(start + timedelta(hours=25)):
        assert people.forget_addresses() == 1
    somebody.refresh_from_db()
    assert somebody.address_hash == ""
