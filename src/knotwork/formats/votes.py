"""Votes in a plain table: ``participant, statement, vote (1, 0, -1)[, time]``, in one file or in Parquet
parts.

Times may be numbers (any unit) or dates and times in ISO 8601; they only order the votes of one person on one
statement. All ids are kept as they are written.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl

from knotwork.formats.problems import InputProblem
from knotwork.formats.sources import Folder, SourceFile
from knotwork.formats.tables import read_table
from knotwork.methods.opinion.votes import AmbiguousVotes, VoteTable, vote_table

__all__ = [
    "checked_ids",
    "checked_times",
    "checked_votes",
    "moments",
    "read_given_groups",
    "read_vote_parts",
    "read_votes",
    "table_of_votes",
]

COLUMNS = ("participant", "statement", "vote")
VOTES = "1, 0 or -1"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def read_votes(source: SourceFile) -> pl.DataFrame:
    """One table of votes: participant, statement (text or whole numbers), vote, and time if the file has
    one."""
    frame = read_table(source, COLUMNS)
    columns = {
        "participant": checked_ids(frame, "participant", source.name),
        "statement": checked_ids(frame, "statement", source.name),
        "vote": checked_votes(frame, "vote", source.name),
    }
    if "time" in frame.columns:
        columns["time"] = checked_times(frame, "time", source.name)
    return pl.DataFrame(columns)


def read_vote_parts(folder: Folder) -> tuple[pl.DataFrame, tuple[SourceFile, ...]]:
    """All ``*.parquet`` files of a folder as one table of votes; they must have the same columns."""
    files = tuple(folder.ending(".parquet"))
    parts = [read_votes(source) for source in files]
    for source, part in zip(files, parts, strict=True):
        if part.schema != parts[0].schema:
            found = ", ".join(f"{name} ({kind})" for name, kind in part.schema.items())
            raise InputProblem(source.name, found=found, expected=f"the columns of {files[0].name}")
    return pl.concat(parts), files


def table_of_votes(
    votes: pl.DataFrame, statements: pl.DataFrame | None, name: str, *, by_row: bool
) -> VoteTable:
    """The vote table; ``by_row``: the votes are the rows of one file, so that a row can be named."""
    try:
        return vote_table(votes, statements)
    except AmbiguousVotes as error:
        raise InputProblem(
            name,
            row=error.rows[1] + 2 if by_row else None,
            found=f"participant {error.participant} twice on statement {error.statement}",
            expected=f"one vote, or {'different times' if error.timed else 'a time for each of them'}",
        ) from error


def read_given_groups(source: SourceFile) -> dict[str, str]:
    """Known groups, ``participant, group``: the group of each participant, without those whose group is
    empty."""
    frame = read_table(source, ("participant", "group"))
    people = checked_ids(frame, "participant", source.name).cast(pl.String)
    again = people.is_duplicated()
    if again.any():
        row = int(pl.arg_where(again, eager=True)[1])
        raise InputProblem(
            source.name,
            row=row + 2,
            column="participant",
            found=people[row],
            expected="each participant once",
        )
    groups = frame["group"].cast(pl.String)
    return {who: group for who, group in zip(people, groups, strict=True) if group}


def checked_ids(frame: pl.DataFrame, column: str, file: str) -> pl.Series:
    """Ids as text or whole numbers; none may be missing."""
    ids = frame[column]
    if not ids.dtype.is_integer():
        ids = ids.cast(pl.String)
    missing = ids.is_null() if ids.dtype.is_integer() else ids.is_null() | (ids == "")
    _refuse(missing, frame, column, file, "an id")
    return ids


def checked_votes(frame: pl.DataFrame, column: str, file: str) -> pl.Series:
    """Votes as 8-bit integers; ``1.0`` is as good as ``1``."""
    votes = frame[column]
    if not votes.dtype.is_integer():
        votes = votes.cast(pl.Float64, strict=False)
    valid = (votes.is_between(-1, 1) & (votes.cast(pl.Int8, strict=False) == votes)).fill_null(False)
    _refuse(~valid, frame, column, file, VOTES)
    return votes.cast(pl.Int8)


def checked_times(frame: pl.DataFrame, column: str, file: str) -> pl.Series:
    """Times as numbers that can be compared; missing ones stay missing."""
    times = frame[column]
    if times.dtype.is_numeric():
        return times.fill_nan(None) if times.dtype.is_float() else times
    if times.dtype.is_temporal():
        return times.cast(pl.Datetime("us")).to_physical()
    text = times.cast(pl.String)
    numbers = [text.cast(kind, strict=False) for kind in (pl.Int64, pl.Float64)]
    readings = numbers if not numbers[1].null_count() - text.null_count() else [*numbers, moments(text)]
    # The reading that understands most; of those that understand all, the simplest.
    best = min(readings, key=pl.Series.null_count)
    expected = "all times as numbers, or all as ISO 8601 dates and times"
    _refuse(best.is_null() & text.is_not_null(), frame, column, file, expected)
    return best.fill_nan(None) if best.dtype.is_float() else best


def moments(text: pl.Series) -> pl.Series:
    """ISO 8601 dates and times as microseconds since 1970; without an offset they are taken as UTC."""
    return pl.Series([_microseconds(one) for one in text], dtype=pl.Int64)


def _microseconds(text: str | None) -> int | None:
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - EPOCH) // timedelta(microseconds=1)


def _refuse(bad: pl.Series, frame: pl.DataFrame, column: str, file: str, expected: str) -> None:
    """Refuse the first row that is bad; the header is row 1."""
    if bad.any():
        row = int(bad.arg_max() or 0)
        raise InputProblem(
            file, row=row + 2, column=column, found=_shown(frame[column][row]), expected=expected
        )


def _shown(value: object) -> str:
    return "nothing" if value is None else str(value)
