"""The built-in examples in a test: told by the rooms' services once in each process, put there as rows afterwards."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, models

from knotwork.examples import services
from knotwork.website.backup import kept_models


@dataclass(frozen=True)
class Told:
    """What an example left behind: the rows of each table, as the database gives them, and the files."""

    rows: dict[type[models.Model], list[tuple[Any, ...]]]
    files: dict[str, bytes]


_told: dict[str, Told] = {}


def tell(key: str) -> None:
    """Load the example into this test's database, as ``examples.services.load`` does."""
    begins_empty = not _filled()
    if begins_empty and key in _told:
        _put_back(_told[key])
        return
    services.load(key)
    if begins_empty:
        _told[key] = Told({model: _rows_of(model) for model in _filled()}, _files())


def _filled() -> list[type[models.Model]]:
    return [model for model in kept_models() if model._base_manager.exists()]


def _names(model: type[models.Model]) -> tuple[str, str]:
    """The table, and its columns in the order in which they are read and written."""
    quoted = connection.ops.quote_name
    return quoted(model._meta.db_table), ", ".join(quoted(f.column) for f in model._meta.concrete_fields)


def _rows_of(model: type[models.Model]) -> list[tuple[Any, ...]]:
    table, columns = _names(model)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table}")
        return cursor.fetchall()


def _put_back(told: Told) -> None:
    with connection.cursor() as cursor:
        for model, rows in told.rows.items():
            table, columns = _names(model)
            places = ", ".join(["%s"] * len(model._meta.concrete_fields))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)
        for statement in connection.ops.sequence_reset_sql(no_style(), list(told.rows)):
            cursor.execute(statement)
    for name, content in told.files.items():
        path = Path(settings.MEDIA_ROOT) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _files() -> dict[str, bytes]:
    folder = Path(settings.MEDIA_ROOT)
    every = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in every}
