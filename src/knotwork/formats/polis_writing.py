"""A conversation as the four files of a Polis export, in its own columns, so that other tools read it like one.

``votes.csv`` has every vote, ``participants-votes.csv`` a row per person and a column per statement, ``comments.csv``
the statements, ``summary.csv`` what the conversation is. Two columns are filled differently: ``author-id`` and
``n-comments`` are 0 everywhere, because nothing may say who wrote a statement; people are numbered from 1.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from knotwork.formats.writing import csv_bytes

__all__ = ["PolisSummary", "comments_file", "polis_files", "vote_log_file", "vote_matrix_file"]

NOBODY = 0
DAY = 86_400_000


@dataclass(frozen=True)
class PolisSummary:
    """What ``summary.csv`` says; a number that is not known, or may not be given, is left empty."""

    topic: str
    url: str
    description: str
    voters: int | None
    voters_in_conversation: int | None
    commenters: int | None
    comments: int
    groups: int

    def to_bytes(self) -> bytes:
        """Names and values, a row each, without a header; views are counted nowhere."""
        rows = (
            ("topic", self.topic),
            ("url", self.url),
            ("views", None),
            ("voters", self.voters),
            ("voters-in-conv", self.voters_in_conversation),
            ("commenters", self.commenters),
            ("comments", self.comments),
            ("groups", self.groups),
            ("conversation-description", self.description),
        )
        written = io.StringIO()
        csv.writer(written, lineterminator="\n").writerows(
            (name, "" if value is None else value) for name, value in rows
        )
        return written.getvalue().encode()


def vote_log_file(votes: pl.DataFrame) -> pl.DataFrame:
    """``votes.csv`` from ``participant, statement, vote, day``; times say the day and no more."""
    return votes.select(
        pl.col("day").cast(pl.Datetime("ms")).dt.epoch("ms").alias("timestamp"),
        pl.col("day").alias("datetime"),
        pl.col("statement").alias("comment-id"),
        pl.col("participant").alias("voter-id"),
        pl.col("vote"),
    ).sort("voter-id", "comment-id")


def vote_matrix_file(
    votes: pl.DataFrame, statements: pl.Series, groups: Mapping[int, int] | None = None
) -> pl.DataFrame:
    """``participants-votes.csv``: each person's vote on each statement, empty where there is none.

    ``groups`` leads from a person's number to the number of her group, from 0.
    """
    known = groups or {}
    people = votes.group_by("participant").agg(
        pl.lit(NOBODY, pl.Int64).alias("n-comments"),
        pl.len().cast(pl.Int64).alias("n-votes"),
        (pl.col("vote") == 1).sum().cast(pl.Int64).alias("n-agree"),
        (pl.col("vote") == -1).sum().cast(pl.Int64).alias("n-disagree"),
    )
    cells = votes.pivot(on="statement", index="participant", values="vote")
    unanswered = [str(number) for number in statements if str(number) not in cells.columns]
    cells = cells.with_columns(pl.lit(None, pl.Int64).alias(name) for name in unanswered)
    group = [known.get(person) for person in people["participant"]]
    return (
        people.with_columns(pl.Series("group-id", group, pl.Int64))
        .join(cells, on="participant", how="left")
        .select(
            *("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"),
            *(str(number) for number in statements),
        )
        .sort("participant")
    )


def comments_file(statements: pl.DataFrame, votes: pl.DataFrame) -> pl.DataFrame:
    """``comments.csv`` from ``statement, day, moderated, meta, text`` and the votes that stand."""
    counted = votes.group_by("statement").agg(
        agrees=(pl.col("vote") == 1).sum().cast(pl.Int64),
        disagrees=(pl.col("vote") == -1).sum().cast(pl.Int64),
    )
    return statements.join(counted, on="statement", how="left", maintain_order="left").select(
        pl.col("day").cast(pl.Datetime("ms")).dt.epoch("ms").alias("timestamp"),
        pl.col("day").alias("datetime"),
        pl.col("statement").alias("comment-id"),
        pl.lit(NOBODY, pl.Int64).alias("author-id"),
        pl.col("agrees").fill_null(0),
        pl.col("disagrees").fill_null(0),
        pl.col("moderated"),
        pl.col("text").alias("comment-body"),
        pl.col("meta").alias("is-meta"),
    )


def polis_files(
    votes: pl.DataFrame,
    statements: pl.DataFrame,
    summary: PolisSummary,
    groups: Mapping[int, int] | None = None,
) -> dict[str, bytes]:
    """All four files, by name; the people in them bear the same numbers."""
    return {
        "votes.csv": csv_bytes(vote_log_file(votes)),
        "participants-votes.csv": csv_bytes(vote_matrix_file(votes, statements["statement"], groups)),
        "comments.csv": csv_bytes(comments_file(statements, votes)),
        "summary.csv": summary.to_bytes(),
    }
