"""A letter when something has waited for more than a day: one a day for each moderator at the most."""

from datetime import timedelta

import pytest

from knotwork.conversations import reminders
from knotwork.conversations.models import Conversation, ConversationStage, StatementState
from knotwork.conversations.services import ask_second_opinion, flag_statement
from knotwork.core import clock
from knotwork.core.accounts.viewer import viewer_for
from knotwork.core.limits.services import sweep
from knotwork.core.mail.kinds import kind_named
from knotwork.core.mail.models import Letter
from knotwork.core.mail.services import refuse, refuse_url
from knotwork.programmes.models import Role
from tests.builders import a_conversation, a_person, a_place, a_statement
from tests.conversations.build import a_token


@pytest.fixture
def conversation(db: None) -> Conversation:
    return a_conversation(statements=1)


def _waits(conversation: Conversation, hours: int) -> None:
    a_statement(conversation, state=StatementState.WAITING, created_at=clock.now() - timedelta(hours=hours))


def test_after_a_day_every_moderator_gets_one_letter_with_the_way_there(conversation: Conversation) -> None:
    people = [a_person(role, conversation.programme) for role in (Role.MODERATOR, Role.FACILITATOR)]
    a_person(Role.EVALUATOR, conversation.programme)
    _waits(conversation, 25)
    assert reminders.remind_moderators() == 2
    letters = Letter.objects.all()
    assert {letter.to for letter in letters} == {person.email for person in people}
    assert all("/moderate/" in letter.body and "1 statement waits" in letter.body for letter in letters)


def test_nobody_is_written_to_before_a_day_has_passed(conversation: Conversation) -> None:
    a_person(Role.MODERATOR, conversation.programme)
    _waits(conversation, 23)
    assert reminders.remind_moderators() == 0


def test_one_letter_a_day_for_all_conversations_together(conversation: Conversation) -> None:
    a_person(Role.MODERATOR, conversation.programme)
    other = a_conversation(conversation.programme, statements=1)
    _waits(conversation, 30)
    _waits(other, 30)
    assert reminders.remind_moderators() == 1
    assert Letter.objects.get().body.count("/moderate/") == 2
    assert reminders.remind_moderators() == 0
    with clock.moved_to(clock.now() + timedelta(hours=25)):
        sweep()
        assert reminders.remind_moderators() == 1


def test_whoever_refused_them_gets_none(conversation: Conversation) -> None:
    person = a_person(Role.MODERATOR, conversation.programme)
    _waits(conversation, 30)
    url = refuse_url(kind_named(reminders.KIND), person.email)
    refuse(url.rstrip("/").rsplit("/", 1)[1])
    assert reminders.remind_moderators() == 0
    assert not Letter.objects.exists()


def test_whoever_asked_for_a_second_opinion_is_not_reminded_of_it(conversation: Conversation) -> None:
    asker, other = (a_person(Role.MODERATOR, conversation.programme) for _ in range(2))
    _waits(conversation, 30)
    waiting = conversation.statements.get(state=StatementState.WAITING)
    ask_second_opinion(waiting, by=viewer_for(asker))
    assert reminders.remind_moderators() == 1
    assert Letter.objects.get().to == other.email


def test_a_fresh_flag_on_an_old_statement_has_not_waited_yet(conversation: Conversation) -> None:
    a_person(Role.MODERATOR, conversation.programme)
    old = a_statement(conversation, created_at=clock.now() - timedelta(days=9), checked_at=clock.now())
    flag_statement(conversation, old, "hurtful", a_token(), "192.0.2.1")
    assert reminders.remind_moderators() == 0
    with clock.moved_to(clock.now() + timedelta(hours=25)):
        assert reminders.remind_moderators() == 1


@pytest.mark.parametrize(
    "words", [{"stage": ConversationStage.DRAFT}, {"withdrawn_at": clock.now()}, {"held_elsewhere": True}]
)
def test_of_what_is_not_going_on_nobody_is_reminded(conversation: Conversation, words) -> None:
    a_person(Role.MODERATOR, conversation.programme)
    _waits(conversation, 30)
    Conversation.objects.update(**words)
    assert reminders.remind_moderators() == 0


def test_moderators_of_another_place_are_not_reminded(db: None) -> None:
    here = a_place()
    there = a_place(here.programme)
    a_person(Role.MODERATOR, place=there)
    _waits(a_conversation(here.programme, place=here, statements=1), 30)
    assert reminders.remind_moderators() == 0
