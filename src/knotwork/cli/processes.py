"""The processes that ``knotwork up`` starts: one that prepares, the web server, and the two workers.

On Linux each is forked from the one that has loaded everything already, so that four processes load the libraries
once and share their memory; this is why the first process itself computes nothing. Elsewhere forking is not safe,
and each process loads for itself.
"""

import contextlib
import ctypes
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator
from multiprocessing.context import ForkContext, SpawnContext
from multiprocessing.process import BaseProcess
from typing import Any

import click

from knotwork.cli.django_setup import refuse, set_up_django

FORKS = sys.platform == "linux"
HOW: ForkContext | SpawnContext = (
    multiprocessing.get_context("fork") if FORKS else multiprocessing.get_context("spawn")
)
WEB_PROCESSES = min(2, os.cpu_count() or 1)
# Some threads wait for the disk while one computes; more of them only take turns away from each other.
THREADS = {"sqlite": 3, "postgresql": 4}
_PR_SET_PDEATHSIG = 1


def start(task: Callable[..., None], *arguments: object) -> BaseProcess:
    """A process that does one of the tasks below."""
    process = HOW.Process(target=task, args=arguments)
    process.start()
    return process


def prepare(demo: bool) -> None:
    """Tables, static files and examples, as far as they are missing."""
    _begin()
    from django.db import DatabaseError

    from knotwork.website import preparation

    try:
        if applied := preparation.migrate():
            click.echo(f"Database: {applied} migrations applied.")
    except DatabaseError as problem:
        refuse(unusable_database(problem))
    preparation.collect_static_files()
    with _progress_bar() as progress:
        preparation.load_examples(progress, with_demo=demo)


def serve_pages(host: str, port: int) -> None:
    """The web server, until it is told to stop. It loads every page's code once, before its own are forked."""
    _begin()
    from knotwork.website.wsgi import load_every_page

    if FORKS:
        load_every_page()
    serve("knotwork.website.wsgi:application", host, port)


def serve(application: str, host: str, port: int) -> None:
    """The web server for a WSGI application, with its processes and threads, until it is told to stop."""
    from django.db import connection
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    multiprocessing.set_start_method(HOW.get_start_method(), force=True)
    Server(
        application,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=WEB_PROCESSES,
        blocking_threads=THREADS[connection.vendor],
        websockets=False,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
    ).serve()


def web_command(host: str, port: int) -> list[str]:
    """The same web server as a command by itself, for those who start it to measure it or to kill it."""
    return [sys.executable, "-c", f"from {__name__} import serve_pages; serve_pages({host!r}, {port})"]


def work(queue: str) -> None:
    """One worker, until it is told to stop."""
    _begin()
    from knotwork.website.workers import work_off

    work_off(queue)


def unusable_database(problem: Exception) -> str:
    """What a host reads when the database refuses."""
    return (
        f"The database cannot be used: {str(problem).strip()}. Expected one that KNOTWORK_DATABASE describes."
    )


def _begin() -> None:
    """A group of its own, so that Ctrl-C reaches the first process only, which then ends the others in order."""
    os.setsid()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    # On Linux it hears of it when the first process is killed outright; elsewhere the workers look themselves.
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    set_up_django()


@contextlib.contextmanager
def _progress_bar() -> Iterator[Any]:
    """One bar on a terminal, with words for what is being done; one line per example in a pipe."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description:<44}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        row = bar.add_task("", total=1, visible=False)

        def tell(words: str, done: int, total: int) -> None:
            if done == 0 and not console.is_terminal:
                click.echo(f"Loading: {words}")
            bar.update(row, description=words, completed=done, total=max(total, 1), visible=True)

        yield tell
