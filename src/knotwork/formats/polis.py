"""Conversations from Polis: the folder of an export, or what its API gives.

An **export** is a folder with ``votes.csv`` (every vote with its time; agree is 1), or without it
``participants-votes.csv`` (a row per person, a column per statement, the last votes), with ``comments.csv``
and ``summary.csv``. An **API folder** holds ``votes.json``, ``comments.json`` and perhaps
``conversation.json``. Both come from disk, or from memory where somebody uploaded them; each file may be
gzipped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from knotwork.formats.polis_api import read_api_comments, read_api_topic, read_api_votes
from knotwork.formats.polis_export import read_comments, read_export_summary, read_vote_log, read_vote_matrix
from knotwork.formats.problems import InputProblem, Remark
from knotwork.formats.sources import LARGEST, Folder, SourceFile, open_folder

__all__ = ["ConversationExport", "is_polis", "read_polis"]

VOTE_FILES = ("votes.json", "votes.csv", "participants-votes.csv")


@dataclass(frozen=True, eq=False)
class ConversationExport:
    """One conversation, as it was found.

    ``statements``: statement, text, author, created (UTC), moderated (-1 out, 0 not yet, 1 in), meta; in the
    order of the file. ``votes``: participant, statement, vote (1, 0, -1), time (milliseconds since 1970;
    missing where the file has none); every vote, changed ones too. Ids are texts. ``files`` are those that
    were read.
    """

    topic: str
    url: str
    statements: pl.DataFrame
    votes: pl.DataFrame
    files: tuple[SourceFile, ...]
    warnings: tuple[Remark, ...] = ()


@dataclass(frozen=True, eq=False)
class _Parts:
    """What one kind of folder holds, before it is checked as a whole."""

    votes: tuple[SourceFile, pl.DataFrame]
    comments: tuple[SourceFile, pl.DataFrame] | None
    about: tuple[SourceFile, dict[str, str]] | None
    warnings: tuple[Remark, ...] = ()


def is_polis(folder: Folder) -> bool:
    """Is this the folder of a Polis conversation?"""
    return any(name in folder for name in VOTE_FILES)


def read_polis(source: Path | Mapping[str, bytes] | Folder, *, largest: int = LARGEST) -> ConversationExport:
    """Read a Polis export or API folder: a path, or uploaded files by name."""
    folder = source if isinstance(source, Folder) else open_folder(source, largest=largest)
    if not is_polis(folder):
        expected = "a Polis folder with votes.csv, participants-votes.csv or votes.json"
        raise InputProblem(folder.name, found="none of these files", expected=expected)
    return _conversation(_api_parts(folder) if "votes.json" in folder else _export_parts(folder))


def _export_parts(folder: Folder) -> _Parts:
    timed = "votes.csv" in folder
    file = folder.read("votes.csv" if timed else "participants-votes.csv")
    comments = folder.read("comments.csv") if "comments.csv" in folder else None
    about = folder.read("summary.csv") if "summary.csv" in folder else None
    return _Parts(
        votes=(file, read_vote_log(file) if timed else read_vote_matrix(file)),
        comments=(comments, read_comments(comments)) if comments else None,
        about=(about, read_export_summary(about)) if about else None,
        warnings=() if timed else (Remark("votes_without_times"),),
    )


def _api_parts(folder: Folder) -> _Parts:
    file = folder.read("votes.json")
    comments = folder.read("comments.json") if "comments.json" in folder else None
    about = folder.read("conversation.json") if "conversation.json" in folder else None
    return _Parts(
        votes=(file, read_api_votes(file)),
        comments=(comments, read_api_comments(comments)) if comments else None,
        about=(about, read_api_topic(about)) if about else None,
    )


def _conversation(parts: _Parts) -> ConversationExport:
    """Put the parts together: refuse what contradicts itself, remark on what is missing."""
    votes_file, votes = parts.votes
    if not len(votes):
        raise InputProblem(votes_file.name, found="no votes", expected="at least one vote")
    warnings = list(parts.warnings)
    if parts.comments is None:
        statements = _statements_of(votes)
        warnings.append(Remark("no_comments_file"))
    else:
        statements = _each_once(*parts.comments)
        listed = votes["statement"].is_in(statements["statement"].implode())
        if not listed.all():
            warnings.append(Remark("statements_without_text", votes["statement"].filter(~listed).n_unique()))
    about = parts.about[1] if parts.about else {}
    files = [part[0] for part in (parts.votes, parts.comments, parts.about) if part]
    return ConversationExport(
        topic=about.get("topic", ""),
        url=about.get("url", ""),
        statements=statements,
        votes=votes,
        files=tuple(files),
        warnings=tuple(warnings),
    )


def _each_once(file: SourceFile, statements: pl.DataFrame) -> pl.DataFrame:
    again = ~statements["statement"].is_first_distinct()
    if again.any():
        row = int(again.arg_max() or 0)
        found = f"statement {statements['statement'][row]} again"
        raise InputProblem(file.name, row=row + 2, found=found, expected="each statement once")
    return statements


def _statements_of(votes: pl.DataFrame) -> pl.DataFrame:
    """The statements that were voted on, of which nothing else is known."""
    return votes.select(pl.col("statement").unique(maintain_order=True)).with_columns(
        text=pl.lit(""),
        author=pl.lit(None, pl.String),
        created=pl.lit(None, pl.Datetime("ms", "UTC")),
        moderated=pl.lit(0, pl.Int8),
        meta=pl.lit(False),
    )
