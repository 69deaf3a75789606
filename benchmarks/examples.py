"""Loading the built-in examples one after the other into an empty installation, with what they work out and draw.

Run: ``python -m benchmarks.examples [--out FILE]``. Each is loaded by a process of its own; the figures are its user
and system seconds and its largest resident memory, from the start of Python. A target is for what comes on top of
``start``, a process that loads the same code and nothing else.
"""

import argparse
import json
import os
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from benchmarks.opinion import Figures, measure

MIGRATE = "from knotwork.website.preparation import migrate; migrate()"
START = "from knotwork.examples.services import load"
LOAD = f"{START}; load(sys.argv[1])"
EXAMPLES = ("local-vision", "local-vision-library", "open-conversations", "open-maps", "northvale")
TARGET_CPU_SECONDS = {"local-vision": 12.0, "open-maps": 4.0}


def in_django(act: str, *words: str) -> list[str]:
    """A command that sets Django up and does one thing."""
    return [sys.executable, "-c", f"import django, sys; django.setup(); {act}", *words]


def main() -> int:
    """Measure, print the table, write the JSON; status 1 where a target is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    figures: list[Figures] = []
    with tempfile.TemporaryDirectory(prefix="knotwork-examples-") as home:
        os.environ |= {"KNOTWORK_HOME": home, "DJANGO_SETTINGS_MODULE": "knotwork.website.settings"}
        figures.append(measure("tables", in_django(MIGRATE)))
        figures.append(start := measure("start", in_django(START)))
        figures.extend(measure(key, in_django(LOAD, key)) for key in EXAMPLES)
    print(f"{'':22}{'CPU seconds':>12}{'peak MB':>10}{'target':>10}")
    for row in figures:
        target = TARGET_CPU_SECONDS.get(row.name, "")
        print(f"{row.name:22}{row.cpu_seconds:>12.2f}{row.peak_megabytes:>10.0f}{target:>10}")
    if asked.out:
        record = {"target_cpu_seconds": TARGET_CPU_SECONDS, "figures": [asdict(row) for row in figures]}
        asked.out.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    most = {name: start.cpu_seconds + seconds for name, seconds in TARGET_CPU_SECONDS.items()}
    return 1 if any(row.cpu_seconds > most.get(row.name, float("inf")) for row in figures) else 0


if __name__ == "__main__":
    sys.exit(main())
