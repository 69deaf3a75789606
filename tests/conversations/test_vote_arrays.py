import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from knotwork.conversations.models import ConversationStage, Statement, StatementState, VoteLogEntry
from knotwork.conversations.vote_arrays import state_of, states_of_voted, votes_of
from knotwork.core import clock
from knotwork.core.one_moment import one_moment
from tests.builders import a_conversation, a_place
from tests.conversations.build import a_participant
from tests.conversations.camps import camps, cast_all

pytestmark = pytest.mark.django_db


def test_the_standing_votes_come_back_by_the_numbers_that_people_see():
    conversation = a_conversation(statements=2)
    first, second = a_participant(conversation), a_participant(conversation)
    one, two = conversation.statements.order_by("number")
    cast_all(conversation, [(first, one, 1), (first, two, -1), (second, two, 0)])
    arrays = votes_of(conversation.pk)
    assert sorted(arrays.votes.rows()) == [(first.number, 1, 1), (first.number, 2, -1), (second.number, 2, 0)]
    assert arrays.statement_ids == {1: one.pk, 2: two.pk}


def test_votes_of_other_conversations_are_not_among_them():
    conversation, _other = camps((3, 2)), camps((4, 4))
    assert votes_of(conversation.pk).votes["participant"].n_unique() == 5


def test_only_live_statements_count_as_let_through():
    conversation = a_conversation(statements=3)
    Statement.objects.filter(conversation=conversation, number=2).update(state=StatementState.WAITING)
    Statement.objects.filter(conversation=conversation, number=3).update(state=StatementState.NOT_SHOWN)
    assert votes_of(conversation.pk).statements["moderated_out"].to_list() == [False, True, True]


def test_a_conversation_without_votes_gives_empty_arrays_and_no_state():
    conversation = a_conversation(statements=1)
    arrays = votes_of(conversation.pk)
    assert (arrays.votes.height, arrays.state) == (0, "")
    assert states_of_voted() == []


def test_the_state_changes_with_a_vote():
    conversation = camps((3, 2))
    before = state_of(conversation.pk)
    person = a_participant(conversation)
    cast_all(conversation, [(person, conversation.statements.get(number=1), 1)])
    assert state_of(conversation.pk) != before


def test_the_state_changes_when_a_statement_is_taken_down_and_another_let_through():
    conversation = camps((3, 2))
    Statement.objects.filter(conversation=conversation, number=2).update(state=StatementState.NOT_SHOWN)
    before = state_of(conversation.pk)
    Statement.objects.filter(conversation=conversation, number=2).update(state=StatementState.LIVE)
    Statement.objects.filter(conversation=conversation, number=3).update(state=StatementState.NOT_SHOWN)
    assert state_of(conversation.pk) != before


def test_the_state_changes_when_its_place_becomes_sensitive():
    place = a_place()
    conversation = camps((3, 2), place=place, programme=place.programme)
    before = state_of(conversation.pk)
    place.is_sensitive = True
    place.save()
    assert state_of(conversation.pk) != before


def test_a_vote_that_is_committed_late_below_the_newest_number_changes_the_state():
    """PostgreSQL gives out numbers before it commits, so vote 1000 may be seen after vote 1001."""
    conversation = camps((3, 2))
    newest = VoteLogEntry.objects.filter(conversation=conversation).latest("id")
    late = newest.pk + 1
    VoteLogEntry.objects.create(
        pk=late + 1,
        conversation=conversation,
        participant=newest.participant,
        statement=newest.statement,
        value=1,
    )
    read_without_it = state_of(conversation.pk)
    VoteLogEntry.objects.create(
        pk=late,
        conversation=conversation,
        participant=newest.participant,
        statement=newest.statement,
        value=-1,
    )
    assert VoteLogEntry.objects.filter(conversation=conversation).latest("id").pk == late + 1
    assert state_of(conversation.pk) != read_without_it


def test_drafts_and_withdrawn_conversations_are_not_worked_out():
    draft, withdrawn, shown = camps((3, 2)), camps((3, 2)), camps((3, 2))
    draft.stage = ConversationStage.DRAFT
    draft.save()
    withdrawn.withdrawn_at = clock.now()
    withdrawn.save()
    assert [subject for subject, _state in states_of_voted()] == [shown.public_id]


def test_the_state_of_all_conversations_is_one_query(django_assert_num_queries):
    for _number in range(3):
        camps((3, 2))
    with django_assert_num_queries(1):
        assert len(states_of_voted()) == 3


@pytest.mark.django_db(transaction=True)
def test_one_moment_ends_its_transaction():
    conversation = camps((3, 2))
    with one_moment():
        state = state_of(conversation.pk)
    assert not connection.in_atomic_block
    assert votes_of(conversation.pk).state == state


@pytest.mark.django_db(transaction=True)
def test_all_reads_share_one_moment():
    conversation = camps((3, 2))
    with CaptureQueriesContext(connection) as asked:
        votes_of(conversation.pk)
    said = [query["sql"] for query in asked.captured_queries]
    begins = {
        "sqlite": "BEGIN DEFERRED",
        "postgresql": "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
    }
    position = said.index(begins[connection.vendor])
    assert all(sql.startswith(("BEGIN", "SET")) for sql in said[:position])
    # Four of the seven are copied out on PostgreSQL, by the same connection but not before Django's eyes.
    seen = {"sqlite": 7, "postgresql": 3}[connection.vendor]
    assert sum("SELECT" in sql.upper() for sql in said[position:]) == seen
