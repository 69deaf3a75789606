"""``knotwork up``: set up what is missing, load the examples once, serve, work, and end together."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import click

from knotwork.cli.django_setup import refuse, set_up_django

ENDS_WITHIN = 12.0
READY_WITHIN = 60.0
_PR_SET_PDEATHSIG = 1
THREADS = {"sqlite": 6, "postgresql": 4}


@click.command()
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to serve on."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to serve on.")
@click.option(
    "--demo/--no-demo", default=True, show_default=True, help="With the made-up example place, or without."
)
def up(port: int, host: str, demo: bool) -> None:
    """Set up the database, load the examples once, serve and work; Ctrl-C ends all."""
    began = time.monotonic()
    _refuse_busy_port(host, port)
    address = _address(host, port)
    _answer_to(host)
    os.environ.setdefault("KNOTWORK_ORIGIN", address)
    # On a terminal a line per request would bury the address; in a pipe or a service the log is wanted whole.
    os.environ.setdefault("KNOTWORK_LOG_LEVEL", "WARNING" if sys.stderr.isatty() else "INFO")
    set_up_django()
    _prepare(demo=demo)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end)
    with _ending_together(_start(host, port)) as processes:
        _wait_until_it_answers(address, processes)
        _say_hello(address, time.monotonic() - began)
        _stand_by(processes)


def _address(host: str, port: int) -> str:
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - compared only
    return f"http://{everywhere.get(host, f'[{host}]' if ':' in host else host)}:{port}"


def _answer_to(host: str) -> None:
    """The address that is served on is one that is answered to."""
    if host not in ("0.0.0.0", "::"):  # noqa: S104 - compared only
        named = os.environ.get("KNOTWORK_HOSTS", "")
        os.environ["KNOTWORK_HOSTS"] = ",".join(filter(None, [named, f"[{host}]" if ":" in host else host]))


def _end(_number: int, _frame: object) -> None:
    """Asked to end: by Ctrl-C, by a service manager, or by a terminal that is closed."""
    raise SystemExit(0)


def _die_with_parent() -> None:
    """On Linux a child hears of it when this process is killed outright; elsewhere the workers look themselves."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _refuse_busy_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            refuse(
                f"Port {port} on {host} cannot be used ({problem.strerror}). Another program, or another Knotwork, "
                f"may be using it. Stop that one, or choose another port: knotwork up --port {port % 65535 + 1}"
            )


def _prepare(*, demo: bool) -> None:
    from django.db import DatabaseError

    from knotwork.website import preparation

    try:
        if applied := preparation.migrate():
            click.echo(f"Database: {applied} migrations applied.")
    except DatabaseError as problem:
        refuse(
            f"The database cannot be used: {str(problem).strip()}. Expected one that KNOTWORK_DATABASE describes."
        )
    preparation.collect_static_files()
    with _progress_bar() as progress:
        preparation.load_examples(progress, with_demo=demo)


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


def web_command(host: str, port: int, vendor: str) -> list[str]:
    """How the web server is started; the benchmarks and the tests start the same one.

    Most of a vote is waiting for the disk, which many threads do at once and one alone would do one by one.
    """
    threads = THREADS[vendor]
    serve = ["--interface", "wsgi", "--host", host, "--port", str(port), "--no-ws", "--log-level", "error"]
    share = ["--workers", str(min(2, os.cpu_count() or 1)), "--blocking-threads", str(threads)]
    last = ["--respawn-failed-workers", "--workers-kill-timeout", "5", "knotwork.website.wsgi:application"]
    return [sys.executable, "-m", "granian", *serve, *share, *last]


def _start(host: str, port: int) -> dict[str, subprocess.Popen[bytes]]:
    from django.db import connection

    commands = {"web": web_command(host, port, connection.vendor)} | {
        queue: [sys.executable, "-m", "knotwork.cli", "work", queue] for queue in ("quick", "heavy")
    }
    connection.close()
    return {
        name: subprocess.Popen(command, start_new_session=True, preexec_fn=_die_with_parent)  # noqa: S603, PLW1509
        for name, command in commands.items()
    }


@contextlib.contextmanager
def _ending_together(
    processes: dict[str, subprocess.Popen[bytes]],
) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """Whatever happens, no process outlives this one; each has time to finish what it is doing."""
    try:
        yield processes
    finally:
        for process in processes.values():
            if process.poll() is None:
                process.terminate()
        until = time.monotonic() + ENDS_WITHIN
        for process in processes.values():
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _wait_until_it_answers(address: str, processes: dict[str, subprocess.Popen[bytes]]) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        _end_if_one_ended(processes)
        try:
            with urlopen(f"{address}/livez", timeout=2):  # noqa: S310 - our own address
                return
        except (URLError, OSError):
            time.sleep(0.05)
    click.echo(f"The web server did not answer within {READY_WITHIN:.0f} seconds.", err=True)
    sys.exit(1)


def _say_hello(address: str, seconds: float) -> None:
    from django.conf import settings

    from knotwork.core.accounts.services import new_start_link_token

    click.echo(f"\nKnotwork is ready at {address}  ({seconds:.1f} s)")
    token = new_start_link_token()
    if token:
        click.echo(f"Sign in, once, within 15 minutes: {settings.KNOTWORK_ORIGIN}/start/{token}/")
    else:
        click.echo(f"Sign in with a code sent by email: {settings.KNOTWORK_ORIGIN}/sign-in/")
    if not settings.KNOTWORK_MAIL_SERVER_SET:
        click.echo(f"No mail server is set, so letters stay here: {address}/local-mail/")
    click.echo(f"Everything is kept in {settings.HOME}. Press Ctrl-C to stop.\n")
    sys.stdout.flush()


def _stand_by(processes: dict[str, subprocess.Popen[bytes]]) -> None:
    try:
        while True:
            time.sleep(0.5)
            _end_if_one_ended(processes)
    finally:
        click.echo("Stopping...")


def _end_if_one_ended(processes: dict[str, subprocess.Popen[bytes]]) -> None:
    for name, process in processes.items():
        if process.poll() is not None:
            click.echo(
                f"The process {name!r} ended by itself (status {process.returncode}); stopping.", err=True
            )
            sys.exit(1)
