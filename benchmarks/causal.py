"""``knotwork maps loops`` on the obesity map of 2007, as a whole command, with networkx beside it in the same run;
and what laying the map out costs.

Run: ``python -m benchmarks.causal [--runs 3] [--out FILE]``. The map has 108 factors and 296 links; loops are looked
for up to 8 and up to 10 factors. The whole commands read the same two tables in a process of their own, in turns; the
figures are user and system seconds and the largest resident memory of that process. networkx finds the loops and their
signs and writes nothing; most of our whole command is the start of Python, NumPy and Polars. Below stand the bare
searches and the layout in one warm process, the best of ten.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from time import process_time

from benchmarks.opinion import Figures, measure, median

MAP = Path(__file__).parents[1] / "tests/data/maps/foresight-obesity"
UP_TO = (8, 10)
TARGET_LAYOUT_CPU_SECONDS = 1.0
TIMES = 10
A_LABEL = (160.0, 44.0)


def read_links(folder: Path) -> list[tuple[str, str, int]]:
    """Source, target and sign of each link."""
    with (folder / "links.csv").open(encoding="utf-8", newline="") as file:
        return [(row["source"], row["target"], int(row["sign"])) for row in csv.DictReader(file)]


def read_factors(folder: Path) -> list[str]:
    """The ids of all factors."""
    with (folder / "factors.csv").open(encoding="utf-8", newline="") as file:
        return [row["id"] for row in csv.DictReader(file)]


def run_networkx(folder: Path, up_to: int) -> None:
    """What an analyst would write to find the loops and their signs with networkx."""
    import networkx

    graph = networkx.DiGraph()
    graph.add_weighted_edges_from(read_links(folder), weight="sign")
    for loop in networkx.simple_cycles(graph, length_bound=up_to):
        sign = 1
        for source, target in zip(loop, [*loop[1:], loop[0]], strict=True):
            sign *= graph.edges[source, target]["sign"]


def whole_commands(runs: int, up_to: int) -> list[Figures]:
    """The middle of several runs of both, in turns."""
    size = str(up_to)
    knotwork = shutil.which("knotwork", path=str(Path(sys.executable).parent)) or "knotwork"
    ours: list[Figures] = []
    theirs: list[Figures] = []
    with tempfile.TemporaryDirectory() as out:
        for _ in range(runs):
            command = [knotwork, "maps", "loops", str(MAP), "--up-to", size, "--out", out]
            ours.append(measure(f"knotwork, up to {size}", command))
            peer = [sys.executable, "-m", "benchmarks.causal", "--networkx", str(MAP), "--up-to", size]
            theirs.append(measure(f"networkx, up to {size}", peer))
    return [median(ours), median(theirs)]


def best_of(work: Callable[[], object]) -> float:
    """The least CPU seconds of several times."""
    seconds = []
    for _ in range(TIMES):
        began = process_time()
        work()
        seconds.append(process_time() - began)
    return round(min(seconds), 4)


def bare_figures() -> dict[str, float]:
    """CPU seconds of the searches alone, and of the layout."""
    import networkx
    import numpy as np

    from knotwork.methods.causal.graph import signed_graph
    from knotwork.methods.causal.layout import layout
    from knotwork.methods.causal.loops import feedback_loops

    rows = read_links(MAP)
    graph = signed_graph(
        read_factors(MAP), [(source, target, sign, float(sign), 1.0) for source, target, sign in rows]
    )
    peer = networkx.DiGraph([row[:2] for row in rows])
    sizes = np.tile(A_LABEL, (len(graph.factors), 1))
    figures = {}
    for size in UP_TO:
        figures[f"search, up to {size}"] = best_of(partial(feedback_loops, graph, up_to=size))
        figures[f"networkx, up to {size}"] = best_of(
            lambda size=size: list(networkx.simple_cycles(peer, length_bound=size))  # type: ignore[misc]
        )
    return figures | {"layout": best_of(lambda: layout(graph, sizes))}


def main() -> int:
    """Measure all, print the table, write the JSON; status 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--networkx", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--up-to", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.networkx:
        run_networkx(asked.networkx, asked.up_to)
        return 0
    rows = [row for size in UP_TO for row in whole_commands(asked.runs, size)]
    bare = bare_figures()
    print(f"{'':24}{'CPU seconds':>12}{'peak MB':>10}")
    for row in rows:
        print(f"{row.name:24}{row.cpu_seconds:>12.2f}{row.peak_megabytes:>10.0f}")
    print("Searches alone, and the layout")
    for name, seconds in bare.items():
        print(f"{name:24}{seconds:>12.4f}")
    quick = all(bare[f"search, up to {size}"] <= bare[f"networkx, up to {size}"] for size in UP_TO)
    light = bare["layout"] <= TARGET_LAYOUT_CPU_SECONDS
    print(f"Target: a search no slower than that of networkx: {'met' if quick else 'missed'}")
    print(f"Target: layout in {TARGET_LAYOUT_CPU_SECONDS} CPU seconds: {'met' if light else 'missed'}")
    if asked.out:
        record = {
            "map": MAP.name,
            "up_to": UP_TO,
            "runs": asked.runs,
            "target_layout_cpu_seconds": TARGET_LAYOUT_CPU_SECONDS,
            "figures": [asdict(row) for row in rows],
            "bare_cpu_seconds": bare,
        }
        asked.out.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    return 0 if quick and light else 1


if __name__ == "__main__":
    sys.exit(main())
