"""Merging two statements that say the same: one vote per person, the later wins, and nothing is ever lost."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from knotwork.conversations.models import Conversation, Statement, StatementMerge, StatementState, Vote
from knotwork.conversations.services import (
    accept,
    add_statement,
    cast_vote,
    do_not_show,
    merge_statements,
    merging,
    undo_merge,
)
from knotwork.conversations.services.refusals import NotTaken, SaidBefore, UnknownStatement
from knotwork.conversations.vote_arrays import state_of
from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer, viewer_for
from knotwork.core.events.models import Event
from knotwork.core.rules import Refused
from knotwork.programmes.models import Role
from tests.builders import a_conversation, a_person, a_statement
from tests.conversations.build import a_participant, a_token, replayed_log, standing_votes

HOUSE = Viewer(is_administrator=True)
START = datetime(2026, 5, 1, 9, tzinfo=UTC)


@pytest.fixture
def conversation(db: None) -> Conversation:
    return a_conversation(statements=3)


@pytest.fixture
def statements(conversation: Conversation) -> list[Statement]:
    return list(conversation.statements.order_by("number"))


def _vote(who, statement: Statement, value: int, minute: int) -> None:
    with clock.moved_to(START + timedelta(minutes=minute)):
        cast_vote(who, statement, value)


def _values(statement: Statement) -> dict[int, int]:
    return dict(Vote.objects.filter(statement=statement).values_list("participant_id", "value"))


def test_an_answer_to_the_merged_one_counts_for_the_other(conversation, statements) -> None:
    kept, merged, _other = statements
    somebody = a_participant(conversation)
    _vote(somebody, merged, -1, 1)
    merge_statements(merged, kept, by=HOUSE)
    merged.refresh_from_db()
    assert _values(kept) == {somebody.pk: -1}
    assert (merged.state, merged.merged_into) == (StatementState.MERGED, kept)


@pytest.mark.parametrize(("kept_at", "merged_at", "stands"), [(1, 2, -1), (2, 1, 1)])
def test_of_two_answers_of_one_person_the_later_wins(
    conversation, statements, kept_at: int, merged_at: int, stands: int
) -> None:
    kept, merged, _other = statements
    somebody = a_participant(conversation)
    for statement, value, minute in sorted(
        [(kept, 1, kept_at), (merged, -1, merged_at)], key=lambda given: given[2]
    ):
        _vote(somebody, statement, value, minute)
    merge_statements(merged, kept, by=HOUSE)
    assert _values(kept) == {somebody.pk: stands}
    assert replayed_log(conversation) == standing_votes(conversation)


def test_a_merged_statement_takes_no_more_answers(conversation, statements) -> None:
    merge_statements(statements[1], statements[0], by=HOUSE)
    with pytest.raises(UnknownStatement):
        cast_vote(a_participant(conversation), statements[1], 1)


def test_a_run_is_due_after_merging_and_after_undoing_it(conversation, statements) -> None:
    _vote(a_participant(conversation), statements[1], 1, 1)
    states = [state_of(conversation.pk)]
    merge_statements(statements[1], statements[0], by=HOUSE)
    states.append(state_of(conversation.pk))
    undo_merge(statements[1], by=HOUSE)
    states.append(state_of(conversation.pk))
    assert len(set(states)) == 3


def test_undoing_gives_back_what_stood_and_keeps_what_was_answered_since(conversation, statements) -> None:
    kept, merged, _other = statements
    one, two, three = (a_participant(conversation) for _ in range(3))
    _vote(one, kept, 1, 1)
    _vote(one, merged, -1, 2)
    _vote(two, merged, -1, 2)
    _vote(three, merged, -1, 2)
    merge_statements(merged, kept, by=HOUSE)
    _vote(three, kept, 0, 3)
    undo_merge(merged, by=HOUSE)
    merged.refresh_from_db()
    assert _values(kept) == {one.pk: 1, three.pk: 0}
    assert _values(merged) == {one.pk: -1, two.pk: -1, three.pk: -1}
    assert merged.state == StatementState.LIVE
    assert merged.merged_into is None
    assert replayed_log(conversation) == standing_votes(conversation)


def test_an_answer_that_was_on_its_way_is_brought_over_later(conversation, statements) -> None:
    kept, merged, _other = statements
    merge_statements(merged, kept, by=HOUSE)
    late = a_participant(conversation)
    Statement.objects.filter(pk=merged.pk).update(state=StatementState.LIVE)  # what its writer still saw
    _vote(late, merged, 1, 1)
    Statement.objects.filter(pk=merged.pk).update(state=StatementState.MERGED)
    assert merging.bring_over_late_votes() == 1
    assert _values(kept) == {late.pk: 1}
    before = standing_votes(conversation)
    merging.bring_over_late_votes()
    assert standing_votes(conversation) == before == replayed_log(conversation)


@pytest.mark.parametrize("which", ["itself", "waiting", "another conversation", "merged already"])
def test_what_cannot_be_merged_is_refused_and_nothing_changes(conversation, statements, which: str) -> None:
    kept, merged, _other = statements
    target = {
        "itself": merged,
        "waiting": a_statement(conversation, state=StatementState.WAITING),
        "another conversation": a_statement(a_conversation()),
        "merged already": kept,
    }[which]
    if which == "merged already":
        merge_statements(kept, statements[2], by=HOUSE)
    before = list(Statement.objects.order_by("pk").values())
    with pytest.raises(NotTaken):
        merge_statements(merged, target, by=HOUSE)
    assert list(Statement.objects.order_by("pk").values()) == before


def test_a_merging_under_another_merging_is_undone_after_it(conversation, statements) -> None:
    first, second, third = statements
    merge_statements(first, second, by=HOUSE)
    merge_statements(second, third, by=HOUSE)
    with pytest.raises(NotTaken, match="Undo that first"):
        undo_merge(first, by=HOUSE)
    undo_merge(second, by=HOUSE)
    undo_merge(first, by=HOUSE)
    assert StatementMerge.objects.filter(undone_at__isnull=True).count() == 0
    with pytest.raises(NotTaken, match="not merged"):
        undo_merge(first, by=HOUSE)


def test_a_merged_statement_is_not_decided_on_before_that_is_undone(conversation, statements) -> None:
    merge_statements(statements[1], statements[0], by=HOUSE)
    with pytest.raises(Refused, match="Undo that first"):
        accept(statements[1], by=HOUSE)
    with pytest.raises(Refused, match="Undo that first"):
        do_not_show(statements[1], "personal", by=HOUSE)


def test_only_moderators_merge_and_each_merging_is_one_event(conversation, statements) -> None:
    moderator = viewer_for(a_person(Role.MODERATOR, conversation.programme))
    with pytest.raises(Refused):
        merge_statements(statements[1], statements[0], by=viewer_for(a_person()))
    merge_statements(statements[1], statements[0], by=moderator)
    undo_merge(statements[1], by=moderator)
    assert list(Event.objects.order_by("id").values_list("verb", flat=True)) == [
        "statement.merged",
        "statement.unmerged",
    ]


def test_whoever_says_what_was_merged_is_shown_the_one_that_stays(conversation) -> None:
    kept = a_statement(conversation, text="Buses matter most of all.")
    merged = a_statement(conversation, text="The bus is what matters.")
    merge_statements(merged, kept, by=HOUSE)
    with pytest.raises(SaidBefore) as refusal:
        add_statement(conversation, "The bus is what matters!", a_token(), "192.0.2.1")
    assert refusal.value.statement == kept


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("vote"), st.integers(0, 2), st.integers(0, 3), st.sampled_from([-1, 0, 1])),
        st.tuples(st.just("merge"), st.integers(0, 3), st.integers(0, 3)),
        st.tuples(st.just("undo"), st.integers(0, 3)),
        st.tuples(st.just("sweep")),
    ),
    max_size=25,
)


class TestWhateverIsDone(TestCase):
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(ACTS)
    def test_replaying_the_log_gives_the_votes_that_stand_and_the_later_answer_wins(self, acts) -> None:
        conversation = a_conversation(statements=4)
        people = [a_participant(conversation) for _ in range(3)]
        statements = list(conversation.statements.order_by("number"))
        for minute, (act, *of) in enumerate(acts, start=1):
            with clock.moved_to(START + timedelta(minutes=minute)):
                try:
                    if act == "vote":
                        cast_vote(people[of[0]], statements[of[1]], of[2])
                    elif act == "merge":
                        merge_statements(statements[of[0]], statements[of[1]], by=HOUSE)
                    elif act == "undo":
                        undo_merge(statements[of[0]], by=HOUSE)
                    else:
                        merging.bring_over_late_votes()
                except (NotTaken, Refused):
                    continue
            assert replayed_log(conversation) == standing_votes(conversation)
        for merge in StatementMerge.objects.filter(undone_at__isnull=True):
            for vote in Vote.objects.filter(statement=merge.merged):
                there = Vote.objects.get(statement=merge.into, participant=vote.participant)
                assert there.at >= vote.at
