"""What a person hands to ``knotwork opinion``: any of the known kinds of input, made into a vote table.

A Polis export folder, a Polis API folder, a folder of Parquet parts, or one table of votes (CSV, CSV.gz,
Parquet). Statements moderated out (-1) leave the geometry; those not yet moderated (0) stay in, unless the
reading is strict.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl

from knotwork.formats.polis import is_polis, read_polis
from knotwork.formats.problems import InputProblem, Remark
from knotwork.formats.sources import Folder, SourceFile, open_file, open_folder
from knotwork.formats.vote_parts import part_loaders, read_parts
from knotwork.formats.votes import read_vote_parts, read_votes, table_of_votes
from knotwork.methods.opinion.vote_parts import VoteParts
from knotwork.methods.opinion.votes import VoteTable
from knotwork.methods.partitions import Engine, InlineEngine

__all__ = ["ConversationInput", "fingerprint", "read_conversation"]

TABLES = (".csv", ".csv.gz", ".parquet")


@dataclass(frozen=True, eq=False)
class ConversationInput:
    """The vote table, how many votes were read, from which files, and what to know about them.

    ``parts``: the table in the parts in which it was read, which belong to the engine that read them.
    """

    table: VoteTable
    rows: int
    files: tuple[SourceFile, ...]
    warnings: tuple[Remark, ...] = ()
    parts: VoteParts | None = None


def read_conversation(path: Path, *, strict: bool = False, engine: Engine | None = None) -> ConversationInput:
    """Read whatever kind of input stands at ``path``; parts are read by the engine's workers."""
    if not path.is_dir():
        if path.exists() and not path.name.lower().endswith(TABLES):
            raise InputProblem(
                path.name, found="another kind of file", expected=f"a folder, or {', '.join(TABLES)}"
            )
        source = open_file(path)
        return _from_votes(read_votes(source), (source,))
    folder = open_folder(path)
    if is_polis(folder):
        return _from_polis(path, strict)
    if any(folder.ending(".parquet")):
        return _from_parts(folder, engine or InlineEngine())
    expected = "a Polis folder with votes.csv, participants-votes.csv or votes.json, or Parquet parts"
    raise InputProblem(str(path), found="none of these files", expected=expected)


def _from_polis(path: Path, strict: bool) -> ConversationInput:
    export = read_polis(path)
    out = pl.col("moderated") < (1 if strict else 0)
    statements = export.statements.select("statement", "meta", moderated_out=out)
    file = export.files[0]
    table = table_of_votes(export.votes, statements, file.name, by_row=file.plain_name == "votes.csv")
    return ConversationInput(table, len(export.votes), export.files, export.warnings)


def _from_parts(folder: Folder, engine: Engine) -> ConversationInput:
    read = read_parts(part_loaders(folder), engine)
    if read is None:
        together = _from_votes(*read_vote_parts(folder))
        return replace(together, warnings=(Remark("parts_share_people"),))
    _refuse_nothing(read.rows, read.files)
    # In one process the table is its own parts.
    parts = read.parts if engine.workers > 1 else None
    return ConversationInput(read.table, read.rows, read.files, parts=parts)


def _from_votes(votes: pl.DataFrame, files: tuple[SourceFile, ...]) -> ConversationInput:
    name = _refuse_nothing(len(votes), files)
    return ConversationInput(table_of_votes(votes, None, name, by_row=len(files) == 1), len(votes), files)


def _refuse_nothing(rows: int, files: tuple[SourceFile, ...]) -> str:
    """What the files are called in messages."""
    name = files[0].name if len(files) == 1 else f"{files[0].name} and others"
    if not rows:
        raise InputProblem(name, found="no votes", expected="at least one vote")
    return name


def fingerprint(table: VoteTable) -> str:
    """A hash of the votes themselves, the same for the same last votes in any file and any order."""
    digest = hashlib.sha256()
    for ids in (table.participants, table.statements):
        digest.update(ids.cast(pl.String).str.join("\n").item().encode() + b"\0")
    for array in (table.offsets, table.statement, table.vote, table.moderated_out, table.meta):
        digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()
