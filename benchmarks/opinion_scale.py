"""``knotwork opinion analyse`` on made conversations of ten thousand to fifty million votes, as whole commands.

Run: ``python -m benchmarks.opinion_scale [--large] [--picture FILE] [--out FILE]``. Votes are made with a fixed seed
(``benchmarks.made_votes``) and lie in eight Parquet parts split by person. Each size is analysed without resamples and
with 100; the figures are user and system seconds and the largest resident memory, from the start of Python to the last
file. ``--large`` adds fifty million votes (two gigabytes of memory); ``--picture`` writes the plot of cost against
votes as SVG.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from benchmarks.cost_plot import cost_plot
from benchmarks.made_votes import Size, write_parts
from benchmarks.opinion import Figures, measure
from knotwork.drawing.download import standalone_svg

SIZES = (
    Size(500, 50, 10_000),
    Size(2_000, 200, 100_000),
    Size(20_000, 300, 1_000_000),
    Size(100_000, 500, 5_000_000),
)
LARGE = Size(1_000_000, 1_000, 50_000_000)
SETTINGS = {"without resamples": "0", "100 resamples": "100"}
# People: CPU seconds and megabytes without resamples, and CPU seconds that 100 resamples may add.
TARGETS = {100_000: (3.0, 500, 30.0), 1_000_000: (30.0, 2500, None)}


def measure_size(size: Size, knotwork: str) -> tuple[int, list[Figures]]:
    """How many votes were made, and the figures of both settings."""
    with tempfile.TemporaryDirectory() as folder:
        votes = write_parts(Path(folder, "votes"), size)
        command = [
            knotwork,
            "opinion",
            "analyse",
            str(Path(folder, "votes")),
            "--out",
            str(Path(folder, "out")),
        ]
        figures = [measure(name, [*command, "--resamples", times]) for name, times in SETTINGS.items()]
    return votes, figures


def target_is_met(size: Size, figures: list[Figures]) -> bool:
    """Are seconds and memory within what was set for this size, if anything was?"""
    if size.people not in TARGETS:
        return True
    seconds, megabytes, stability = TARGETS[size.people]
    plain, stable = figures
    added = stable.cpu_seconds - plain.cpu_seconds
    return (
        plain.cpu_seconds <= seconds
        and plain.peak_megabytes <= megabytes
        and (stability is None or added <= stability)
    )


def main() -> int:
    """Measure every size, print the table, write JSON and picture; status 1 where a target is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--picture", type=Path)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    knotwork = shutil.which("knotwork", path=str(Path(sys.executable).parent)) or "knotwork"
    lines: dict[str, list[tuple[float, float]]] = {name: [] for name in SETTINGS}
    rows, met = [], True
    print(f"{'people':>10}{'statements':>12}{'votes':>12}  {'setting':20}{'CPU seconds':>12}{'peak MB':>10}")
    for size in [*SIZES, *([LARGE] if asked.large else [])]:
        votes, figures = measure_size(size, knotwork)
        met = met and target_is_met(size, figures)
        for row in figures:
            print(
                f"{size.people:>10,}{size.statements:>12,}{votes:>12,}  {row.name:20}{row.cpu_seconds:>12.2f}"
                f"{row.peak_megabytes:>10.0f}",
                flush=True,
            )
            lines[row.name].append((votes, row.cpu_seconds))
            rows.append({"people": size.people, "statements": size.statements, "votes": votes, **asdict(row)})
    print(f"Targets {'met' if met else 'missed'}: {TARGETS}")
    if asked.picture:
        title = "What an analysis costs"
        picture = cost_plot(lines, title=title, description="CPU seconds of the whole command against votes.")
        asked.picture.write_text(standalone_svg(picture) + "\n", encoding="utf-8")
    if asked.out:
        asked.out.write_text(json.dumps({"figures": rows}, indent=2) + "\n", encoding="utf-8")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
