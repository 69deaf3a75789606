"""Two processes that vote at the same time, for the same people, on the same statements."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from tests.conversations.voter import VOTES
from tests.tables import tables_in

ROOT = Path(__file__).parents[2]


def database_address(tmp_path: Path) -> str:
    """The test database itself on PostgreSQL; on SQLite, where it lives in this process, a copy of it in a file."""
    if connection.vendor == "sqlite":
        return f"sqlite://{tables_in(tmp_path / 'votes.sqlite3')}"
    to = connection.settings_dict
    who = quote(to["USER"], safe="") + (f":{quote(to['PASSWORD'], safe='')}" if to["PASSWORD"] else "")
    address = f"postgres://{who}@{to['HOST'] if '/' not in to['HOST'] else ''}:{to['PORT']}/{to['NAME']}"
    return address + "".join(f"?{key}={quote(str(value), safe='')}" for key, value in to["OPTIONS"].items())


@pytest.mark.django_db(transaction=True)
def test_two_processes_that_vote_at_once_lose_nothing_and_the_log_still_gives_the_votes(
    tmp_path: Path,
) -> None:
    environment = os.environ | {
        "KNOTWORK_HOME": str(tmp_path),
        "KNOTWORK_DATABASE": database_address(tmp_path),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }

    def begin(*act: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.conversations.voter", *act]
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)

    def finish(process: subprocess.Popen[str]) -> str:
        said, _ = process.communicate(timeout=120)
        assert process.returncode == 0
        return said.strip()

    finish(begin("build"))
    both = [begin("vote", "one"), begin("vote", "two")]
    for process in both:
        finish(process)
    assert finish(begin("compare")) == f"{2 * VOTES} True"
