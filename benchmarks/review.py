"""What it costs to rank the bids of a call with their bands, and to say who reads which.

Run: ``python -m benchmarks.review [--out FILE]``. Sixty bids are scored by five reviewers on six criteria, with a
fixed seed, and ranked with a thousand draws; and 500 bids are given to thirty reviewers, three each, with conflicts.
Each is a process of its own, from the start of Python; the figures are its processor seconds and its largest memory.
Then the pages of such a panel's meeting are read from a database (:mod:`benchmarks.made_panel`), in processor
milliseconds; ``--methods`` leaves them out.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from benchmarks.opinion import Figures, measure

TARGET_SECONDS = 1.0
_RANK = """
import numpy as np
from knotwork.methods.review import PanelScores, rank_bids
from knotwork.methods.language import krippendorff_alpha
random = np.random.default_rng(0)
reviewer, bid, criterion = (part.ravel() for part in np.meshgrid(range(5), range(60), range(6)))
worth = random.normal(3, 1, 60)
score = np.clip(np.rint(worth[bid] + random.normal(0, 0.8, len(bid))), 0, 5)
scores = PanelScores([f"r{r}" for r in reviewer], [f"b{b:02}" for b in bid], [f"c{c}" for c in criterion], score)
found = rank_bids(scores, weights={f"c{c}": c + 1 for c in range(6)}, places=25)
krippendorff_alpha(score.reshape(60, 5, 6).transpose(1, 0, 2).reshape(5, -1), "interval")
"""
_ASSIGN = """
import numpy as np
from knotwork.methods.review import assign_reviewers
random = np.random.default_rng(0)
people, bids = [f"r{r:02}" for r in range(30)], [f"b{b:03}" for b in range(500)]
apart = {(people[r], bids[b]) for r, b in zip(random.integers(0, 30, 900), random.integers(0, 500, 900))}
assign_reviewers(people, bids, each=3, conflicts=apart)
"""


def measured() -> list[Figures]:
    """The figures of both."""
    return [
        measure("60 bids, 5 reviewers, 6 criteria, bands and alpha", [sys.executable, "-c", _RANK]),
        measure("500 bids to 30 reviewers, 3 each", [sys.executable, "-c", _ASSIGN]),
    ]


def pages() -> dict[str, float]:
    """Processor milliseconds of the meeting's pages, from the database to HTML, in a home that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="knotwork-bench-") as home:
        settings = {"KNOTWORK_HOME": home, "DJANGO_SETTINGS_MODULE": "knotwork.website.settings"}
        command = [sys.executable, "-m", "benchmarks.made_panel"]
        done = subprocess.run(
            command, env=os.environ | settings, check=True, stdout=subprocess.PIPE, text=True
        )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main() -> int:
    """Measure and print; status 1 where ranking, or the page that shows it, takes longer than it may."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--out", type=Path)
    words.add_argument("--methods", action="store_true", help="without the pages")
    asked = words.parse_args()
    found = measured()
    for one in found:
        print(f"{one.name:52}{one.cpu_seconds:8.2f} s{one.peak_megabytes:8.0f} MB")
    read = {} if asked.methods else pages()
    for name, milliseconds in read.items():
        print(f"{name:52}{milliseconds:8.0f} ms")
    if asked.out:
        kept = {"methods": [asdict(one) for one in found], "pages_ms": read}
        asked.out.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
    slowest = max([found[0].cpu_seconds, *(each / 1000 for each in read.values())])
    return 0 if slowest <= TARGET_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
