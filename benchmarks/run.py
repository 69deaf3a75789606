"""``make bench``: every benchmark, one after the other, with results in ``benchmarks/results``."""

import os
import platform
import subprocess
import sys
from pathlib import Path

BENCHMARKS = (
    "opinion",
    "opinion_scale",
    "causal",
    "pages",
    "call_page",
    "votes",
    "drawing",
    "measures",
    "review",
    "examples",
)
RESULTS = Path(__file__).parent / "results"


def main() -> int:
    """Run them all; the exit status is that of the worst."""
    wanted = sys.argv[1:] or BENCHMARKS
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}")
    RESULTS.mkdir(exist_ok=True)
    statuses = []
    for name in wanted:
        print(f"\n== {name}", flush=True)
        command = [sys.executable, "-m", f"benchmarks.{name}", "--out", str(RESULTS / f"{name}.json")]
        statuses.append(subprocess.call(command))
    return max(statuses)


if __name__ == "__main__":
    sys.exit(main())
