"""The result of an analysis as tables, one per file of the command line's contract.

Rows are ordered: participants and statements by id, groups by letter, then as each table says. What is
missing is null, never NaN. Columns for what is not computed are there and empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from knotwork.methods.arrays import Counts, Floats

if TYPE_CHECKING:
    from knotwork.methods.opinion.analysis import OpinionResult

__all__ = ["opinion_frames"]


def opinion_frames(result: OpinionResult) -> dict[str, pl.DataFrame]:
    """All tables, by file name without ending."""
    return {
        "participants": participants_frame(result),
        "statements": statements_frame(result),
        "groups": groups_frame(result),
        "solutions": solutions_frame(result),
        "group_statements": group_statements_frame(result),
        "representative": representative_frame(result),
        "consensus": consensus_frame(result),
        "components": components_frame(result),
    }


def participants_frame(result: OpinionResult) -> pl.DataFrame:
    """Everybody who voted: her votes, her position, her group, and how often she stays in it."""
    positions = result.landscape.positions
    return pl.DataFrame(
        {
            "participant": result.table.participants,
            "votes": result.table.votes_per_person,
            "in_conversation": result.grouping.in_conversation,
            "x": measured(positions[:, 0]),
            "y": measured(positions[:, 1]),
            "group": _names(result, result.grouping.labels),
            "group_stability": _stays(result),
        }
    )


def statements_frame(result: OpinionResult) -> pl.DataFrame:
    """Every statement, the moderated ones too, with the votes of everybody and what they amount to."""
    table, counts, ground = result.table, result.counts, result.common_ground
    return pl.DataFrame(
        {
            "statement": table.statements,
            "moderated_out": table.moderated_out,
            "meta": table.meta,
            "agree": counts.agree[0],
            "disagree": counts.disagree[0],
            "pass": counts.passed[0],
            "seen": counts.seen[0],
            "extremity": measured(result.landscape.extremity),
            "priority": measured(result.priority),
            "consensus_agree": measured(ground.consensus_agree),
            "consensus_agree_low": measured(ground.consensus_agree_low),
            "consensus_agree_high": measured(ground.consensus_agree_high),
            "consensus_disagree": measured(ground.consensus_disagree),
            "bridging": measured(result.bridging.score),
            "bridging_low": measured(result.bridging.low),
            "bridging_high": measured(result.bridging.high),
            "divisiveness": measured(ground.divisiveness),
        }
    )


def groups_frame(result: OpinionResult) -> pl.DataFrame:
    """The groups, how many people are in each, and how much of it resampling finds again."""
    names = result.grouping.names
    stability = result.stability.of(result.grouping.chosen)
    return pl.DataFrame(
        {
            "group": pl.Series(names, dtype=pl.String),
            "size": result.grouping.sizes,
            "stability": _empty(len(names)) if stability is None else measured(stability.overlaps),
        }
    )


def solutions_frame(result: OpinionResult) -> pl.DataFrame:
    """Every number of groups that was tried; one without a silhouette had too small a group and is not
    offered."""
    solutions = result.grouping.solutions
    stable = {one.groups: one.rand_index for one in result.stability.solutions}
    return pl.DataFrame(
        {
            "groups": pl.Series([one.groups for one in solutions], dtype=pl.Int64),
            "silhouette": measured(np.array([one.silhouette for one in solutions], np.float64)),
            "stability": pl.Series([stable.get(one.groups) for one in solutions], dtype=pl.Float64),
            "chosen": pl.Series(
                [one.groups == result.grouping.chosen for one in solutions], dtype=pl.Boolean
            ),
        }
    )


def group_statements_frame(result: OpinionResult) -> pl.DataFrame:
    """For each group and each statement the votes of the group's members."""
    statements, counts = result.table.statements, result.group_counts
    groups = len(result.grouping.names)
    return pl.DataFrame(
        {
            "group": _names(result, np.repeat(np.arange(groups), len(statements))),
            "statement": statements.gather(np.tile(np.arange(len(statements)), groups)),
            "agree": counts.agree.ravel(),
            "disagree": counts.disagree.ravel(),
            "pass": counts.passed.ravel(),
            "seen": counts.seen.ravel(),
        }
    )


def representative_frame(result: OpinionResult) -> pl.DataFrame:
    """What sets each group apart, in the order in which to read it."""
    rows = [
        (group, rank, one)
        for group, chosen in enumerate(result.representative)
        for rank, one in enumerate(chosen, start=1)
    ]
    return pl.DataFrame(
        {
            "group": _names(result, np.array([group for group, _, _ in rows], np.int64)),
            "rank": pl.Series([rank for _, rank, _ in rows], dtype=pl.Int64),
            "statement": result.table.statements.gather([one.statement for _, _, one in rows]),
            "direction": pl.Series([one.direction for _, _, one in rows], dtype=pl.String),
            "probability": pl.Series([one.probability for _, _, one in rows], dtype=pl.Float64),
            "probability_test": pl.Series([one.probability_test for _, _, one in rows], dtype=pl.Float64),
            "representativeness": pl.Series([one.representativeness for _, _, one in rows], dtype=pl.Float64),
            "representativeness_test": pl.Series(
                [one.representativeness_test for _, _, one in rows], dtype=pl.Float64
            ),
        }
    )


def consensus_frame(result: OpinionResult) -> pl.DataFrame:
    """What everybody agrees with, then what everybody disagrees with."""
    found = result.consensus
    agreeing = sum(1 for one in found if one.direction == "agree")
    ranks = [*range(1, agreeing + 1), *range(1, len(found) - agreeing + 1)]
    return pl.DataFrame(
        {
            "direction": pl.Series([one.direction for one in found], dtype=pl.String),
            "rank": pl.Series(ranks, dtype=pl.Int64),
            "statement": result.table.statements.gather([one.statement for one in found]),
            "probability": pl.Series([one.probability for one in found], dtype=pl.Float64),
            "probability_test": pl.Series([one.probability_test for one in found], dtype=pl.Float64),
        }
    )


def components_frame(result: OpinionResult) -> pl.DataFrame:
    """The centre and the two components, statement by statement."""
    landscape = result.landscape
    return pl.DataFrame(
        {
            "statement": result.table.statements,
            "mean": measured(landscape.mean),
            "component_1": measured(landscape.components[0]),
            "component_2": measured(landscape.components[1]),
        }
    )


def measured(values: Floats) -> pl.Series:
    """Floats with NaN as null, and without the minus of a rounded zero."""
    return pl.Series(values + 0.0, dtype=pl.Float64).fill_nan(None)


def _empty(rows: int) -> pl.Series:
    return pl.Series([None] * rows, dtype=pl.Float64)


def _stays(result: OpinionResult) -> pl.Series:
    """For each person the share of resamples in which she stays in her group; null for those in no group."""
    stability = result.stability.of(result.grouping.chosen)
    shares = np.full(len(result.grouping.labels), np.nan)
    if stability is not None:
        shares[result.grouping.in_conversation] = stability.stays
    return measured(shares)


def _names(result: OpinionResult, labels: Counts) -> pl.Series:
    """The group's name for each label, null for -1."""
    names = pl.Series([*result.grouping.names, None], dtype=pl.String)
    return names.gather(np.where(labels < 0, len(names) - 1, labels))
