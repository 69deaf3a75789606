"""The whole analysis of a conversation, from its votes to what a page shows.

Meaning. One call answers: where does everybody stand, which groups are there, what do they share, what sets
each apart, and what should be asked next. The steps are the files of this package, in their order: votes,
landscape, groups, counts, common ground, bridging, representative statements, priorities.

Assumptions. Those of the steps. The result is a function of the vote table, the options and the seed; the
engine and the number of partitions change no byte of it.

Cost. 0.4 CPU seconds for 2,000 people, 600 statements and 225,000 votes, and 1 more for a hundred resamples;
see docs/methods/opinion.md for a million people.

>>> votes = pl.DataFrame({"participant": [1, 1, 2, 2], "statement": [1, 2, 1, 2], "vote": [1, -1, -1, 1]})
>>> result = analyse(vote_table(votes))
>>> result.landscape.positions.round(3).tolist()
[[1.414, 0.0], [-1.414, 0.0]]
>>> result.to_frames()["statements"]["agree"].to_list(), [notice.code for notice in result.notices]
([1, 1], ['few_people', 'no_groups'])
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass

import numpy as np
import polars as pl

from knotwork.methods.arrays import Counts, Floats
from knotwork.methods.opinion import groups as grouping_method
from knotwork.methods.opinion.bridging import Bridging, bridging
from knotwork.methods.opinion.common_ground import CommonGround, common_ground
from knotwork.methods.opinion.counts import VoteCounts, count_everybody, count_votes
from knotwork.methods.opinion.frames import opinion_frames
from knotwork.methods.opinion.groups import Grouping
from knotwork.methods.opinion.landscape import Landscape, landscape_of
from knotwork.methods.opinion.representative import (
    Consensus,
    Representative,
    consensus_statements,
    representative_statements,
)
from knotwork.methods.opinion.routing import priorities
from knotwork.methods.opinion.stability import Stability, most_stable, stability_of
from knotwork.methods.opinion.summary import Notice, summarise
from knotwork.methods.opinion.two_scores import TwoScores, compare
from knotwork.methods.opinion.vote_parts import VoteParts
from knotwork.methods.opinion.votes import VoteTable, vote_table
from knotwork.methods.partitions import Engine, open_engine

__all__ = ["METHOD_VERSION", "STEPS", "OpinionOptions", "OpinionResult", "analyse", "vote_table"]

METHOD_VERSION = "2"
STEPS = ("landscape", "groups", "stability", "common ground", "bridging", "representative statements")


@dataclass(frozen=True)
class OpinionOptions:
    """What a person may choose.

    ``groups``: a number of groups asked for (2 to 20). ``given``: known groups, participant id -> label,
    instead of groups from the votes. ``level``: of the intervals. ``resamples``: how often people are drawn
    anew for stability. ``engine`` (inline, processes, dask) and ``scheduler`` say where the work is done.
    """

    groups: int | None = None
    given: Mapping[str, str] | None = None
    level: float = 0.95
    resamples: int = 100
    engine: str = "inline"
    scheduler: str | None = None

    def __post_init__(self) -> None:
        if not 0 < self.level < 1:
            raise ValueError(f"The level lies between 0 and 1, for instance 0.95; not {self.level}.")
        if self.resamples < 0:
            raise ValueError(f"The number of resamples is 0 (none) or more; not {self.resamples}.")
        if self.groups is not None and self.given is not None:
            raise ValueError("Either ask for a number of groups or give the groups, not both.")


@dataclass(frozen=True, eq=False)
class OpinionResult:
    """All that was found. Positions in arrays follow ``table.participants`` and ``table.statements``.

    ``counts`` are of everybody (one row), ``group_counts`` one row per group in the order of
    ``grouping.names``; ``representative`` has one list per group.
    """

    table: VoteTable
    options: OpinionOptions
    seed: int
    landscape: Landscape
    grouping: Grouping
    stability: Stability
    counts: VoteCounts
    group_counts: VoteCounts
    common_ground: CommonGround
    bridging: Bridging
    two_scores: TwoScores
    priority: Floats
    representative: tuple[tuple[Representative, ...], ...]
    consensus: tuple[Consensus, ...]
    notices: tuple[Notice, ...]

    def to_frames(self) -> dict[str, pl.DataFrame]:
        """The tables of the command ``knotwork opinion analyse``, by file name without ending."""
        return opinion_frames(self)

    def summary(self) -> str:
        """What was found, in plain English, for the command line."""
        return summarise(self)


def analyse(
    table: VoteTable,
    options: OpinionOptions | None = None,
    *,
    seed: int = 0,
    progress: Callable[[str], None] = lambda step: None,
    engine: Engine | None = None,
    parts: VoteParts | None = None,
) -> OpinionResult:
    """Analyse a conversation; ``progress`` is told the name of each of ``STEPS`` as it begins.

    An ``engine`` that is open already is used instead of the one that the options name; ``parts`` are the table's,
    as that engine holds them.
    """
    options = options or OpinionOptions()
    progress("landscape")
    with nullcontext(engine) if engine else open_engine(options.engine, options.scheduler) as engine:
        landscape = landscape_of(table, seed=seed, engine=engine, parts=parts)
        progress("groups")
        grouping = _grouping(table, landscape, options, seed)
        progress("stability")
        stability = _stability(landscape, grouping, options, seed, engine)
    if options.groups is None:
        grouping = most_stable(grouping, stability)
    progress("common ground")
    everybody = count_everybody(table)
    by_group = _count(table, grouping.labels, len(grouping.names))
    counted = (
        by_group.total()
        if grouping.names
        else _count(table, grouping.in_conversation.astype(np.int64) - 1, 1)
    )
    ground = common_ground(by_group, grouping.sizes, level=options.level)
    priority = priorities(
        counted.agree[0], counted.passed[0], counted.seen[0], landscape.extremity, table.meta
    )
    progress("bridging")
    bridges = bridging(
        table, landscape.components, resamples=options.resamples, level=options.level, seed=seed
    )
    two_scores = compare(bridges.score, ground.consensus_agree)
    progress("representative statements")
    shown = table.voted & ~table.zeroed
    return OpinionResult(
        table=table,
        options=options,
        seed=seed,
        landscape=landscape,
        grouping=grouping,
        stability=stability,
        counts=everybody,
        group_counts=by_group,
        common_ground=ground,
        bridging=bridges,
        two_scores=two_scores,
        priority=priority,
        representative=tuple(map(tuple, representative_statements(by_group, shown))),
        consensus=tuple(consensus_statements(everybody, shown)),
        notices=(
            *_notices(table, landscape, grouping, stability, options),
            *_bridging_notices(table, bridges, two_scores, options),
        ),
    )


def _count(table: VoteTable, labels: Counts, groups: int) -> VoteCounts:
    return count_votes(table, labels, groups, len(table.statements))


def _grouping(table: VoteTable, landscape: Landscape, options: OpinionOptions, seed: int) -> Grouping:
    talking = grouping_method.people_in_conversation(table)
    if options.given is not None:
        return grouping_method.given_groups(landscape.positions, talking, table.participants, options.given)
    return grouping_method.find_groups(landscape.positions, talking, asked=options.groups, seed=seed)


def _stability(
    landscape: Landscape, grouping: Grouping, options: OpinionOptions, seed: int, engine: Engine
) -> Stability:
    """Groups that were given are not of the votes' making: resampling says nothing about them."""
    resamples = 0 if grouping.given else options.resamples
    grouped = landscape.positions[grouping.in_conversation]
    return stability_of(grouped, grouping.solutions, resamples=resamples, seed=seed, engine=engine)


def _notices(
    table: VoteTable,
    landscape: Landscape,
    grouping: Grouping,
    stability: Stability,
    options: OpinionOptions,
) -> list[Notice]:
    found = []
    if not landscape.settled:
        found.append(Notice("components_not_settled"))
    if grouping.in_conversation.sum() <= grouping_method.FEWEST_PEOPLE:
        found.append(Notice("few_people", (int(grouping.in_conversation.sum()),)))
    if grouping.chosen is None:
        found.append(Notice("no_groups"))
    if options.groups is not None and grouping.chosen != options.groups:
        found.append(Notice("asked_not_offered", (options.groups,)))
    if options.groups is None and grouping.equally_good:
        found.append(Notice("groups_equally_good", grouping.equally_good))
    if stability.in_blocks:
        found.append(Notice("resampled_in_blocks"))
    if options.given is not None:
        named = sum(1 for label in options.given.values() if label)
        if missing := named - int((grouping.labels >= 0).sum()):
            found.append(Notice("given_without_votes", (missing,)))
    return found


def _bridging_notices(
    table: VoteTable, bridges: Bridging, two_scores: TwoScores, options: OpinionOptions
) -> list[Notice]:
    found = []
    if not bridges.settled:
        found.append(Notice("bridging_not_settled"))
    if bridges.votes and bridges.resamples < options.resamples:
        found.append(Notice("bridging_fewer_resamples", (bridges.resamples,)))
    if bridges.resamples and not bridges.resamples_settled:
        found.append(Notice("bridging_in_two_rounds"))
    if len(two_scores.far_apart):
        found.append(Notice("two_scores_differ", tuple(table.statements.gather(two_scores.far_apart))))
    return found
