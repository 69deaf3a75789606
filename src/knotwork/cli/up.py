"""``knotwork up``: set up what is missing, load the examples once, serve, work, and end together."""

import contextlib
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from multiprocessing.process import BaseProcess
from urllib.error import URLError
from urllib.request import urlopen

import click

from knotwork.cli import processes as started
from knotwork.cli.django_setup import refuse, set_up_django

ENDS_WITHIN = 12.0
READY_WITHIN = 60.0


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
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end)
    _prepare(demo=demo)
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
    """Do what is left to do in a process of its own, so that this one, from which the others come, stays small.

    A second start has nothing left to do, and finds that out with two questions to the database.
    """
    from django.db import DatabaseError, connections

    from knotwork.website import preparation

    try:
        is_prepared = preparation.is_prepared(with_demo=demo)
    except DatabaseError as problem:
        refuse(started.unusable_database(problem))
    connections.close_all()
    if not is_prepared:
        with _ending_together({"preparing": started.start(started.prepare, demo)}) as processes:
            processes["preparing"].join()
        if status := processes["preparing"].exitcode:
            sys.exit(status)
        preparation.take_up_what_was_prepared()


def _start(host: str, port: int) -> dict[str, BaseProcess]:
    return {
        "web": started.start(started.serve_pages, host, port),
        "quick": started.start(started.work, "quick"),
        "heavy": started.start(started.work, "heavy"),
    }


@contextlib.contextmanager
def _ending_together(processes: dict[str, BaseProcess]) -> Iterator[dict[str, BaseProcess]]:
    """Whatever happens, no process outlives this one; each has time to finish what it is doing."""
    try:
        yield processes
    finally:
        for process in processes.values():
            process.terminate()
        until = time.monotonic() + ENDS_WITHIN
        for process in processes.values():
            process.join(max(0.1, until - time.monotonic()))
            if process.is_alive() and process.pid:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.join()


def _wait_until_it_answers(address: str, processes: dict[str, BaseProcess]) -> None:
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


def _stand_by(processes: dict[str, BaseProcess]) -> None:
    try:
        while True:
            time.sleep(0.5)
            _end_if_one_ended(processes)
    finally:
        click.echo("Stopping...")


def _end_if_one_ended(processes: dict[str, BaseProcess]) -> None:
    for name, process in processes.items():
        if process.exitcode is not None:
            click.echo(
                f"The process {name!r} ended by itself (status {process.exitcode}); stopping.", err=True
            )
            sys.exit(1)
