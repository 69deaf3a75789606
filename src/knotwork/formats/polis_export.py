"""The CSV files of a Polis export.

Beware: ``agrees`` and ``disagrees`` in ``comments.csv`` count vote events, changed votes included, and are
not read; ``datetime`` is the local time of whoever made the export, and ``timestamp`` (milliseconds since
1970) is read instead.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from knotwork.formats.problems import InputProblem
from knotwork.formats.sources import SourceFile
from knotwork.formats.tables import csv_rows, read_table
from knotwork.formats.votes import checked_ids, checked_votes
from knotwork.methods.arrays import VoteValues

__all__ = ["read_comments", "read_export_summary", "read_vote_log", "read_vote_matrix"]

ABOUT_PEOPLE = frozenset({"participant", "xid", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"})
NOT_VOTED = 2
TRUE = ("true", "t", "1")


def read_vote_log(source: SourceFile) -> pl.DataFrame:
    """``votes.csv``: a row per vote."""
    frame = read_table(source, ("timestamp", "comment-id", "voter-id", "vote"))
    return pl.DataFrame(
        {
            "participant": checked_ids(frame, "voter-id", source.name),
            "statement": checked_ids(frame, "comment-id", source.name),
            "vote": checked_votes(frame, "vote", source.name),
            "time": whole_numbers(frame, "timestamp", source.name),
        }
    )


def read_vote_matrix(source: SourceFile) -> pl.DataFrame:
    """``participants-votes.csv``: a row per person; every filled cell under a statement is a last vote."""
    frame = read_table(source, ("participant",))
    people = checked_ids(frame, "participant", source.name)
    cells = frame.select(name for name in frame.columns if name not in ABOUT_PEOPLE)
    votes = cells.select(pl.all().cast(pl.Int8, strict=False))
    table = votes.select(pl.all().fill_null(NOT_VOTED)).to_numpy().reshape(cells.shape)
    filled = cells.width * cells.height - int(cells.null_count().to_numpy().sum())
    if np.count_nonzero(np.abs(table) <= 1) != filled:
        table = _careful_matrix(cells, source.name)
    person, column = np.nonzero(table != NOT_VOTED)
    return pl.DataFrame(
        {
            "participant": people.gather(person),
            "statement": pl.Series(cells.columns, dtype=pl.String).gather(column),
            "vote": pl.Series(table[person, column], dtype=pl.Int8),
        }
    ).with_columns(time=pl.lit(None, pl.Int64))


def _careful_matrix(cells: pl.DataFrame, file: str) -> VoteValues:
    """Column by column: somebody's spreadsheet wrote 1.0, or a cell is no vote, and then this says where."""
    columns = [
        checked_votes(cells.select(pl.col(name).fill_null("0")), name, file)
        .set(cells[name].is_null(), NOT_VOTED)
        .to_numpy()
        for name in cells.columns
    ]
    return np.column_stack(columns)


def read_comments(source: SourceFile) -> pl.DataFrame:
    """``comments.csv``: a row per statement. Old exports lack some columns; nothing is then known of
    those."""
    frame = with_columns(
        read_table(source, ("comment-id", "comment-body")), ("author-id", "timestamp", "moderated", "is-meta")
    )
    moderated = whole_numbers(frame, "moderated", source.name).fill_null(0)
    return pl.DataFrame(
        {
            "statement": checked_ids(frame, "comment-id", source.name),
            "text": frame["comment-body"].fill_null(""),
            "author": frame["author-id"],
            "created": whole_numbers(frame, "timestamp", source.name).cast(pl.Datetime("ms", "UTC")),
            "moderated": moderated.clip(-1, 1).cast(pl.Int8),
            "meta": frame["is-meta"].str.to_lowercase().is_in(TRUE).fill_null(False),
        }
    )


def read_export_summary(source: SourceFile) -> dict[str, str]:
    """``summary.csv``: a name and a value in each row, without a header."""
    return {row[0]: row[1] for row in csv_rows(source) if len(row) > 1}


def with_columns(frame: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """The frame with the named columns, empty ones where it has none of that name."""
    absent = [pl.lit(None, pl.String).alias(name) for name in names if name not in frame.columns]
    return frame.with_columns(absent)


def whole_numbers(frame: pl.DataFrame, column: str, file: str) -> pl.Series:
    """A column of integers; empty cells stay missing."""
    text = frame[column]
    numbers = text.cast(pl.Int64, strict=False)
    bad = numbers.is_null() & text.is_not_null()
    if bad.any():
        row = int(bad.arg_max() or 0)
        raise InputProblem(file, row=row + 2, column=column, found=text[row], expected="a whole number")
    return numbers
