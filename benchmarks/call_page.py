"""How fast the pages of a call with 500 bids come at eight readers at once; as a reviewer each page is made anew.

Run: ``python -m benchmarks.call_page [--bids 500] [--requests 400] [--out FILE]``. The bids are handed in and opened by
the services (:mod:`benchmarks.made_call`), the installation is one that ``knotwork up`` runs, and readers are those of
:mod:`benchmarks.pages`. The exit status is 1 where a page waits longer than it may.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.journeys.installation import Installation, start, wait_until_ready

from benchmarks.pages import PageFigures, measure, printed, write

TARGET_P95_MS = 200.0


def figures_of(
    installation: Installation, made: dict[str, str], bids: int, requests: int
) -> list[PageFigures]:
    """The call as a stranger and as a reviewer sees it, and what the reviewer reads of the bids."""
    call, cookie = made["call"], made["reviewer"]
    last = -(-bids // 50)
    pages = {
        "call, in": call,
        "bids": f"{call}bids/",
        "last bids": f"{call}bids/?page={last}",
        "one bid": made["bid"],
        "bids.csv": f"{call}bids.csv",
        "bids.xlsx": f"{call}bids.xlsx",
    }
    asked = [measure(installation, name, path, requests, cookie) for name, path in pages.items()]
    return [measure(installation, "call", call, requests), *asked]


def _rest(home: Path, within: float = 300.0) -> None:
    """Wait until the workers have sent what they have to send."""
    until = time.monotonic() + within
    while left := _in_home(home, "waiting"):
        if time.monotonic() > until:
            raise RuntimeError(f"{left} tasks still wait after {within:.0f} s.")
        time.sleep(3)


def _in_home(home: Path, *words: str) -> Any:
    settings = {"KNOTWORK_HOME": str(home), "DJANGO_SETTINGS_MODULE": "knotwork.website.settings"}
    command = [sys.executable, "-m", "benchmarks.made_call", *words]
    done = subprocess.run(command, env=os.environ | settings, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def main() -> int:
    """Measure and print; status 1 where a page waits longer than it may."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--bids", type=int, default=500)
    parser.add_argument("--requests", type=int, default=400)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="knotwork-bench-") as folder:
        made = _in_home(Path(folder), "fill", str(options.bids))
        installation = start(Path(folder), "--no-demo")
        try:
            wait_until_ready(installation)
            _rest(installation.home)
            figures = figures_of(installation, made, options.bids, options.requests)
        finally:
            installation.stop()
    print(printed(figures, options.requests))
    if options.out:
        write(figures, options.out)
    return int(any(row.p95_ms > TARGET_P95_MS for row in figures))


if __name__ == "__main__":
    sys.exit(main())
