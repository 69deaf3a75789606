"""Votes per second through the whole stack: granian, WSGI, middleware, CSRF, one transaction per vote.

Run: ``python -m benchmarks.votes [--votes 600] [--connections 8] [--seconds 60] [--out FILE]``. A server of this
installation's code is started on loopback with a home of its own that is thrown away; people with a browser each press
a button, one connection per thread, until the votes are given or the time is over. The log must then hold as many votes
as were acknowledged. Set ``KNOTWORK_DATABASE`` to an empty PostgreSQL database to measure that instead of SQLite.
"""

import argparse
import http.client
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from queue import Empty, Queue

import psutil

STATEMENTS = 100
ANSWERS_EACH = 30
WARMING = 6
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|statement)" value="([^"]+)"')


@dataclass(frozen=True)
class VoteFigures:
    """What voting costs."""

    votes: int
    seconds: float
    votes_per_second: float
    server_cpu_ms_per_vote: float
    vote_p50_ms: float
    vote_p95_ms: float
    in_the_log: int


@dataclass
class Browser:
    """One person on one connection: reads the page for its form, then answers statement after statement."""

    connection: http.client.HTTPConnection
    address: str
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, body: str = "") -> tuple[int, str]:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request(method, self.address, body, FORM | {"Cookie": cookie})
        response = self.connection.getresponse()
        for header in response.headers.get_all("Set-Cookie") or ():
            name, _, value = header.partition(";")[0].partition("=")
            self.cookies[name] = value
        return response.status, response.read().decode()

    def form_key(self) -> str:
        """The page's key against forged forms."""
        return dict(_HIDDEN.findall(self.ask("GET")[1]))["csrfmiddlewaretoken"]


def prepare() -> None:
    """Run in a process of its own: the tables, and an open conversation; prints its address and its statements."""
    import django

    django.setup()
    from django.core.management import call_command

    from knotwork.conversations.models import Conversation, Statement
    from knotwork.programmes.models import Programme

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    programme = Programme.objects.create(slug="bench", name="Bench", visibility="public")
    conversation = Conversation.objects.create(
        programme=programme, slug="votes", question="Fast?", stage="open"
    )
    statements = Statement.objects.bulk_create(
        Statement(conversation=conversation, number=number, text=f"Statement {number}", state="live")
        for number in range(1, STATEMENTS + 1)
    )
    print(
        json.dumps(
            [f"/programmes/{programme.slug}/listen/votes/", [str(row.public_id) for row in statements]]
        )
    )


def count() -> None:
    """Run in a process of its own: how many votes the log holds."""
    import django

    django.setup()
    from knotwork.conversations.models import VoteLogEntry

    print(VoteLogEntry.objects.count())


def _run_here(act: str, environment: dict[str, str]) -> str:
    command = [sys.executable, "-c", f"from benchmarks.votes import {act}; {act}()"]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _serve(port: int, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """The web server as ``knotwork up`` starts it: one thread per process on SQLite, where writers queue anyway."""
    threads = "4" if environment.get("KNOTWORK_DATABASE", "").startswith("postgres") else "1"
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    how = ["--workers", str(min(2, os.cpu_count() or 1)), "--blocking-threads", threads, "--no-ws"]
    server = subprocess.Popen(
        [*command, *how, "--no-access-log", "knotwork.website.wsgi:application"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return server
    server.terminate()
    raise SystemExit("The server did not start within half a minute.")


def _cpu_seconds(server: subprocess.Popen[bytes]) -> float:
    processes = [psutil.Process(server.pid), *psutil.Process(server.pid).children(recursive=True)]
    return sum(sum(process.cpu_times()[:2]) for process in processes)


def vote(port: int, address: str, statements: list[str], turns: "Queue[int]", until: float) -> list[float]:
    """Answer as person after person until no turn is left; the seconds that each acknowledged vote took."""
    took: list[float] = []
    while time.monotonic() < until:
        browser = Browser(http.client.HTTPConnection("127.0.0.1", port, timeout=30), address)
        key = browser.form_key()
        for statement in statements[:ANSWERS_EACH]:
            try:
                turn = turns.get_nowait()
            except Empty:
                return took
            choice = ("agree", "disagree", "pass")[turn % 3]
            began = time.perf_counter()
            status, _ = browser.ask(
                "POST", f"csrfmiddlewaretoken={key}&statement={statement}&answer={choice}"
            )
            took.append(time.perf_counter() - began)
            if status != http.HTTPStatus.SEE_OTHER:
                raise SystemExit(f"A vote was answered with {status}.")
        browser.connection.close()
    return took


def measure(votes: int, connections: int, seconds: float, environment: dict[str, str]) -> VoteFigures:
    """Serve, vote, count, and end the server."""
    address, statements = json.loads(_run_here("prepare", environment))
    port, turns = _free_port(), Queue[int]()
    for turn in range(votes):
        turns.put(turn)
    server = _serve(port, environment)
    try:
        vote(
            port, address, statements, _one_turn(), time.monotonic() + 30
        )  # the first request loads the code
        took: list[list[float]] = [[] for _ in range(connections)]

        def work(number: int) -> None:
            took[number] = vote(port, address, statements, turns, time.monotonic() + seconds)

        cpu, began = _cpu_seconds(server), time.perf_counter()
        threads = [threading.Thread(target=work, args=(number,)) for number in range(connections)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        passed, cpu = time.perf_counter() - began, _cpu_seconds(server) - cpu
    finally:
        server.terminate()
        server.wait(15)
    each = sorted(one for some in took for one in some)
    return VoteFigures(
        votes=len(each),
        seconds=round(passed, 2),
        votes_per_second=round(len(each) / passed, 1),
        server_cpu_ms_per_vote=round(1000 * cpu / len(each), 2),
        vote_p50_ms=round(1000 * statistics.median(each), 1),
        vote_p95_ms=round(1000 * each[int(0.95 * (len(each) - 1))], 1),
        in_the_log=int(_run_here("count", environment)) - WARMING,
    )


def _one_turn() -> "Queue[int]":
    turns = Queue[int]()
    turns.put(0)
    return turns


def main() -> int:
    """Measure and print; fails when the log does not hold every acknowledged vote."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--votes", type=int, default=600)
    words.add_argument("--connections", type=int, default=8)
    words.add_argument("--seconds", type=float, default=60.0)
    words.add_argument("--out", type=Path)
    asked = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="knotwork-votes-") as home:
        environment = os.environ | {
            "KNOTWORK_HOME": home,
            "KNOTWORK_LOG_LEVEL": "WARNING",
            "DJANGO_SETTINGS_MODULE": "knotwork.website.settings",
        }
        figures = measure(asked.votes, asked.connections, asked.seconds, environment)
    for name, value in asdict(figures).items():
        print(f"{name.replace('_', ' '):>24}  {value}")
    if asked.out:
        asked.out.write_text(json.dumps(asdict(figures), indent=2) + "\n", encoding="utf-8")
    return 0 if figures.in_the_log == figures.votes else 1


if __name__ == "__main__":
    sys.exit(main())
