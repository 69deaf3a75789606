"""``knotwork measures`` as whole commands: control charts of many series, and inequality within many areas.

Run: ``python -m benchmarks.measures [--runs 3] [--out FILE]``. 1,000 series of 60 months, and 1,000 areas of ten
tenths of deprivation, both made with a fixed seed. The figures are user and system seconds and the largest resident
memory of the command, from the start of Python to its end.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.opinion import Figures, measure, median

SERIES, MONTHS, AREAS, TENTHS = 1_000, 60, 1_000, 10
TARGET_CPU_SECONDS = {"spc": 2.0, "inequality": 2.0}


def write_series(path: Path) -> None:
    """Monthly values of many series, here and there with a shift or without a value."""
    random = np.random.default_rng(0)
    values = (
        100
        + random.normal(0, 5, (SERIES, MONTHS)).cumsum(axis=1) * 0.1
        + random.normal(0, 5, (SERIES, MONTHS))
    )
    months = [f"{2020 + at // 12}-{at % 12 + 1:02}-01" for at in range(MONTHS)]
    kept = np.where(random.random(values.shape) < 0.01, np.nan, values).ravel()
    table = {
        "series": np.repeat([f"E{number:08}" for number in range(SERIES)], MONTHS),
        "date": months * SERIES,
        "value": pl.Series(kept).fill_nan(None),
    }
    pl.DataFrame(table).write_csv(path)


def write_areas(path: Path) -> None:
    """The tenths of many areas, with a slope over deprivation."""
    random = np.random.default_rng(0)
    tenth = np.tile(np.arange(1, TENTHS + 1), AREAS)
    table = {
        "area": np.repeat([f"E{number:08}" for number in range(AREAS)], TENTHS),
        "quantile": tenth,
        "population": random.integers(500, 5_000, len(tenth)),
        "value": 30 - tenth + random.normal(0, 1, len(tenth)),
        "standard_error": random.uniform(0.3, 1, len(tenth)),
    }
    pl.DataFrame(table).write_csv(path)


def main() -> int:
    """Measure both, print the table, write the JSON; status 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    knotwork = shutil.which("knotwork", path=str(Path(sys.executable).parent)) or "knotwork"
    figures: list[Figures] = []
    with tempfile.TemporaryDirectory() as folder:
        series, areas, out = (
            Path(folder, "series.csv"),
            Path(folder, "areas.csv"),
            str(Path(folder, "out.csv")),
        )
        write_series(series)
        write_areas(areas)
        commands = {
            "spc": ["spc", str(series), "--improvement", "increase", "--out", out],
            "inequality": ["inequality", str(areas), "--out", out],
        }
        for name, words in commands.items():
            runs = [measure(name, [knotwork, "measures", *words]) for _ in range(asked.runs)]
            figures.append(median(runs))
    print(f"{'':12}{'CPU seconds':>12}{'peak MB':>10}{'target':>10}")
    met = True
    for row in figures:
        target = TARGET_CPU_SECONDS[row.name]
        met = met and row.cpu_seconds <= target
        print(f"{row.name:12}{row.cpu_seconds:>12.2f}{row.peak_megabytes:>10.0f}{target:>10.1f}")
    if asked.out:
        record = {
            "series": SERIES,
            "months": MONTHS,
            "areas": AREAS,
            "runs": asked.runs,
            "target_cpu_seconds": TARGET_CPU_SECONDS,
            "figures": [asdict(row) for row in figures],
        }
        asked.out.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
