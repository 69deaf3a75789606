"""A real web server that is killed outright while people vote: what was acknowledged is there."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from knotwork.cli.processes import web_command
from tests.conversations.test_voting_at_once import ROOT, database_address
from tests.journeys.installation import free_port

PEOPLE, KILLS, VOTES_BEFORE_A_KILL = 3, 2, 12
FORM = re.compile(r'name="(csrfmiddlewaretoken|statement)" value="([^"]+)"')


class Voter(threading.Thread):
    """One browser that answers until nobody answers it any more; writes down what was acknowledged."""

    def __init__(self, port: int, path: str) -> None:
        super().__init__(daemon=True)
        self.path, self.cookies = path, dict[str, str]()
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.acknowledged: list[str] = []
        self.refused: list[int] = []

    def run(self) -> None:
        try:
            page = self.ask("GET")[1]
            while "statement" in (form := dict(FORM.findall(page))):
                body = f"csrfmiddlewaretoken={form['csrfmiddlewaretoken']}&statement={form['statement']}&answer=agree"
                status, _ = self.ask("POST", body)
                if status != http.HTTPStatus.SEE_OTHER:
                    self.refused.append(status)
                    return
                self.acknowledged.append(f"{self.cookies['knotwork_browser']} {form['statement']}")
                page = self.ask("GET")[1]
        except (OSError, http.client.HTTPException):
            return  # the server is gone
        finally:
            self.connection.close()

    def ask(self, method: str, body: str = "") -> tuple[int, str]:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        self.connection.request(method, self.path, body, headers)
        response = self.connection.getresponse()
        for header in response.headers.get_all("Set-Cookie") or ():
            name, _, value = header.partition(";")[0].partition("=")
            self.cookies[name] = value
        return response.status, response.read().decode()


@contextmanager
def a_server(port: int, environment: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    """The web server as ``knotwork up`` starts it; killed with its workers when the block ends."""
    process = subprocess.Popen(web_command("127.0.0.1", port), cwd=ROOT, env=environment)
    try:
        until = time.monotonic() + 180
        while not _answers(port):
            assert process.poll() is None, "the server ended by itself"
            assert time.monotonic() < until
            threading.Event().wait(0.1)
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(30)


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


@pytest.mark.django_db(transaction=True)
def test_votes_that_were_acknowledged_outlive_a_server_that_is_killed_outright(tmp_path: Path) -> None:
    environment = os.environ | {
        "KNOTWORK_HOME": str(tmp_path),
        "KNOTWORK_DATABASE": database_address(tmp_path),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "KNOTWORK_LOG_LEVEL": "WARNING",
    }

    def act(*words: str) -> str:
        command = [sys.executable, "-m", "tests.conversations.voter", *words]
        return subprocess.run(
            command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
        ).stdout.strip()

    path, port, acknowledged = act("open"), free_port(), list[str]()
    for _ in range(KILLS):
        with a_server(port, environment):
            voters = [Voter(port, path) for _ in range(PEOPLE)]
            for voter in voters:
                voter.start()
            while sum(len(voter.acknowledged) for voter in voters) < VOTES_BEFORE_A_KILL:
                assert any(voter.is_alive() for voter in voters)
                threading.Event().wait(0.01)
        for voter in voters:
            voter.join(60)
            assert not voter.refused
            acknowledged += voter.acknowledged
    (tmp_path / "acknowledged").write_text("\n".join(acknowledged))
    assert len(acknowledged) >= KILLS * VOTES_BEFORE_A_KILL
    assert act("missing", str(tmp_path / "acknowledged")) == "0 True"
