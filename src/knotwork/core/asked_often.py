"""Questions to the database that are asked so often that they are written once, in its own words.

Putting a question together with querysets takes about ten times as long as answering it. Where every vote asks it, that
is most of what a vote costs. Everywhere else querysets read better.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection


def row_of(question: str, *values: Any) -> tuple[Any, ...] | None:
    """The one row that answers the question, as the database gives it; ``None`` when there is none."""
    with connection.cursor() as cursor:
        cursor.execute(question, in_its_words(*values))
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row


def rows_of(question: str, *values: Any) -> list[tuple[Any, ...]]:
    """All rows that answer the question, as the database gives them."""
    with connection.cursor() as cursor:
        cursor.execute(question, in_its_words(*values))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def in_its_words(*values: Any) -> list[Any]:
    """The values as this database keeps them: SQLite has no moments and no identifiers of its own."""
    return [_in_its_words(value) for value in values]


def _in_its_words(value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value
