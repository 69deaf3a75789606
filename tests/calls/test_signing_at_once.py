"""Two processes that give the second signature at the same moment."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conversations.test_voting_at_once import ROOT, database_address


@pytest.mark.django_db(transaction=True)
def test_of_two_second_signatures_at_once_one_puts_the_decision_in_force(tmp_path: Path) -> None:
    environment = os.environ | {
        "KNOTWORK_HOME": str(tmp_path),
        "KNOTWORK_DATABASE": database_address(tmp_path),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }

    def begin(*act: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.calls.signer", *act]
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)

    def finish(process: subprocess.Popen[str]) -> str:
        said, _ = process.communicate(timeout=300)
        assert process.returncode == 0
        return said.strip()

    decision, *people = finish(begin("build")).split()
    both = [begin("sign", decision, person) for person in people]
    assert sorted(finish(process) for process in both) == ["True", "refused"]
    assert finish(begin("compare")) == "1 2 2"
