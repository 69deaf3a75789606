"""Votes that were never cast, for measuring: people in camps, few of whom see everything.

Three camps of unequal size lean differently on every statement, and each person leans her own way besides. How many
statements a person sees is skewed (a few see very many), and so is how often a statement is shown. The same arguments
give the same votes. Parts are split by person: nobody stands in two of them; inside a part the votes lie in no order,
as a log has them.

Run: ``python -m benchmarks.made_votes FOLDER --people 100000 --statements 500 --votes 5000000``.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

__all__ = ["Size", "made_votes", "write_parts"]

PEOPLE_AT_A_TIME = 2_000
CAMP_SHARES = (0.5, 0.3, 0.2)
OWN_LEANING, PASSES_WITHIN = 0.8, 0.3
SKEW_OF_PEOPLE, SKEW_OF_STATEMENTS = 0.6, 0.3


@dataclass(frozen=True)
class Size:
    """How many people, statements and, about, votes."""

    people: int
    statements: int
    votes: int


def made_votes(size: Size, *, seed: int = 0) -> Iterator[pl.DataFrame]:
    """Votes of ``PEOPLE_AT_A_TIME`` people after another: participant, statement, vote."""
    random = np.random.default_rng(seed)
    leaning = random.normal(0, 1, (len(CAMP_SHARES), size.statements)).astype(np.float32)
    shown = random.lognormal(0, SKEW_OF_STATEMENTS, size.statements).astype(np.float32)
    shown /= shown.mean()
    for start in range(0, size.people, PEOPLE_AT_A_TIME):
        people = min(PEOPLE_AT_A_TIME, size.people - start)
        seen = random.lognormal(-(SKEW_OF_PEOPLE**2) / 2, SKEW_OF_PEOPLE, people).astype(np.float32)
        chance = seen[:, None] * shown * (size.votes / size.people / size.statements)
        person, statement = np.nonzero(random.random(chance.shape, np.float32) < chance)
        camp = random.choice(len(CAMP_SHARES), people, p=CAMP_SHARES)
        held = leaning[camp[person], statement] + random.normal(0, OWN_LEANING, len(person))
        vote = np.where(np.abs(held) < PASSES_WITHIN, 0, np.sign(held)).astype(np.int8)
        yield pl.DataFrame(
            {
                "participant": person.astype(np.int64) + start,
                "statement": statement.astype(np.int32),
                "vote": vote,
            }
        )


def write_parts(folder: Path, size: Size, *, parts: int = 8, seed: int = 0) -> int:
    """Write the votes as Parquet parts split by person; how many votes they are."""
    folder.mkdir(parents=True, exist_ok=True)
    pieces = -(-size.people // PEOPLE_AT_A_TIME)
    bounds = [pieces * part // parts for part in range(1, parts + 1)]
    held: list[pl.DataFrame] = []
    written = part = 0
    for piece, votes in enumerate(made_votes(size, seed=seed), start=1):
        held.append(votes)
        if piece == bounds[part] or piece == pieces:
            together = pl.concat(held).sample(fraction=1, shuffle=True, seed=seed + part)
            together.write_parquet(folder / f"part-{part:04}.parquet")
            written, part, held = written + together.height, part + 1, []
    return written


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--statements", type=int, default=500)
    parser.add_argument("--votes", type=int, default=5_000_000)
    parser.add_argument("--parts", type=int, default=8)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    size = Size(asked.people, asked.statements, asked.votes)
    print(f"{write_parts(asked.folder, size, parts=asked.parts, seed=asked.seed):,} votes")


if __name__ == "__main__":
    main()
