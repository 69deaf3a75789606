"""A vote table in parts: each holds all votes of some of the people.

Meaning. A large conversation lies in several files, or is cut into several pieces, so that several workers can share
the work. As long as nobody stands in two parts, everything that the methods need is a sum over parts or belongs to one
of them: no worker ever needs to see the whole.

Shapes. ``loaders`` give blocks whose columns are the table's statements; ``people`` holds, for each block, the
positions of its people in the table.

Errors. Parts that share a person cannot be joined: ``TableHead.shared`` says so, for the caller to sort all rows anew.

>>> one = vote_table(pl.DataFrame({"participant": [1, 3], "statement": [7, 8], "vote": [1, 0]}))
>>> other = vote_table(pl.DataFrame({"participant": [2], "statement": [9], "vote": [-1]}))
>>> heads = [PartHead(part.participants, part.statements) for part in (one, other)]
>>> who = joined_heads(heads)
>>> table = joined_table(who, [on_statements(part, who.statements) for part in (one, other)])
>>> table.participants.to_list(), table.offsets.tolist(), table.statement.tolist(), table.vote.tolist()
([1, 2, 3], [0, 1, 2, 3], [0, 2, 1], [1, -1, 0])
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from knotwork.methods.arrays import Counts
from knotwork.methods.identifiers import ordered_identifiers, positions_in
from knotwork.methods.opinion.votes import VoteBlock, VoteTable, vote_table
from knotwork.methods.partitions import Held, split_evenly

__all__ = [
    "PartHead",
    "TableHead",
    "VoteParts",
    "joined_heads",
    "joined_table",
    "on_statements",
    "parts_of",
    "vote_table",
]

PEOPLE_PER_PARTITION = 100_000


@dataclass(frozen=True, eq=False)
class VoteParts:
    """Loaders of the blocks, and whose votes each holds."""

    loaders: Sequence[Callable[[], VoteBlock]]
    people: Sequence[Counts]


@dataclass(frozen=True, eq=False)
class PartHead:
    """Who and what is in a part, in order."""

    participants: pl.Series
    statements: pl.Series


@dataclass(frozen=True, eq=False)
class TableHead:
    """Who and what is in all parts together, and where the people of each part stand."""

    participants: pl.Series
    statements: pl.Series
    people: tuple[Counts, ...]
    shared: bool
    """Does anybody stand in two parts?"""


def parts_of(table: VoteTable, workers: int = 1) -> VoteParts:
    """A table cut into consecutive people: at least one part per worker, at most ``PEOPLE_PER_PARTITION`` each."""
    people = len(table.participants)
    pieces = split_evenly(people, max(workers, -(-people // PEOPLE_PER_PARTITION)))
    return VoteParts(
        [Held(table.block(start, stop)) for start, stop in pieces],
        [np.arange(start, stop) for start, stop in pieces],
    )


def joined_heads(heads: Sequence[PartHead]) -> TableHead:
    """All people and statements in order."""
    participants = ordered_identifiers(pl.concat([head.participants.rename("participant") for head in heads]))
    statements = ordered_identifiers(pl.concat([head.statements.rename("statement") for head in heads]))
    people = tuple(positions_in(participants, head.participants).astype(np.int64) for head in heads)
    shared = sum(len(head.participants) for head in heads) > len(participants)
    return TableHead(participants, statements, people, shared)


def on_statements(part: VoteTable, statements: pl.Series) -> VoteBlock:
    """The votes of a part with all statements as columns, each person's in the order of these."""
    places = positions_in(statements, part.statements)
    statement = places[part.statement]
    if (np.diff(places) > 0).all():
        return VoteBlock(part.offsets, statement, part.vote)
    # Ids that are all numbers in this part and not in all others have another order here than there.
    order = np.lexsort((statement, part.person))
    return VoteBlock(part.offsets, statement[order], part.vote[order])


def joined_table(head: TableHead, blocks: Sequence[VoteBlock]) -> VoteTable:
    """The whole table from the blocks of its parts, none of which shares a person with another."""
    per_person = np.zeros(len(head.participants), np.int64)
    for people, block in zip(head.people, blocks, strict=True):
        per_person[people] = block.votes_per_person
    offsets = np.concatenate([[0], np.cumsum(per_person)])
    statement, vote = np.empty(offsets[-1], np.int32), np.empty(offsets[-1], np.int8)
    for people, block in zip(head.people, blocks, strict=True):
        to = np.repeat(offsets[people] - block.offsets[:-1], block.votes_per_person)
        to += np.arange(len(block.vote))
        statement[to], vote[to] = block.statement, block.vote
    nothing = np.zeros(len(head.statements), bool)
    return VoteTable(
        offsets=offsets,
        statement=statement,
        vote=vote,
        participants=head.participants,
        statements=head.statements,
        moderated_out=nothing,
        meta=nothing.copy(),
    )
