"""The vote table: who said what to which statement, once.

Meaning. People agree (+1), disagree (-1) or pass (0), may come back and change their minds, and mostly see
only some of the statements. What counts is each person's **last vote** on each statement; the log of all
votes is kept elsewhere. A table made from the same votes is the same, byte for byte, in whatever order their
rows arrived.

Shapes. N participants, M statements, V last votes, held by person (compressed sparse rows): ``offsets`` has N
+ 1 entries, and the votes of person i are ``statement[offsets[i]:offsets[i + 1]]`` (positions, ascending)
with values in ``vote``. Five bytes a vote: a million people with a hundred votes each take half a gigabyte.

Assumptions. Times only order the votes of one person on one statement; their unit does not matter.

Errors. The same person and statement twice without a time, or at equal times with different votes, says two
things at once and is refused as ``AmbiguousVotes``. A vote other than 1, 0, -1 and a missing id are
``ValueError``.

Cost. One sort of the votes: about 0.1 CPU seconds a million, several times that where votes were changed.

>>> table = vote_table(pl.DataFrame({
...     "participant": ["b", "a", "b"], "statement": [1, 1, 1], "vote": [1, 0, -1], "time": [1, 1, 2]}))
>>> table.participants.to_list(), table.vote.tolist()
(['a', 'b'], [0, -1])
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from knotwork.methods.arrays import Counts, Flags, Floats, Indices, VoteValues
from knotwork.methods.identifiers import number_identifiers, ordered_identifiers, positions_in

__all__ = ["AmbiguousVotes", "VoteBlock", "VoteTable", "vote_table"]

LARGEST_NUMBER_BITS = 63


class AmbiguousVotes(ValueError):  # noqa: N818 - it names what is wrong with the votes
    """One person said two things about one statement and nothing says which came last.

    ``rows`` are the two rows of the given frame, counted from 0; ``timed`` tells whether both bore a time.
    """

    def __init__(self, participant: str, statement: str, rows: tuple[int, int], *, timed: bool) -> None:
        self.participant, self.statement, self.rows, self.timed = participant, statement, rows, timed
        why = "different votes at the same time" if timed else "two votes, and not both bear a time"
        super().__init__(f"Participant {participant} has {why} on statement {statement}.")


@dataclass(frozen=True, eq=False)
class VoteBlock:
    """The votes of some consecutive people: what travels to one worker."""

    offsets: Counts
    statement: Indices
    vote: VoteValues

    @property
    def people(self) -> int:
        return len(self.offsets) - 1

    @property
    def votes_per_person(self) -> Counts:
        return np.diff(self.offsets)

    @cached_property
    def person(self) -> NDArray[np.int64]:
        """For each vote the position of its person in the block."""
        return np.repeat(np.arange(self.people), self.votes_per_person)

    def only(self, kept: Flags) -> VoteBlock:
        """The votes on the kept statements, which are renumbered 0, 1, 2 in their order."""
        if kept.all():
            return self
        renumbered = np.cumsum(kept, dtype=np.int32) - 1
        chosen = kept[self.statement]
        before = np.concatenate([[0], np.cumsum(chosen)])
        return VoteBlock(before[self.offsets], renumbered[self.statement[chosen]], self.vote[chosen])


@dataclass(frozen=True, eq=False)
class VoteTable(VoteBlock):
    """All last votes of a conversation, with its people and its statements in order."""

    participants: pl.Series
    statements: pl.Series
    moderated_out: Flags
    meta: Flags

    def block(self, start: int, stop: int) -> VoteBlock:
        """The votes of the people ``start`` up to, not including, ``stop``."""
        first, last = self.offsets[start], self.offsets[stop]
        return VoteBlock(
            self.offsets[start : stop + 1] - first, self.statement[first:last], self.vote[first:last]
        )

    @cached_property
    def answers(self) -> Counts:
        """Everybody's votes on each statement, (3, statements): disagree, pass, agree."""
        cell = self.statement * np.int32(3) + self.vote
        cell += 1
        counts: Counts = np.bincount(cell, minlength=3 * len(self.statements)).reshape(-1, 3).T
        return counts

    @cached_property
    def voted(self) -> Flags:
        """Which statements anyone has voted on; only these are columns of the geometry."""
        voted: Flags = self.answers.sum(axis=0) > 0
        return voted

    @property
    def zeroed(self) -> Flags:
        """Columns that everybody is taken to have passed on: moderated out, or about the person rather than
        the issue."""
        return self.voted & (self.moderated_out | self.meta)


def vote_table(
    votes: pl.DataFrame, statements: pl.DataFrame | None = None, participants: pl.Series | None = None
) -> VoteTable:
    """Make the table from rows ``participant, statement, vote[, time]`` in any order.

    ``statements`` (``statement[, moderated_out][, meta]``) adds statements nobody has voted on and says which
    are moderated out or about the person; ``participants`` adds people who have not voted.
    """
    statements = pl.DataFrame({"statement": votes["statement"].clear()}) if statements is None else statements
    people = _all_identifiers(votes["participant"], participants)
    columns = _all_identifiers(votes["statement"], statements["statement"])
    person, column = positions_in(people, votes["participant"]), positions_in(columns, votes["statement"])
    value = _vote_values(votes["vote"])
    kept = _last_votes(person.astype(np.int64) * len(columns) + column, value, _times(votes), people, columns)
    per_person = np.bincount(person[kept], minlength=len(people))
    return VoteTable(
        offsets=np.concatenate([[0], np.cumsum(per_person)]).astype(np.int64),
        statement=column[kept],
        vote=value[kept],
        participants=people,
        statements=columns,
        moderated_out=_flags(statements, "moderated_out", columns),
        meta=_flags(statements, "meta", columns),
    )


def _all_identifiers(voted: pl.Series, named: pl.Series | None) -> pl.Series:
    if named is None or not len(named):
        return number_identifiers(voted)[0]
    if voted.dtype != named.dtype:
        voted, named = voted.cast(pl.String), named.cast(pl.String)
    return ordered_identifiers(pl.concat([voted.rename(named.name), named]))


def _vote_values(votes: pl.Series) -> VoteValues:
    valid = (votes.is_between(-1, 1) & (votes.cast(pl.Int8, strict=False) == votes)).fill_null(False)
    if not valid.all():
        row = int((~valid).arg_max() or 0)
        raise ValueError(f"A vote is 1, 0 or -1; row {row} (counted from 0) has {votes[row]!r}.")
    return votes.cast(pl.Int8).to_numpy()


def _times(votes: pl.DataFrame) -> Floats | Counts | None:
    """Times as numbers, NaN where missing; None if the votes bear none."""
    if "time" not in votes.columns or votes["time"].null_count() == votes.height:
        return None
    times = votes["time"].to_physical()
    if times.null_count() or times.dtype.is_float():
        return times.cast(pl.Float64).to_numpy()
    return times.cast(pl.Int64).to_numpy()


def _last_votes(
    key: Counts, value: VoteValues, time: Floats | Counts | None, people: pl.Series, columns: pl.Series
) -> Counts:
    """The rows that hold a last vote, ordered by person and statement (``key`` = person x statements +
    statement)."""
    order, in_order = _stable_order(key)
    again = in_order[1:] == in_order[:-1]
    if not again.any():
        return order
    del in_order
    # Only the repeated votes need the slower sort by time.
    repeated = np.append(again, False) | np.insert(again, 0, False)
    rows = order[repeated]
    moment = np.full(len(key), np.nan) if time is None else time
    order[repeated] = rows[np.lexsort((value[rows], moment[rows], key[rows]))]
    earlier, later = order[:-1][again], order[1:][again]
    timed = ~np.isnan(moment[earlier]) & ~np.isnan(moment[later])
    clash = ~timed | ((moment[earlier] == moment[later]) & (value[earlier] != value[later]))
    if clash.any():
        at = int(np.argmax(clash))
        who, what = divmod(int(key[later[at]]), len(columns))
        first, second = sorted((int(earlier[at]), int(later[at])))
        raise AmbiguousVotes(str(people[who]), str(columns[what]), (first, second), timed=bool(timed[at]))
    last: Counts = order[np.append(~again, True)]
    return last


def _stable_order(key: Counts) -> tuple[Counts, Counts]:
    """``argsort(key, kind="stable")`` and the sorted keys: key and row are packed into one number, which sorts
    several times as fast."""
    bits = max(len(key) - 1, 1).bit_length()
    if int(key.max(initial=0)).bit_length() + bits > LARGEST_NUMBER_BITS:
        order: Counts = np.argsort(key, kind="stable")
        return order, key[order]
    packed = key << bits
    packed |= np.arange(len(key))
    packed.sort()
    rows: Counts = packed & ((1 << bits) - 1)
    packed >>= bits
    return rows, packed


def _flags(statements: pl.DataFrame, name: str, columns: pl.Series) -> Flags:
    flags = np.zeros(len(columns), bool)
    if name in statements.columns:
        flags[positions_in(columns, statements["statement"])] = statements[name].fill_null(False).to_numpy()
    return flags
