import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as some

from knotwork.methods.opinion.vote_parts import (
    PartHead,
    joined_heads,
    joined_table,
    on_statements,
    parts_of,
)
from knotwork.methods.opinion.votes import VoteTable
from tests.methods.opinion.material import made_votes, vote_table


def joined(parts: list[VoteTable]) -> VoteTable:
    head = joined_heads([PartHead(part.participants, part.statements) for part in parts])
    assert not head.shared
    return joined_table(head, [on_statements(part, head.statements) for part in parts])


def same_table(one: VoteTable, other: VoteTable) -> bool:
    arrays = all(
        (getattr(one, name).dtype, getattr(one, name).tobytes())
        == (getattr(other, name).dtype, getattr(other, name).tobytes())
        for name in ("offsets", "statement", "vote", "moderated_out", "meta")
    )
    return arrays and one.participants.equals(other.participants) and one.statements.equals(other.statements)


@given(some.integers(0, 1000), some.integers(1, 6), some.booleans())
def test_parts_split_by_person_in_any_way_make_the_table_of_all_rows(seed, parts, in_text):
    votes = made_votes(40, 9, seen=0.4, seed=seed)
    if in_text:
        votes = votes.with_columns(pl.format("p{}", "participant").alias("participant"))
    part_of = np.random.default_rng(seed).integers(0, parts, 40)
    number = votes["participant"].cast(pl.String).str.strip_prefix("p").cast(pl.Int64).to_numpy()
    pieces = [vote_table(votes.filter(pl.Series(part_of[number] == part))) for part in range(parts)]
    assert same_table(joined(pieces), vote_table(votes))


def test_ids_that_are_numbers_in_one_part_only_keep_the_order_of_all():
    one = pl.DataFrame({"participant": ["1", "1"], "statement": ["10", "9"], "vote": [1, -1]})
    other = pl.DataFrame({"participant": ["x", "x"], "statement": ["9", "a"], "vote": [0, 1]})
    assert same_table(joined([vote_table(one), vote_table(other)]), vote_table(pl.concat([one, other])))


def test_a_person_in_two_parts_is_noticed():
    part = vote_table(pl.DataFrame({"participant": [1], "statement": [1], "vote": [1]}))
    head = PartHead(part.participants, part.statements)
    assert joined_heads([head, head]).shared


def test_a_table_is_cut_into_consecutive_people():
    parts = parts_of(vote_table(made_votes(35, 4, seen=1.0)), workers=3)
    assert [load().people for load in parts.loaders] == [11, 12, 12]
    assert np.concatenate(parts.people).tolist() == list(range(35))
