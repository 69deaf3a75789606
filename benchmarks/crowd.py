"""A conversation of a hundred thousand people: how soon new votes are in the results, and how fast results are read.

Run: ``python -m benchmarks.crowd [--people 100000] [--statements 1000] [--answers 50] [--out FILE]``. People of four
camps, drawn with a seed, are written straight into a database of its own that is thrown away (SQLite, or the empty
PostgreSQL database that ``KNOTWORK_DATABASE`` names): nothing but this benchmark writes votes that way. Then one new
vote comes in, and what follows is timed part by part: the tick that sees it, the reading of all votes, the whole run
until its result is kept. At last eight readers read the results page, as strangers and as people who have answered.
"""

import argparse
import http.client
import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from benchmarks.votes import cpu_seconds, free_port, server

SEED = 20261127
CAMPS = 4
READERS = 8
PEOPLE_AT_ONCE = 5_000
ADDRESS = "/programmes/crowd/listen/crowd/results/"


@dataclass(frozen=True)
class CrowdFigures:
    """Seconds and milliseconds at this size; ``cpu`` is what the process used, ``load`` what else was going on."""

    database: str
    people: int
    statements: int
    votes: int
    seconds_to_write_them: float
    tick_ms: float
    read_votes_s: float
    read_votes_cpu_s: float
    method_s: float
    vote_to_result_s: float
    vote_to_result_cpu_s: float
    results_page_stranger_p95_ms: float
    results_page_participant_p95_ms: float
    results_page_participant_cpu_ms: float
    load: float


def _timed(act: Callable[[], Any]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - wall, time.process_time() - cpu


def crowd(people: int, statements: int, answers: int) -> Iterator[tuple[Any, Any, Any]]:
    """Participants (from 0), statements (from 0) and values of some thousand people at a time."""
    random = np.random.default_rng(SEED)
    leaning = random.normal(0, 1, (CAMPS, statements))
    for begin in range(0, people, PEOPLE_AT_ONCE):
        count = min(PEOPLE_AT_ONCE, people - begin)
        camp = random.integers(0, CAMPS, count)
        asked = np.argpartition(random.random((count, statements)), answers, axis=1)[:, :answers]
        feeling = leaning[camp[:, None], asked] + random.normal(0, 1, asked.shape)
        value = np.where(np.abs(feeling) < 0.25, 0, np.sign(feeling)).astype(np.int64)
        yield np.repeat(np.arange(begin, begin + count), answers), asked.ravel(), value.ravel()


def write(people: int, statements: int, answers: int) -> int:
    """Write a conversation with its votes straight into the tables; how many votes."""
    from django.db import connection, transaction

    from knotwork.conversations.models import Conversation, Participant, Statement
    from knotwork.core import clock
    from knotwork.programmes.models import Programme

    programme = Programme.objects.create(slug="crowd", name="Crowd", visibility="public")
    conversation = Conversation.objects.create(
        programme=programme, slug="crowd", question="What would help?", stage="open", results_after=0
    )
    Statement.objects.bulk_create(
        Statement(
            conversation=conversation, number=number, text=f"Statement {number} would help.", state="live"
        )
        for number in range(1, statements + 1)
    )
    Participant.objects.bulk_create(
        (Participant(conversation=conversation, number=number) for number in range(1, people + 1)),
        batch_size=5_000,
    )
    first_person = conversation.participants.earliest("id").pk
    first_statement = conversation.statements.earliest("id").pk
    moment, votes = connection.ops.adapt_datetimefield_value(clock.now()), 0
    with _without_indexes(), transaction.atomic():
        for who, what, value in crowd(people, statements, answers):
            votes += len(who)
            rows = zip(
                (who + first_person).tolist(), (what + first_statement).tolist(), value.tolist(), strict=True
            )
            _insert("conversations_vote", conversation.pk, moment, rows)
        with connection.cursor() as cursor:
            columns = "conversation_id, participant_id, statement_id, value, at"
            copied = f"SELECT {columns} FROM conversations_vote ORDER BY id"
            cursor.execute(f"INSERT INTO conversations_votelogentry ({columns}) {copied}")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return votes


@contextmanager
def _without_indexes() -> Iterator[None]:
    """SQLite orders an index once at the end much faster than it keeps it in order for millions of rows."""
    from django.db import connection

    indexes: list[tuple[str, str]] = []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA cache_size=-1000000")
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL "
                "AND tbl_name IN ('conversations_vote', 'conversations_votelogentry')"
            )
            indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
        yield
        for _, sql in indexes:
            cursor.execute(sql)


def _insert(table: str, conversation: int, moment: Any, rows: Iterator[tuple[int, int, int]]) -> None:
    from django.db import connection

    columns = "(conversation_id, participant_id, statement_id, value, at)"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f"COPY {table} {columns} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row((conversation, *row, moment))
        else:
            command = f"INSERT INTO {table} {columns} VALUES (?, ?, ?, ?, ?)"
            cursor.cursor.connection.executemany(command, ((conversation, *row, moment) for row in rows))


def _page(port: int, process: psutil.Process, cookie: str, requests: int = 160) -> tuple[float, float]:
    """Milliseconds for the slowest of twenty, with eight readers at once, and processor time of the server for each."""
    waits: list[float] = []
    used = cpu_seconds(process)

    def read() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        for _ in range(requests // READERS):
            began = time.perf_counter()
            connection.request("GET", ADDRESS, headers={"Accept-Encoding": "gzip", "Cookie": cookie})
            answer = connection.getresponse()
            answer.read()
            waits.append(1000 * (time.perf_counter() - began))
            if answer.status != http.HTTPStatus.OK:
                raise SystemExit(f"The results page answered {answer.status}.")

    readers = [threading.Thread(target=read) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return sorted(waits)[int(0.95 * (len(waits) - 1))], 1000 * (cpu_seconds(process) - used) / len(waits)


def measure(people: int, statements: int, answers: int) -> CrowdFigures:
    """Write, vote once more, and time what follows."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from knotwork.conversations import analyses
    from knotwork.conversations.models import Conversation
    from knotwork.conversations.services import cast_vote
    from knotwork.conversations.vote_arrays import votes_of
    from knotwork.core.analyses.services import run_now

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    began = time.perf_counter()
    votes = write(people, statements, answers)
    written = time.perf_counter() - began
    conversation = Conversation.objects.select_related("programme", "place").get(slug="crowd")
    analysis = analyses.OpinionAnalysis()
    cast_vote(conversation.participants.earliest("id"), conversation.statements.latest("id"), 1)
    tick, _ = _timed(analysis.subjects)
    kept: list[Any] = []
    read, read_cpu = _timed(lambda: kept.append(votes_of(conversation.pk)))
    method, _ = _timed(lambda: analyses.worked_out(conversation, kept[0], SEED))
    whole, whole_cpu = _timed(lambda: run_now(analyses.KIND, conversation.public_id))
    vendor = connection.vendor
    connection.close()
    port = free_port()
    with server(port, dict(os.environ)) as process:
        stranger, _ = _page(port, process, "")
        participant, participant_cpu = _page(port, process, f"knotwork_browser={'a' * 32}")
    return CrowdFigures(
        vendor, people, statements, votes, round(written, 1), round(1000 * tick, 1), round(read, 2),
        round(read_cpu, 2), round(method, 2), round(tick + whole, 2), round(whole_cpu, 2),
        round(stranger, 1), round(participant, 1), round(participant_cpu, 1), round(os.getloadavg()[0], 2),
    )  # fmt: skip


def main() -> int:
    """Measure and print."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--people", type=int, default=100_000)
    words.add_argument("--statements", type=int, default=1_000)
    words.add_argument("--answers", type=int, default=50)
    words.add_argument("--out", type=Path)
    asked = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="knotwork-crowd-") as home:
        os.environ |= {"KNOTWORK_HOME": home, "DJANGO_SETTINGS_MODULE": "knotwork.website.settings"}
        figures = measure(asked.people, asked.statements, asked.answers)
    for name, value in asdict(figures).items():
        print(f"{name.replace('_', ' '):>34}  {value}")
    if asked.out:
        asked.out.write_text(json.dumps(asdict(figures), indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
