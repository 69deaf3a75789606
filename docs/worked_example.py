"""The figures of the worked example: ours worked out anew, and those of red-dwarf as they were when it was run.

Run: ``python -m docs.worked_example`` writes the tables between the marks of ``docs/analysts/worked-example.md``.
With ``--peer`` it runs red-dwarf first (the optional part ``bench``) and keeps its figures beside the page. A test
holds the page against our figures of the day.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from knotwork.formats.conversation_input import read_conversation
from knotwork.methods.opinion import OpinionOptions, OpinionResult, VoteTable, analyse
from knotwork.methods.opinion.rand_index import adjusted_rand_index

ROOT = Path(__file__).parents[1]
CONVERSATION = ROOT / "tests/data/conversations/scoop-hivemind.biodiversity"
PAGE = ROOT / "docs/analysts/worked-example.md"
PEER = ROOT / "docs/analysts/worked-example-red-dwarf.json"
MARK = re.compile(r"(<!-- figures: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
LETTERS = "ABCDE"
MOST_SHOWN = 8


def run_red_dwarf(table: VoteTable) -> dict[str, Any]:
    """What red-dwarf finds in the same last votes, with its own choices."""
    from reddwarf.implementations.polis import run_pipeline

    people, statements = table.participants.cast(pl.Int64), table.statements.cast(pl.Int64)
    votes = [
        {
            "participant_id": people[int(who)],
            "statement_id": statements[int(what)],
            "vote": int(vote),
            "modified": 0,
        }
        for who, what, vote in zip(table.person, table.statement, table.vote, strict=True)
    ]
    rejected = statements.filter(pl.Series(table.moderated_out)).to_list()
    found = run_pipeline(votes=votes, mod_out_statement_ids=rejected, random_state=0)
    cluster = found.participants_df["cluster_id"].dropna()
    by_size = cluster.value_counts().index.tolist()
    letter = {number: LETTERS[place] for place, number in enumerate(by_size)}
    return {
        "version": version("red-dwarf"),
        "groups": {str(who): letter[number] for who, number in cluster.items()},
        "positions": {str(who): [float(x) for x in at] for who, at in found.participant_projections.items()},
        "consensus_agree": {
            str(what): float(value) for what, value in found.group_aware_consensus["agree"].items()
        },
        "representative": {
            letter[int(number)]: [str(one["tid"]) for one in chosen]
            for number, chosen in found.repness.items()
        },
        "everybody_agrees": [str(one["tid"]) for one in found.consensus["agree"]],
    }


def tables() -> dict[str, str]:
    """Each table of the page, by its mark."""
    table = read_conversation(CONVERSATION).table
    peer = json.loads(PEER.read_text(encoding="utf-8"))
    ours = analyse(table)
    given = analyse(table, OpinionOptions(given=peer["groups"], resamples=0))
    return {
        "groups": groups_table(ours, peer),
        "common_ground": common_ground_table(ours, peer),
        "representative": representative_table(ours, peer),
        "same_groups": same_groups_table(given, peer),
        "far_apart": far_apart_table(ours),
    }


def groups_table(ours: OpinionResult, peer: dict[str, Any]) -> str:
    """Sizes, and how alike the groups are to those that Polis published."""
    own = dict(
        ours.to_frames()["participants"].drop_nulls("group").select("participant", "group").iter_rows()
    )
    polis = dict(_read("participants-votes.csv.gz", "participant", "group-id"))
    polis = {who: group for who, group in polis.items() if group}
    rows = [
        [name, str(len(set(groups.values()))), _sizes(groups), f"{_alike(groups, polis):.2f}"]
        for name, groups in (
            ("Knotwork", own),
            (f"red-dwarf {peer['version']}", peer["groups"]),
            ("Polis", polis),
        )
    ]
    between = f"Knotwork and red-dwarf are alike to {_alike(own, peer['groups']):.2f}.\n"
    return _table(["", "groups", "people in each", "adjusted Rand index with Polis"], rows) + "\n" + between


def common_ground_table(ours: OpinionResult, peer: dict[str, Any]) -> str:
    """What all groups agree on most, by both programs, and how bridging sees it."""
    statements = ours.to_frames()["statements"].filter(~pl.col("moderated_out"))
    best = statements.sort("consensus_agree", descending=True).head(MOST_SHOWN)
    words = dict(_read("comments.csv.gz", "comment-id", "comment-body"))
    rows = [
        [
            f"{row['statement']}. {_short(words[row['statement']])}",
            _with_limits(row, "consensus_agree"),
            f"{peer['consensus_agree'][row['statement']]:.3f}",
            _with_limits(row, "bridging"),
        ]
        for row in best.iter_rows(named=True)
    ]
    return _table(["statement", "consensus, Knotwork", "consensus, red-dwarf", "bridging, Knotwork"], rows)


def representative_table(ours: OpinionResult, peer: dict[str, Any]) -> str:
    """What sets each group apart, by number."""
    own = ours.to_frames()["representative"]
    rows = [
        [group, _numbers(own.filter(pl.col("group") == group)["statement"].to_list()), _numbers(chosen)]
        for group, chosen in sorted(peer["representative"].items())
    ]
    return _table(["group", "Knotwork", "red-dwarf"], rows)


def same_groups_table(given: OpinionResult, peer: dict[str, Any]) -> str:
    """What is left of the differences once both look at the same groups."""
    frames = given.to_frames()
    consensus = frames["statements"].select("statement", "consensus_agree").rows()
    others = peer["consensus_agree"]
    apart = max(abs(value - others[what]) for what, value in consensus if what in others)
    own = frames["representative"].group_by("group").agg("statement")
    chosen = {group: sorted(numbers) for group, numbers in own.iter_rows()}
    alike = sum(chosen[group] == sorted(numbers) for group, numbers in peer["representative"].items())
    agreed = frames["consensus"].filter(pl.col("direction") == "agree")["statement"].to_list()
    places = np.array([peer["positions"][who] for who in given.table.participants])
    turned = [
        abs(np.corrcoef(*pair)[0, 1]) for pair in zip(given.landscape.positions.T, places.T, strict=True)
    ]
    rows = [
        ["largest difference in group-aware consensus", "0" if apart == 0 else f"{apart:.0e}"],
        ["groups whose representative statements are the same", f"{alike} of {len(chosen)}"],
        [
            "statements that everybody agrees with",
            "the same" if agreed == peer["everybody_agrees"] else "others",
        ],
        [
            "correlation of the positions, first and second axis",
            ", ".join(f"{value:.6f}" for value in turned),
        ],
    ]
    return _table(["with red-dwarf's groups given to Knotwork", ""], rows)


def far_apart_table(ours: OpinionResult) -> str:
    """Where bridging and group-aware consensus tell different stories."""
    words = dict(_read("comments.csv.gz", "comment-id", "comment-body"))
    consensus, bridging = ours.common_ground.consensus_agree, ours.bridging.score
    both = ~np.isnan(consensus) & ~np.isnan(bridging)
    rows = []
    for position in ours.two_scores.far_apart.tolist():
        number = str(ours.table.statements[position])
        counts = zip(ours.group_counts.agree[:, position], ours.group_counts.seen[:, position], strict=True)
        ranks = [str(1 + int((score[both] > score[position]).sum())) for score in (consensus, bridging)]
        rows.append([f"{number}. {_short(words[number])}", *(f"{a} of {s}" for a, s in counts), *ranks])
    names = [f"agree in {name}" for name in ours.grouping.names]
    head = ["statement", *names, "rank by consensus", "rank by bridging"]
    two = ours.two_scores
    over = f"Spearman's correlation of the two, over {two.statements} statements: {two.correlation:.2f}."
    return f"{_table(head, rows)}\n{over}\n"


def _read(name: str, *columns: str) -> list[tuple[str, ...]]:
    with gzip.open(CONVERSATION / name, "rt", encoding="utf-8", newline="") as file:
        return [tuple(row[column] for column in columns) for row in csv.DictReader(file)]


def _alike(one: dict[str, str], other: dict[str, str]) -> float:
    both = sorted(one.keys() & other.keys())
    return adjusted_rand_index([one[who] for who in both], [other[who] for who in both])


def _sizes(groups: dict[str, str]) -> str:
    return ", ".join(map(str, sorted(map(list(groups.values()).count, set(groups.values())), reverse=True)))


def _with_limits(row: dict[str, Any], name: str) -> str:
    return f"{row[name]:.3f} ({row[f'{name}_low']:.2f} to {row[f'{name}_high']:.2f})"


def _numbers(numbers: list[str]) -> str:
    return ", ".join(map(str, numbers))


def _short(words: str, most: int = 110) -> str:
    words = " ".join(words.split()).replace("|", "/")
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " ..."


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def filled(page: str) -> str:
    """The page with its tables as they are today."""
    found = tables()
    return MARK.sub(lambda mark: f"{mark[1]}\n{found[mark[2]]}\n{mark[3]}", page)


def main() -> int:
    """Write the page's tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--peer", action="store_true", help="run red-dwarf and keep its figures")
    if parser.parse_args().peer:
        found = run_red_dwarf(read_conversation(CONVERSATION).table)
        PEER.write_text(json.dumps(found, sort_keys=True) + "\n", encoding="utf-8")
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
