"""``knotwork opinion analyse`` on a real conversation, as a whole command, with red-dwarf beside it in the
same run.

Run: ``python -m benchmarks.opinion [--runs 3] [--out FILE]``. Bowling Green has 2,031 people, 896 statements
and 225,524 last votes. Ours is run without resamples and with 100. All read the same file in a process of their
own, in turns; the figures are user and
system seconds and the largest resident memory of that process, from the start of Python to its end. red-dwarf
runs its implementation of the Polis pipeline and writes nothing.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import platform
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

CONVERSATION = Path(__file__).parents[1] / "tests/data/conversations/american-assembly.bowling-green"
RESAMPLES = {"knotwork, no resamples": "0", "knotwork, 100 resamples": "100"}
TARGET_CPU_SECONDS = {"knotwork, no resamples": 1.0, "knotwork, 100 resamples": 6.0}


@dataclass(frozen=True)
class Figures:
    """What one process cost."""

    name: str
    cpu_seconds: float
    peak_megabytes: float


def measure(name: str, command: Sequence[str]) -> Figures:
    """Run a command in silence; what it and its children cost."""
    silence = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]
    process = os.posix_spawn(command[0], list(command), os.environ, file_actions=silence)
    _, status, used = os.wait4(process, 0)
    if status:
        raise SystemExit(f"{name} ended with status {os.waitstatus_to_exitcode(status)}: {' '.join(command)}")
    # The unit of ru_maxrss is a kilobyte on Linux and a byte on macOS.
    unit = 2**20 if platform.system() == "Darwin" else 2**10
    return Figures(name, used.ru_utime + used.ru_stime, used.ru_maxrss / unit)


def run_red_dwarf(folder: Path) -> None:
    """What an analyst would write to run red-dwarf on the same file."""
    from reddwarf.implementations.polis import run_pipeline

    about = ("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree")
    with gzip.open(folder / "participants-votes.csv.gz", "rt", encoding="utf-8", newline="") as file:
        votes = [
            {
                "participant_id": int(row["participant"]),
                "statement_id": int(statement),
                "vote": int(vote),
                "modified": 0,
            }
            for row in csv.DictReader(file)
            for statement, vote in row.items()
            if vote and statement not in about
        ]
    with gzip.open(folder / "comments.csv.gz", "rt", encoding="utf-8", newline="") as file:
        rejected = [int(row["comment-id"]) for row in csv.DictReader(file) if row["moderated"] == "-1"]
    run_pipeline(votes=votes, mod_out_statement_ids=rejected, random_state=0)


def median(figures: Sequence[Figures]) -> Figures:
    """The middle of several runs."""
    return Figures(
        figures[0].name,
        round(statistics.median(one.cpu_seconds for one in figures), 2),
        round(statistics.median(one.peak_megabytes for one in figures)),
    )


def main() -> int:
    """Measure both, print the table, write the JSON; status 1 where the target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--red-dwarf", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.red_dwarf:
        run_red_dwarf(asked.red_dwarf)
        return 0
    knotwork = shutil.which("knotwork", path=str(Path(sys.executable).parent)) or "knotwork"
    commands = {
        name: [knotwork, "opinion", "analyse", str(CONVERSATION), "--resamples", times]
        for name, times in RESAMPLES.items()
    }
    peer = [sys.executable, "-m", "benchmarks.opinion", "--red-dwarf", str(CONVERSATION)]
    runs: dict[str, list[Figures]] = {}
    with tempfile.TemporaryDirectory() as out:
        for _ in range(asked.runs):
            for name, command in commands.items():
                runs.setdefault(name, []).append(measure(name, [*command, "--out", out]))
            runs.setdefault("red-dwarf", []).append(measure("red-dwarf", peer))
    rows = [median(figures) for figures in runs.values()]
    print(f"{'':24}{'CPU seconds':>12}{'peak MB':>10}{'target':>10}")
    for row in rows:
        target = TARGET_CPU_SECONDS.get(row.name, "")
        print(f"{row.name:24}{row.cpu_seconds:>12.2f}{row.peak_megabytes:>10.0f}{target:>10}")
    met = all(row.cpu_seconds <= TARGET_CPU_SECONDS.get(row.name, row.cpu_seconds) for row in rows)
    print(f"Targets, as whole commands: {'met' if met else 'missed'}")
    if asked.out:
        record = {
            "conversation": CONVERSATION.name,
            "runs": asked.runs,
            "target_cpu_seconds": TARGET_CPU_SECONDS,
            "figures": [asdict(row) for row in rows],
        }
        asked.out.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
