"""A folder of Parquet parts of one table of votes, each read by the worker that works on it.

Parts are meant to be **split by person**: all votes of a person in one part. Then each part is sorted by itself and
nothing has to be sorted as a whole. Where somebody does stand in two parts, all rows are read and sorted together,
which gives the same result, takes more memory, and is remarked upon.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

import polars as pl

from knotwork.formats.problems import InputProblem
from knotwork.formats.sources import Folder, SourceFile
from knotwork.formats.votes import read_votes, table_of_votes
from knotwork.methods.opinion.vote_parts import (
    PartHead,
    VoteParts,
    joined_heads,
    joined_table,
    on_statements,
)
from knotwork.methods.opinion.votes import VoteBlock, VoteTable
from knotwork.methods.partitions import Engine

Whatever = TypeVar("Whatever")

__all__ = ["PartsRead", "VotePart", "part_loaders", "read_parts"]


@dataclass(frozen=True)
class VotePart:
    """A loader: whoever calls it opens the file and makes the part's own vote table."""

    open: Callable[[], SourceFile]

    def __call__(self) -> ReadPart:
        source = self.open()
        votes = read_votes(source)
        table = table_of_votes(votes, None, source.name, by_row=True)
        head = PartHead(table.participants, table.statements)
        file = replace(source, content=b"")
        return ReadPart(table, AboutPart(file, votes.height, tuple(votes.schema.items()), head))


@dataclass(frozen=True, eq=False)
class AboutPart:
    """What is known of a part without its votes; of its file all but the content."""

    file: SourceFile
    rows: int
    columns: tuple[tuple[str, pl.DataType], ...]
    head: PartHead


@dataclass(frozen=True, eq=False)
class ReadPart:
    """A part as it was read."""

    table: VoteTable
    about: AboutPart


@dataclass(frozen=True, eq=False)
class PartsRead:
    """All parts as one table, and the parts themselves, which stay where they were read."""

    table: VoteTable
    parts: VoteParts
    rows: int
    files: tuple[SourceFile, ...]


def part_loaders(folder: Folder) -> list[VotePart]:
    """A loader for each Parquet file of the folder, in order of their names."""
    return [VotePart(folder.readers[name]) for name in sorted(folder.readers) if name.endswith(".parquet")]


def read_parts(loaders: Sequence[Callable[[], ReadPart]], engine: Engine) -> PartsRead | None:
    """Read all parts on the engine; None if somebody stands in two of them."""
    kept = engine.keep(_as_it_is, loaders)
    about = engine.measure(_about, kept)
    _refuse_different_columns(about)
    head = joined_heads([part.head for part in about])
    if head.shared:
        return None
    blocks = engine.keep(partial(_block, statements=head.statements), kept)
    table = joined_table(head, engine.measure(_as_it_is, blocks))
    parts = VoteParts(blocks, head.people)
    return PartsRead(table, parts, sum(part.rows for part in about), tuple(part.file for part in about))


def _as_it_is(part: Whatever) -> Whatever:
    return part


def _about(part: ReadPart) -> AboutPart:
    return part.about


def _block(part: ReadPart, *, statements: pl.Series) -> VoteBlock:
    return on_statements(part.table, statements)


def _refuse_different_columns(parts: Sequence[AboutPart]) -> None:
    for part in parts:
        if part.columns != parts[0].columns:
            found = ", ".join(f"{name} ({kind})" for name, kind in part.columns)
            raise InputProblem(part.file.name, found=found, expected=f"the columns of {parts[0].file.name}")
