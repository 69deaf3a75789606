"""Questions to the database that are asked so often that they are written once, in its own words.

Putting a question together with querysets takes about ten times as long as answering it. Where every vote asks it, that
is most of what a vote costs. Everywhere else querysets read better.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, OperationalError, connections


def row_of(question: str, *values: Any) -> tuple[Any, ...] | None:
    """The one row that answers the question, as the database gives it; ``None`` when there is none."""
    row: tuple[Any, ...] | None = _asked(question, values, lambda answers: answers.fetchone())
    return row


def rows_of(question: str, *values: Any) -> list[tuple[Any, ...]]:
    """All rows that answer the question, as the database gives them."""
    rows: list[tuple[Any, ...]] = _asked(question, values, lambda answers: answers.fetchall())
    return rows


def _asked(question: str, values: tuple[Any, ...], read: Callable[[Any], Any]) -> Any:
    """Asked without what Django puts around it, unless somebody counts what is asked."""
    database: Any = connections[DEFAULT_DB_ALIAS]
    if database.queries_logged or database.execute_wrappers:
        with database.cursor() as cursor:
            cursor.execute(question, _in_its_words(database, values))
            return read(cursor)
    try:
        return _asked_plainly(database, question, values, read)
    except OperationalError:
        # The first question of a request finds out whether the database was started anew since the last.
        if database.health_check_done or database.in_atomic_block or database.vendor == "sqlite":
            raise
        database.close()
        return _asked_plainly(database, question, values, read)


def _asked_plainly(database: Any, question: str, values: tuple[Any, ...], read: Callable[[Any], Any]) -> Any:
    database.ensure_connection()
    with database.wrap_database_errors:
        answer = read(_answers(database, question, values))
    database.health_check_done = True
    return answer


def _answers(database: Any, question: str, values: tuple[Any, ...]) -> Any:
    """SQLite keeps what it has understood of a question by itself; PostgreSQL when it is told to."""
    if database.vendor == "sqlite":
        return database.connection.execute(_in_marks_of_sqlite(question), _in_its_words(database, values))
    return _prepared(database.connection).execute(question, values, prepare=True)


def _prepared(connection: Any) -> Any:
    """PostgreSQL's own way to send values apart from the question, which is then planned once for each connection."""
    from psycopg import Cursor  # there where PostgreSQL is used

    return Cursor(connection)


@cache
def _in_marks_of_sqlite(question: str) -> str:
    return question.replace("%s", "?")


def _in_its_words(database: Any, values: tuple[Any, ...]) -> list[Any]:
    """The values as this database keeps them: SQLite has no moments and no identifiers of its own."""
    return [_as_kept(database, value) for value in values]


def _as_kept(database: Any, value: Any) -> Any:
    if isinstance(value, datetime):
        return database.ops.adapt_datetimefield_value(value)
    if isinstance(value, UUID) and not database.features.has_native_uuid_field:
        return value.hex
    return value
