"""Questions to the database that are asked so often that they are written once, in its own words.

Putting a question together with querysets takes about ten times as long as answering it. Where every vote asks it, that
is most of what a vote costs. Everywhere else querysets read better.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection


def row_of(question: str, *values: Any) -> tuple[Any, ...] | None:
    """The one row that answers the question, as the database gives it; ``None`` when there is none."""
    with _asked(question, values) as answers:
        row: tuple[Any, ...] | None = answers.fetchone()
    return row


def rows_of(question: str, *values: Any) -> list[tuple[Any, ...]]:
    """All rows that answer the question, as the database gives them."""
    with _asked(question, values) as answers:
        rows: list[tuple[Any, ...]] = answers.fetchall()
    return rows


def write_row(command: str, *values: Any) -> None:
    """Do what the command says, in the transaction that is open."""
    with _asked(command, values):
        pass


@contextmanager
def _asked(question: str, values: tuple[Any, ...]) -> Iterator[Any]:
    """Where the answers come from. SQLite is asked without what Django puts around it, unless somebody counts."""
    database: Any = connection
    if database.vendor != "sqlite" or database.queries_logged or database.execute_wrappers:
        with database.cursor() as cursor:
            cursor.execute(question, in_its_words(*values))
            yield cursor
        return
    database.ensure_connection()
    with database.wrap_database_errors:
        yield database.connection.execute(_in_marks_of_sqlite(question), in_its_words(*values))


@cache
def _in_marks_of_sqlite(question: str) -> str:
    return question.replace("%s", "?")


def in_its_words(*values: Any) -> list[Any]:
    """The values as this database keeps them: SQLite has no moments and no identifiers of its own."""
    return [_in_its_words(value) for value in values]


def _in_its_words(value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value
