"""How often the intervals of the opinion methods hold what they are about.

Run: ``python -m benchmarks.coverage [--conversations 12] [--out FILE]``. A large made population has its own
answer, which the method gives when everybody takes part. Conversations of some people, drawn from it, give an
interval each for every statement; counted is in how many of them the population's answer lies within.

- **Bridging.** Camps that disagree, people more and less inclined to agree, statements more and less liked;
  each person has seen a part of the statements.
- **Group-aware consensus.** Groups with a known rate of agreement for each statement, drawn evenly from 0 to
  1 (the flat prior of the interval), or mostly near the ends, as real rates are.

Both are intervals about who takes part: another draw of people of the same kind. None is about a population
from which nobody drew a sample.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import polars as pl

from knotwork.methods.arrays import Floats
from knotwork.methods.opinion import VoteTable
from knotwork.methods.opinion.bridging import bridging
from knotwork.methods.opinion.consensus_interval import consensus_interval
from knotwork.methods.opinion.landscape import landscape_of

POPULATION = 12_000
STATEMENTS = 40
LEVEL = 0.95


@dataclass(frozen=True)
class Coverage:
    """In how many of the intervals the answer lay, and how wide they were in the median."""

    what: str
    people: int
    level: float
    held: float
    width: float


@dataclass(frozen=True)
class Population:
    """Everybody's votes (2 is not seen) and the bridging score that they give together."""

    votes: np.ndarray
    score: Floats


def table_of(votes: np.ndarray) -> VoteTable:
    """A vote table from a matrix of 1, 0, -1, and 2 for what was not seen."""
    person, statement = np.nonzero(votes < 2)
    seen = np.bincount(person, minlength=len(votes))
    statements = votes.shape[1]
    return VoteTable(
        offsets=np.concatenate([[0], np.cumsum(seen)]).astype(np.int64),
        statement=statement.astype(np.int32),
        vote=votes[person, statement].astype(np.int8),
        participants=pl.Series(range(len(votes)), dtype=pl.Int64),
        statements=pl.Series(range(statements), dtype=pl.Int64),
        moderated_out=np.zeros(statements, bool),
        meta=np.zeros(statements, bool),
    )


def made_population(*, camps: int, seen: float, seed: int, people: int = POPULATION) -> Population:
    """People in camps of different sizes, and statements on which these agree or do not."""
    random = np.random.default_rng([seed, camps])
    camp = random.choice(camps, people, p=np.arange(camps, 0, -1) / (camps * (camps + 1) / 2))
    side = random.normal(0, 0.9, (camps, STATEMENTS))
    liked = random.normal(0.3, 0.8, STATEMENTS)
    inclined = random.normal(0, 0.4, (people, 1))
    opinion = liked + side[camp] + inclined + random.normal(0, 0.8, (people, STATEMENTS))
    votes = np.where(np.abs(opinion) < 0.25, 0, np.sign(opinion)).astype(np.int8)
    votes[random.random(votes.shape) >= seen] = 2
    return Population(votes, _scores(table_of(votes)))


def _scores(table: VoteTable) -> Floats:
    return bridging(table, landscape_of(table).components).score


def bridging_coverage(
    population: Population, people: int, *, conversations: int, resamples: int = 100, seed: int = 0
) -> Coverage:
    """Draw conversations from the population; how often the interval holds the population's score."""
    random = np.random.default_rng([seed, people])
    held, widths = [], []
    for _ in range(conversations):
        table = table_of(population.votes[random.integers(0, len(population.votes), people)])
        found = bridging(table, landscape_of(table).components, resamples=resamples, level=LEVEL)
        has = ~np.isnan(found.low)
        held.append(((found.low <= population.score) & (population.score <= found.high))[has].mean())
        widths.append(np.median((found.high - found.low)[has]))
    return Coverage(
        "bridging", people, LEVEL, round(float(np.mean(held)), 3), round(float(np.median(widths)), 3)
    )


def consensus_coverage(
    people: int, *, groups: int, draws: int, is_even: bool, level: float = LEVEL, seed: int = 0
) -> Coverage:
    """Groups of so many people each, with known rates; how often the interval holds their product."""
    random = np.random.default_rng([seed, people, groups])
    rate = random.random((groups, draws)) if is_even else random.beta(0.6, 0.5, (groups, draws))
    seen = np.full((groups, draws), people)
    agree = random.binomial(seen, rate)
    low, high = consensus_interval(agree, seen, level)
    held = (low <= rate.prod(axis=0)) & (rate.prod(axis=0) <= high)
    kind = "even rates" if is_even else "rates near the ends"
    return Coverage(
        f"consensus of {groups} groups, {kind}",
        people,
        level,
        round(float(held.mean()), 3),
        round(float(np.median(high - low)), 3),
    )


def main() -> int:
    """Simulate everything and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--conversations", type=int, default=12)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    rows = [
        consensus_coverage(people, groups=groups, draws=20_000, is_even=is_even)
        for groups in (1, 2, 4)
        for is_even in (True, False)
        for people in (5, 20, 100)
    ]
    for camps, seen in ((1, 0.6), (2, 0.3), (2, 0.9), (4, 0.6)):
        population = made_population(camps=camps, seen=seen, seed=1)
        for people in (40, 100, 400, 1000):
            row = bridging_coverage(population, people, conversations=asked.conversations)
            rows.append(
                Coverage(f"bridging, {camps} camps, {seen:.0%} seen", *list(asdict(row).values())[1:])
            )
            print(rows[-1], flush=True)
    print(f"{'':40}{'people':>8}{'level':>8}{'held':>8}{'width':>8}")
    for row in rows:
        print(f"{row.what:40}{row.people:>8}{row.level:>8.0%}{row.held:>8.1%}{row.width:>8.2f}")
    if asked.out:
        asked.out.write_text(json.dumps([asdict(row) for row in rows], indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
