"""Votes per second through the whole stack, as browsers cast them, and that none is lost when the server is killed.

Run: ``python -m benchmarks.votes [--connections 32] [--seconds 20] [--kills 10] [--no-scripts] [--out FILE]``. The
web server is started as ``knotwork up`` starts it, in a home of its own that is thrown away. ``wrk`` (a package of
the system) is the browsers: ``votes.lua`` reads the page for its form, presses a button and reads the page that comes
next; both together are one vote. A browser that runs scripts gets that page as the answer to the press;
``--no-scripts`` are those that are sent on to it. Afterwards the log must hold every acknowledged vote and, replayed,
give the votes that stand. Then the server is killed outright (SIGKILL) again and again while people vote, and the
same must hold. Set ``KNOTWORK_DATABASE`` to an empty PostgreSQL database to measure that instead of SQLite. The
browsers share the cores with the server.

Before and after ours the bare site (``benchmarks/bare``) takes votes for half of the time each: what Django's own
models do with the same server and database when nothing is checked, logged, waited for or shown. Machines differ, and
one machine differs from hour to hour; the share of what the bare site did is what can be compared.
"""

import argparse
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

STATEMENTS = 100
ANSWERS_EACH = 30
SCRIPT = Path(__file__).parent / "votes.lua"
BARE_SCRIPT = Path(__file__).parent / "bare.lua"
SECONDS_BETWEEN_KILLS = 4.0


@dataclass(frozen=True)
class VoteFigures:
    """What voting costs, and whether everything is there afterwards. A vote is the press and the page after it."""

    database: str
    scripts: bool
    connections: int
    votes: int
    seconds: float
    votes_per_second: float
    vote_p50_ms: float
    vote_p95_ms: float
    server_cpu_ms_per_vote: float
    browser_cpu_ms_per_vote: float
    bare_votes_per_second: float
    bare_cpu_ms_per_vote: float
    share_of_the_bare_rate: float
    refused: int
    load_before: float
    kills: int
    votes_between_kills: int
    missing: int
    doubled: int
    replayed_log_is_the_table: bool

    @property
    def all_is_well(self) -> bool:
        return not self.missing and not self.doubled and not self.refused and self.replayed_log_is_the_table


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
    address = f"/programmes/{programme.slug}/listen/votes/"
    print(json.dumps([address, [str(row.public_id) for row in statements]]))


def prepare_bare() -> None:
    """Run in a process of its own: the tables of the bare site."""
    from benchmarks.bare.site import prepare

    prepare()


def compare() -> None:
    """Run in a process of its own: what the log and the table hold beside what was acknowledged (a file in argv)."""
    import django

    django.setup()
    from knotwork.conversations.models import Conversation, Participant, Vote, VoteLogEntry
    from knotwork.conversations.queries.known import token_hash

    conversation = Conversation.objects.get(slug="votes")
    columns = ("participant_id", "statement__public_id", "value")
    log = list(VoteLogEntry.objects.order_by("id").values_list(*columns))
    table = {row[:2]: row[2] for row in Vote.objects.values_list(*columns)}
    people = dict(Participant.objects.values_list("tokens__token_hash", "pk"))
    logged = Counter((person, str(statement), value) for person, statement, value in log)
    values = {"agree": 1, "pass": 0, "disagree": -1}
    acknowledged = Counter(
        (people.get(token_hash(conversation, token)), statement, values[answer])
        for token, statement, answer in (line.split() for line in Path(sys.argv[1]).read_text().splitlines())
    )
    found = {
        "acknowledged": acknowledged.total(),
        "missing": (acknowledged - logged).total(),
        # A press whose answer was lost with the server may stand once more than was acknowledged; never twice.
        "doubled": sum(count - acknowledged[vote] > 1 for vote, count in logged.items()),
        "agrees": {row[:2]: row[2] for row in log} == table,
    }
    print(json.dumps(found))


def _run_here(act: str, environment: dict[str, str], *words: str) -> str:
    command = [sys.executable, "-c", f"from benchmarks.votes import {act}; {act}()", *words]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(
    port: int, environment: dict[str, str], command: list[str] | None = None
) -> Iterator[psutil.Process]:
    """The web server as ``knotwork up`` starts it, or another, until the block ends."""
    from knotwork.cli.processes import web_command

    words = command or web_command("127.0.0.1", port)
    with (Path(environment["KNOTWORK_HOME"]) / "server.log").open("ab") as log:
        process = subprocess.Popen(words, env=environment, stdout=log, stderr=log)
    try:
        _wait_until_it_answers(port)
        yield psutil.Process(process.pid)
    finally:
        kill(process.pid) if process.poll() is None else None
        process.wait(30)


def _wait_until_it_answers(port: int) -> None:
    for _ in range(900):
        try:
            with socket.create_connection(("127.0.0.1", port), 1) as asking:
                asking.sendall(b"GET /livez HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
                asking.settimeout(60)
                if asking.recv(12):
                    return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The server did not start within a minute and a half.")


def kill(pid: int) -> None:
    """The server and its workers, without a chance to finish anything."""
    os.killpg(pid, signal.SIGKILL)


def cpu_seconds(process: psutil.Process) -> float:
    processes = [process, *process.children(recursive=True)]
    return sum(sum(one.cpu_times()[:2]) for one in processes)


def browsers(
    port: int, address: str, connections: int, seconds: float, notes: Path, *, scripts: bool = True
) -> "subprocess.Popen[bytes]":
    """As many browsers as connections, for so many seconds; what they were told goes to ``notes``."""
    words = [address, str(ANSWERS_EACH), str(notes), "scripts" if scripts else "plain"]
    return subprocess.Popen(
        [*_wrk(SCRIPT, port, connections, seconds), "--", *words], stdout=subprocess.DEVNULL
    )


def _wrk(script: Path, port: int, connections: int, seconds: float) -> list[str]:
    wrk = shutil.which("wrk")
    if wrk is None:
        raise SystemExit("This benchmark needs wrk: install the package of that name.")
    many = [f"-t{connections}", f"-c{connections}", f"-d{max(1, round(seconds))}", "--timeout", "60"]
    return [wrk, *many, "-s", str(script), f"http://127.0.0.1:{port}"]


@dataclass
class BareFigures:
    """What the bare site did, over all the times that it was asked."""

    votes: int = 0
    seconds: float = 0.0
    cpu: float = 0.0

    def take(self, connections: int, seconds: float, environment: dict[str, str]) -> None:
        """Serve it and vote, for so many seconds; what it holds is thrown away with the home."""
        port, act = free_port(), "from benchmarks.bare.site import serve"
        with server(port, environment, [sys.executable, "-c", f"{act}; serve({port})"]) as process:
            before = cpu_seconds(process)
            command = [*_wrk(BARE_SCRIPT, port, connections, seconds), "--", str(port)]
            told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            self.cpu += cpu_seconds(process) - before
        votes, microseconds, refused = map(int, told.splitlines()[-1].split())
        if refused:
            raise SystemExit(f"The bare site refused {refused} votes.")
        self.votes += votes
        self.seconds += microseconds / 1e6


def acknowledged(notes: Path) -> list[str]:
    """The acknowledged votes, as the browsers wrote them down."""
    return notes.read_text().splitlines() if notes.exists() else []


def _took(notes: Path) -> tuple[list[float], int]:
    """Milliseconds of every completed vote in order, and how many answers were refused."""
    lines = Path(f"{notes}.took").read_text().splitlines()
    refused = sum(line.startswith("refused") for line in lines)
    return sorted(int(line) / 1000 for line in lines if not line.startswith("refused")), refused


def drill(port: int, address: str, kills: int, notes: Path, environment: dict[str, str]) -> None:
    """People vote; the server is killed in the middle and started again, time after time."""
    for _ in range(kills):
        with server(port, environment) as process:
            voting = browsers(port, address, 8, SECONDS_BETWEEN_KILLS + 1, notes)
            time.sleep(SECONDS_BETWEEN_KILLS)
            kill(process.pid)
            voting.wait(90)


def measure(
    connections: int, seconds: float, kills: int, environment: dict[str, str], *, scripts: bool
) -> VoteFigures:
    """Serve, vote, kill, and look at what is there."""
    home, port = Path(environment["KNOTWORK_HOME"]), free_port()
    address, _statements = json.loads(_run_here("prepare", environment))
    warm, steady, killed = home / "warm", home / "steady", home / "killed"
    bare = BareFigures()
    _run_here("prepare_bare", environment)
    bare.take(connections, seconds / 2, environment)
    with server(port, environment) as process:
        browsers(port, address, connections, 3, warm, scripts=scripts).wait()
        load, cpu, began = os.getloadavg()[0], cpu_seconds(process), time.perf_counter()
        before = _children_cpu()
        browsers(port, address, connections, seconds, steady, scripts=scripts).wait()
        passed, cpu, browser_cpu = (
            time.perf_counter() - began,
            cpu_seconds(process) - cpu,
            _children_cpu() - before,
        )
    bare.take(connections, seconds / 2, environment)
    drill(port, address, kills, killed, environment)
    all_notes = home / "acknowledged"
    all_notes.write_text(
        "\n".join([line for notes in (warm, steady, killed) for line in acknowledged(notes)])
    )
    found = json.loads(_run_here("compare", environment, str(all_notes)))
    each, refused = _took(steady)
    votes = len(each)
    return VoteFigures(
        database="PostgreSQL" if environment.get("KNOTWORK_DATABASE") else "SQLite",
        scripts=scripts,
        connections=connections,
        votes=votes,
        seconds=round(passed, 2),
        votes_per_second=round(votes / passed, 1),
        vote_p50_ms=round(statistics.median(each), 1),
        vote_p95_ms=round(each[int(0.95 * (len(each) - 1))], 1),
        server_cpu_ms_per_vote=round(1000 * cpu / votes, 2),
        browser_cpu_ms_per_vote=round(1000 * browser_cpu / votes, 2),
        bare_votes_per_second=round(bare.votes / bare.seconds, 1),
        bare_cpu_ms_per_vote=round(1000 * bare.cpu / bare.votes, 2),
        share_of_the_bare_rate=round(votes / passed * bare.seconds / bare.votes, 2),
        refused=refused,
        load_before=round(load, 2),
        kills=kills,
        votes_between_kills=len(acknowledged(killed)),
        missing=found["missing"],
        doubled=found["doubled"],
        replayed_log_is_the_table=found["agrees"],
    )


def _children_cpu() -> float:
    used = os.times()
    return used.children_user + used.children_system


def main() -> int:
    """Measure and print; fails when a vote is missing or doubled, or when the log does not give the table."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--connections", type=int, default=32)
    words.add_argument("--seconds", type=float, default=20.0)
    words.add_argument("--kills", type=int, default=10)
    words.add_argument("--no-scripts", action="store_true", help="two requests for each vote")
    words.add_argument("--out", type=Path)
    asked = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="knotwork-votes-") as home:
        environment = os.environ | {
            "KNOTWORK_HOME": home,
            "KNOTWORK_BEHIND_PROXY": "yes",
            "DJANGO_SETTINGS_MODULE": "knotwork.website.settings",
        }
        figures = measure(
            asked.connections, asked.seconds, asked.kills, environment, scripts=not asked.no_scripts
        )
    for name, value in asdict(figures).items():
        print(f"{name.replace('_', ' '):>26}  {value}")
    if asked.out:
        asked.out.write_text(json.dumps(asdict(figures), indent=2) + "\n", encoding="utf-8")
    return 0 if figures.all_is_well else 1


if __name__ == "__main__":
    sys.exit(main())
