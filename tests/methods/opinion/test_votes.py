import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as some

from knotwork.methods.opinion import AmbiguousVotes, VoteTable, vote_table, votes
from tests.methods.opinion.material import table_from_matrix

VOTE = some.tuples(some.integers(0, 5), some.integers(0, 4), some.sampled_from([1, 0, -1]))
LOGS = some.lists(VOTE, max_size=60)


def log(rows: list[tuple[int, int, int]], *, times: list[int] | None = None) -> pl.DataFrame:
    schema = {"participant": pl.Int64, "statement": pl.Int64, "vote": pl.Int8}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return frame if times is None else frame.with_columns(time=pl.Series(times, dtype=pl.Int64))


def content(table: VoteTable) -> dict[tuple[int, int], int]:
    people, statements = table.participants, table.statements
    return {
        (people[int(i)], statements[int(j)]): int(vote)
        for i, j, vote in zip(table.person, table.statement, table.vote, strict=True)
    }


def same(one: VoteTable, other: VoteTable) -> bool:
    arrays = ("offsets", "statement", "vote", "moderated_out", "meta")
    return (
        one.participants.equals(other.participants)
        and one.statements.equals(other.statements)
        and all(getattr(one, name).tobytes() == getattr(other, name).tobytes() for name in arrays)
    )


@given(LOGS, some.randoms())
def test_the_last_vote_wins(rows, random):
    times = list(range(len(rows)))
    expected = {(who, what): vote for who, what, vote in rows}
    shuffled = list(zip(rows, times, strict=True))
    random.shuffle(shuffled)
    table = vote_table(log([row for row, _ in shuffled], times=[time for _, time in shuffled]))
    assert content(table) == expected


@given(LOGS, some.randoms())
def test_rows_in_any_order_give_the_same_bytes(rows, random):
    timed = list(enumerate(rows))
    shuffled = random.sample(timed, len(timed))
    one = vote_table(log(rows, times=[time for time, _ in timed]))
    other = vote_table(log([row for _, row in shuffled], times=[time for time, _ in shuffled]))
    assert same(one, other)


@given(LOGS)
def test_the_votes_of_a_person_stand_together_in_the_order_of_the_statements(rows):
    table = vote_table(log(rows, times=list(range(len(rows)))))
    assert table.offsets[0] == 0
    assert table.offsets[-1] == len(table.vote)
    assert (np.diff(table.person * len(table.statements) + table.statement) > 0).all()


def test_a_vote_twice_without_a_time_is_refused():
    with pytest.raises(
        AmbiguousVotes, match="Participant 1 has two votes, and not both bear a time"
    ) as refusal:
        vote_table(log([(0, 0, 1), (1, 2, 1), (1, 2, 1)]))
    assert (refusal.value.participant, refusal.value.statement, refusal.value.rows) == ("1", "2", (1, 2))


def test_a_vote_twice_of_which_one_lacks_its_time_is_refused():
    votes = log([(1, 2, 1), (1, 2, 1), (1, 3, 0)]).with_columns(time=pl.Series([4, None, None]))
    with pytest.raises(AmbiguousVotes):
        vote_table(votes)


def test_different_votes_at_the_same_time_are_refused():
    with pytest.raises(AmbiguousVotes, match="different votes at the same time on statement 2"):
        vote_table(log([(1, 2, 1), (1, 2, -1), (1, 2, 0)], times=[4, 4, 5]))


def test_the_same_vote_at_the_same_time_is_one_vote():
    assert content(vote_table(log([(1, 2, 1), (1, 2, 1)], times=[4, 4]))) == {(1, 2): 1}


def test_times_may_be_moments_or_fractions():
    votes = log([(1, 2, 1), (1, 2, -1)])
    moments = pl.Series(["2024-05-02", "2024-05-01"]).str.to_datetime()
    assert content(vote_table(votes.with_columns(time=moments))) == {(1, 2): 1}
    assert content(vote_table(votes.with_columns(time=pl.Series([0.25, 0.5])))) == {(1, 2): -1}


def test_a_column_of_times_without_times_is_as_none():
    votes = log([(1, 2, 1)]).with_columns(time=pl.lit(None, pl.Int64))
    assert content(vote_table(votes)) == {(1, 2): 1}


@pytest.mark.parametrize("wrong", [2, None, 0.5])
def test_a_vote_that_is_none_is_refused_with_its_row(wrong):
    votes = pl.DataFrame({"participant": [1, 2], "statement": [1, 1], "vote": [1, wrong]}, strict=False)
    with pytest.raises(ValueError, match="row 1"):
        vote_table(votes)


def test_statements_and_people_without_votes_have_their_place():
    statements = pl.DataFrame(
        {"statement": [3, 1, 2], "moderated_out": [True, None, False], "meta": [False, True, None]}
    )
    table = vote_table(log([(7, 2, 1), (7, 3, 0)]), statements, pl.Series([9, 7]))
    assert table.participants.to_list() == [7, 9]
    assert table.statements.to_list() == [1, 2, 3]
    assert table.moderated_out.tolist() == [False, False, True]
    assert table.meta.tolist() == [True, False, False]
    assert table.voted.tolist() == [False, True, True]
    assert table.zeroed.tolist() == [False, False, True]
    assert table.votes_per_person.tolist() == [2, 0]


def test_ids_in_text_and_in_numbers_meet_as_text():
    statements = pl.DataFrame({"statement": ["10", "9"], "meta": [True, False]})
    table = vote_table(log([(1, 9, 1)]), statements)
    assert table.statements.to_list() == ["9", "10"]
    assert table.meta.tolist() == [False, True]


def test_no_votes_make_an_empty_table():
    table = vote_table(log([]))
    assert (len(table.participants), len(table.statements), table.offsets.tolist()) == (0, 0, [0])


def test_a_block_holds_the_votes_of_its_people():
    table = table_from_matrix([[1, None, 0], [None, None, -1], [1, 1, 1]])
    block = table.block(1, 3)
    assert (block.people, block.votes_per_person.tolist()) == (2, [1, 3])
    assert block.person.tolist() == [0, 1, 1, 1]
    assert block.statement.tolist() == [2, 0, 1, 2]


def test_a_block_on_some_statements_renumbers_them():
    block = table_from_matrix([[1, 0, -1], [None, 1, None], [None, None, 1]]).only(
        np.array([True, False, True])
    )
    assert block.offsets.tolist() == [0, 2, 2, 3]
    assert (block.statement.tolist(), block.vote.tolist()) == ([0, 1, 1], [1, -1, 1])


@given(some.lists(some.integers(0, 30)), some.booleans())
def test_keys_are_ordered_as_a_stable_sort_orders_them(keys, are_large):
    key = np.array(keys, np.int64) + (2**62 if are_large else 0)
    order, in_order = votes._stable_order(key)
    assert order.tolist() == np.argsort(key, kind="stable").tolist()
    assert in_order.tolist() == sorted(key.tolist())
