"""``make test``: the whole suite on SQLite with the journeys in Chromium, then on PostgreSQL.

What this machine lacks is named and left out, unless ``KNOTWORK_REQUIRE`` (``postgres``, ``browser``) asks for it: then
its absence is a failure.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

REQUIRED = frozenset(
    word for word in os.environ.get("KNOTWORK_REQUIRE", "").replace(" ", "").split(",") if word
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
POSTGRES = os.environ.get("KNOTWORK_TEST_POSTGRES", "")


def main() -> int:
    """Run both rounds; the exit status is that of the worse."""
    unknown = REQUIRED - {"postgres", "browser"}
    if unknown:
        print(f"KNOTWORK_REQUIRE: found {', '.join(sorted(unknown))}, expected postgres, browser or both.")
        return 2
    browser = next((path for name in BROWSERS if (path := shutil.which(name))), "")
    left_out = []
    if not browser:
        left_out.append(("browser", "the journeys in a real browser: install Chromium"))
    if not POSTGRES:
        left_out.append(
            (
                "postgres",
                "the suite on PostgreSQL: set KNOTWORK_TEST_POSTGRES=postgres://user@host:port/database",
            )
        )
    missing = [what for what, _ in left_out if what in REQUIRED]
    if missing:
        print(f"KNOTWORK_REQUIRE asks for {', '.join(missing)}, which this machine does not have.")
        return 1

    on_sqlite = "not postgres" if browser else "not postgres and not browser"
    statuses = [_round("SQLite", {"KNOTWORK_TEST_BROWSER": browser}, ("-m", on_sqlite))]
    if POSTGRES:
        statuses.append(
            _round("PostgreSQL", {"KNOTWORK_DATABASE": POSTGRES}, ("-m", "not browser and not pure"))
        )
    for _, words in left_out:
        print(f"LEFT OUT: {words}")
    return max(statuses)


def _round(name: str, environment: dict[str, str], options: tuple[str, ...]) -> int:
    print(f"\n== The suite on {name}", flush=True)
    with tempfile.TemporaryDirectory(prefix="knotwork-tests-") as home:
        settings = {"KNOTWORK_HOME": home, "KNOTWORK_MAIL": "", "KNOTWORK_ORIGIN": ""} | environment
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-n",
            "2",
            "--dist",
            "worksteal",
            *options,
            *sys.argv[1:],
        ]
        kept = {key: value for key, value in os.environ.items() if not key.startswith("KNOTWORK_")}
        return subprocess.call(command, env=kept | settings, cwd=Path(__file__).parent.parent)


if __name__ == "__main__":
    sys.exit(main())
