"""One worker process: it works off a queue, says that it lives, and, if it is the quick one, keeps the schedule."""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable

from django.core.management import call_command
from django.db import Error, close_old_connections

from knotwork.core.schedule.services import beat, run_due

logger = logging.getLogger("knotwork.workers")

BEAT_EVERY = 10.0
LOOK_EVERY = 2.0
POLL_EVERY = 0.5


def work_off(queue: str) -> None:
    """Work until SIGTERM; a task that has begun is finished first."""
    ended = threading.Event()
    duties: list[tuple[float, Callable[[], object]]] = [(BEAT_EVERY, lambda: beat(queue))]
    if queue == "quick":
        duties.append((LOOK_EVERY, run_due))
    threads = [threading.Thread(target=repeat, args=(*duty, ended), daemon=True) for duty in duties]
    parent = os.getppid()
    threads.append(threading.Thread(target=_end_with_parent, args=(parent, ended), daemon=True))
    for thread in threads:
        thread.start()
    try:
        take_tasks(queue)
    finally:
        ended.set()


def take_tasks(queue: str) -> None:
    """Take tasks of the queue until asked to end; a database that does not answer for long is waited out."""
    while True:
        try:
            call_command(
                "db_worker",
                queue_name=queue,
                interval=POLL_EVERY,
                startup_delay=False,
                reload=False,
                verbosity=0,
            )
        except Error:
            # One long import holds everybody else from writing on SQLite; PostgreSQL may be started anew.
            logger.exception("The database did not answer; trying again.")
            close_old_connections()
            time.sleep(LOOK_EVERY)
        else:
            return


def repeat(every: float, duty: Callable[[], object], ended: threading.Event) -> None:
    """Do ``duty`` at once and then every ``every`` seconds until ``ended``; a failing database is waited out."""
    while True:
        close_old_connections()
        try:
            duty()
        except Error:
            logger.exception("The database did not answer; trying again.")
        finally:
            close_old_connections()
        if ended.wait(every):
            return


def _end_with_parent(parent: int, ended: threading.Event) -> None:
    """A worker whose supervisor was killed outright ends too, instead of working on unseen."""
    while not ended.wait(5.0):
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)
            return
