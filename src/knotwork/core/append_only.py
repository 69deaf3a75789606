"""Tables that can only grow: the database itself refuses a change or a removal, in SQLite and in PostgreSQL."""

from typing import Any

from django.db import migrations
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION knotwork_refuse_change() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END; $$ LANGUAGE plpgsql
"""


_SQLITE_TRIGGERS = ("update", "delete")


def protect(connection: BaseDatabaseWrapper, table: str) -> None:
    """Put the triggers on ``table``."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for verb in _SQLITE_TRIGGERS:
                cursor.execute(
                    f"CREATE TRIGGER {table}_append_only_{verb} BEFORE {verb.upper()} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
        else:
            cursor.execute(_POSTGRESQL_FUNCTION)
            cursor.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION knotwork_refuse_change()"
            )


def release(connection: BaseDatabaseWrapper, table: str) -> None:
    """Take the triggers off ``table``: for a restore and for a test database, never in the life of a room."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for verb in _SQLITE_TRIGGERS:
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only_{verb}")
        else:
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")


def protected_tables(connection: BaseDatabaseWrapper) -> list[str]:
    """The tables that are append-only now, sorted."""
    query = (
        "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_append_only_%'"
        if connection.vendor == "sqlite"
        else "SELECT DISTINCT event_object_table FROM information_schema.triggers "
        "WHERE trigger_name LIKE '%_append_only' AND trigger_schema = current_schema()"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return sorted(row[0] for row in cursor.fetchall())


def append_only(table: str) -> migrations.RunPython:
    """The migration operation that makes ``table`` append-only, and its way back."""

    def forwards(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        protect(schema_editor.connection, table)

    def backwards(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        release(schema_editor.connection, table)

    return migrations.RunPython(forwards, backwards)
