"""Votes for the tests: real conversations, small made ones, and ways to make more."""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from hypothesis import strategies

from knotwork.formats.conversation_input import read_conversation
from knotwork.methods.opinion import VoteTable, vote_table

DATA = Path(__file__).parents[2] / "data"
CONVERSATIONS = DATA / "conversations"
POLIS_MATH = DATA / "polis-math" / "150ptpt-3gp-no-strict-no-meta"


@cache
def conversation(name: str) -> VoteTable:
    """A real conversation by (part of) the name of its folder."""
    (folder,) = CONVERSATIONS.glob(f"*{name}*")
    return read_conversation(folder).table


@cache
def polis_math() -> dict[str, Any]:
    """Polis' own mathematical result for the conversation in ``POLIS_MATH``."""
    result: dict[str, Any] = json.loads(gzip.decompress((POLIS_MATH / "math-pca2.json.gz").read_bytes()))
    return result


def polis_groups(name: str) -> dict[str, str]:
    """The group in which Polis saw each person, where it saw her in one."""
    (folder,) = CONVERSATIONS.glob(f"*{name}*")
    rows = gzip.decompress((folder / "participants-votes.csv.gz").read_bytes())
    frame = pl.read_csv(rows, infer_schema=False, columns=["participant", "group-id"]).drop_nulls()
    return dict(frame.iter_rows())


def table_from_matrix(matrix: list[list[int | None]], **flags: list[bool]) -> VoteTable:
    """People are rows, statements columns, None is no vote."""
    rows = [(i, j, vote) for i, row in enumerate(matrix) for j, vote in enumerate(row) if vote is not None]
    votes = pl.DataFrame(
        rows, schema={"participant": pl.Int64, "statement": pl.Int64, "vote": pl.Int8}, orient="row"
    )
    statements = pl.DataFrame({"statement": range(len(matrix[0]) if matrix else 0), **flags})
    return vote_table(votes, statements, pl.Series(range(len(matrix)), dtype=pl.Int64))


def made_votes(
    people: int, statements: int, *, camps: int = 2, seen: float = 0.6, seed: int = 0
) -> pl.DataFrame:
    """People in camps that hold different opinions, each of whom has seen a part of the statements."""
    random = np.random.default_rng(seed)
    opinion = random.choice([-1.0, 1.0], (camps, statements))
    camp = np.arange(people) % camps
    leaning = opinion[camp] + random.normal(0, 0.8, (people, statements))
    votes = np.where(np.abs(leaning) < 0.3, 0, np.sign(leaning)).astype(np.int8)
    person, statement = np.nonzero(random.random((people, statements)) < seen)
    return pl.DataFrame({"participant": person, "statement": statement, "vote": votes[person, statement]})


def matrices(people: int = 14, statements: int = 8) -> strategies.SearchStrategy[list[list[int | None]]]:
    """Vote matrices with holes."""
    cell = strategies.sampled_from([1, 0, -1, None])
    return strategies.integers(1, statements).flatmap(
        lambda width: strategies.lists(
            strategies.lists(cell, min_size=width, max_size=width), min_size=1, max_size=people
        )
    )


def same_bytes(one: dict[str, pl.DataFrame], other: dict[str, pl.DataFrame]) -> bool:
    """Are two sets of tables the same to the last digit?"""
    return {name: frame.write_csv() for name, frame in one.items()} == {
        name: frame.write_csv() for name, frame in other.items()
    }
