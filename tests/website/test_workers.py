"""A worker outlives a database that does not answer for a while."""

import pytest
from django.db import OperationalError

from knotwork.website import workers


def test_a_worker_waits_out_a_database_that_is_locked_and_takes_tasks_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = [OperationalError("database is locked"), OperationalError("the server was started anew"), None]
    asked = []

    def db_worker(name: str, **options: object) -> None:
        asked.append((name, options["queue_name"]))
        if problem := answers[len(asked) - 1]:
            raise problem

    monkeypatch.setattr(workers, "call_command", db_worker)
    monkeypatch.setattr(workers, "close_old_connections", lambda: None)  # it is the test's own
    monkeypatch.setattr(workers, "LOOK_EVERY", 0)
    workers.take_tasks("heavy")
    assert asked == [("db_worker", "heavy")] * 3


def test_what_is_no_failure_of_the_database_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def db_worker(_name: str, **_options: object) -> None:
        raise SystemExit(0)

    monkeypatch.setattr(workers, "call_command", db_worker)
    with pytest.raises(SystemExit):
        workers.take_tasks("quick")
