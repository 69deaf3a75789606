"""Commits that wait for the disk together."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from knotwork.core import on_disk


@pytest.fixture
def writes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was written out, in order."""
    written: list[str] = []
    monkeypatch.setattr(on_disk, "_write_out", written.append)
    return written


def test_whoever_waits_alone_has_the_log_written_out(writes: list[str]) -> None:
    on_disk._Disk().wait("log")
    assert writes == ["log"]


def test_all_who_come_while_the_disk_is_busy_share_the_next_write(monkeypatch: pytest.MonkeyPatch) -> None:
    disk, is_busy, may_go_on, written = on_disk._Disk(), threading.Event(), threading.Event(), []

    def write(path: str) -> None:
        written.append(path)
        is_busy.set()
        assert may_go_on.wait(20)

    monkeypatch.setattr(on_disk, "_write_out", write)
    first = threading.Thread(target=disk.wait, args=("log",))
    first.start()
    assert is_busy.wait(20)
    others = [threading.Thread(target=disk.wait, args=("log",)) for _ in range(6)]
    for other in others:
        other.start()
    while disk._asked < 7:
        threading.Event().wait(0.001)
    may_go_on.set()
    for thread in (first, *others):
        thread.join(20)
        assert not thread.is_alive()
    assert written == ["log", "log"]


def test_a_disk_that_fails_is_told_to_whoever_waited_and_the_next_tries_again(
    monkeypatch: pytest.MonkeyPatch, writes: list[str]
) -> None:
    disk = on_disk._Disk()
    with monkeypatch.context() as broken:
        broken.setattr(on_disk, "_write_out", _fail)
        with pytest.raises(OSError, match="no disk"):
            disk.wait("log")
    disk.wait("log")
    assert writes == ["log"]


def _fail(_path: str) -> Any:
    raise OSError("no disk")


def test_writing_out_reaches_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log, reached = tmp_path / "log", []
    log.write_bytes(b"x")
    monkeypatch.setattr(os, "fdatasync", lambda handle: reached.append(os.fstat(handle).st_ino))
    on_disk._write_out(str(log))
    assert reached == [log.stat().st_ino]


FULL = 2


class FileDatabase:
    """What the block sees of Django's database, with a real file of SQLite's under it."""

    vendor, in_atomic_block = "sqlite", False

    def __init__(self, path: Path) -> None:
        self.settings_dict = {"NAME": path}
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.execute("PRAGMA synchronous=FULL")

    def ensure_connection(self) -> None:
        pass

    def is_in_memory_db(self) -> bool:
        return False

    def waits_at_each_commit(self) -> bool:
        return bool(self.connection.execute("PRAGMA synchronous").fetchone()[0] == FULL)


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FileDatabase]:
    made = FileDatabase(tmp_path / "votes.sqlite3")
    made.connection.execute("PRAGMA journal_mode=WAL")
    made.connection.execute("CREATE TABLE votes (id INTEGER)")
    monkeypatch.setattr(on_disk, "connections", {"default": made})
    yield made
    made.connection.close()


def test_a_commit_in_the_block_does_not_wait_and_the_end_of_the_block_does(
    database: FileDatabase, writes: list[str]
) -> None:
    with on_disk.on_disk_together():
        database.connection.execute("INSERT INTO votes VALUES (1)")
        assert not database.waits_at_each_commit()
        assert not writes
    assert writes == [f"{database.settings_dict['NAME']}-wal"]
    assert database.waits_at_each_commit()


def test_after_a_block_that_fails_every_commit_waits_again(database: FileDatabase, writes: list[str]) -> None:
    with pytest.raises(LookupError), on_disk.on_disk_together():
        raise LookupError
    assert database.waits_at_each_commit()
    assert not writes


def test_inside_another_transaction_nothing_is_different(database: FileDatabase, writes: list[str]) -> None:
    database.in_atomic_block = True
    with on_disk.on_disk_together():
        assert database.waits_at_each_commit()
    assert not writes


def test_where_no_such_log_can_be_kept_every_commit_waits_by_itself(
    database: FileDatabase, writes: list[str]
) -> None:
    database.connection.execute("PRAGMA journal_mode=DELETE")
    with on_disk.on_disk_together():
        assert database.waits_at_each_commit()
    assert not writes
