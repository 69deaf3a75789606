"""Many small writes, one wait for the disk: nothing is acknowledged before it would outlive a loss of power.

SQLite with ``synchronous=FULL`` makes the disk write everything out at each commit, and nobody else can write
meanwhile. A disk does that some hundreds of times a second. Inside :func:`on_disk_together` a commit only goes into the
write-ahead log, which takes microseconds, and the wait comes after it, when others can write again: one writes the log
out for all who have committed by then. Whoever leaves the block normally is on disk, as with FULL; that is all that
can be told from outside. A checkpoint writes the log out before it takes anything from it, so it takes nothing away.

PostgreSQL gathers commits by itself.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections


class _Disk:
    """The write-ahead log as this process writes it out: one thread at a time, for all who wait."""

    def __init__(self) -> None:
        self._turn = threading.Condition()
        self._asked = self._written = 0
        self._is_writing = False

    def wait(self, path: str) -> None:
        """Until what was in the log when this was called is on disk."""
        with self._turn:
            self._asked += 1
            mine = self._asked
            while self._is_writing and self._written < mine:
                self._turn.wait()
            if self._written >= mine:
                return
            self._is_writing, up_to = True, self._asked
        try:
            _write_out(path)
        except BaseException:
            up_to = 0  # the next in line tries for herself
            raise
        finally:
            with self._turn:
                self._is_writing, self._written = False, max(self._written, up_to)
                self._turn.notify_all()


_disk = _Disk()


@contextmanager
def on_disk_together() -> Iterator[None]:
    """For a block that commits one short transaction: it ends when that is on disk, having kept nobody from writing."""
    database: Any = connections[DEFAULT_DB_ALIAS]
    database.ensure_connection()
    log = _log_of(database)
    if not log:
        yield
        return
    database.connection.execute("PRAGMA synchronous=NORMAL")
    try:
        yield
    finally:
        if database.connection is not None:  # a new one begins with FULL by itself
            database.connection.execute("PRAGMA synchronous=FULL")
    _disk.wait(log)


def _log_of(database: Any) -> str:
    """The write-ahead log to wait for; none where PostgreSQL looks after it, or where an outer transaction commits.

    A disk on which SQLite cannot keep such a log has none either: there every commit waits by itself, as usual.
    """
    if database.vendor != "sqlite" or database.in_atomic_block or database.is_in_memory_db():
        return ""
    log = f"{database.settings_dict['NAME']}-wal"
    return log if os.path.exists(log) else ""


def _write_out(path: str) -> None:
    # The log bears no locks, so opening and closing it beside SQLite takes none of SQLite's away.
    handle = os.open(path, os.O_RDWR)
    try:
        (os.fdatasync if hasattr(os, "fdatasync") else os.fsync)(handle)
    finally:
        os.close(handle)
