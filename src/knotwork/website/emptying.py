"""Take every row out of an installation, append-only tables included: only ever on the way to a restore."""

from django.apps import apps
from django.db import connection, models

from knotwork.core.append_only import protect, protected_tables, release
from knotwork.website.backup import kept_models

MOMENTARY = (
    "sessions.Session",
    "accounts.StartLink",
    "limits.Attempt",
    "django_tasks_database.DBTaskResult",
    "schedule.Heartbeat",
    "schedule.ScheduledJob",
    "search.IndexedDocument",
    "search.IndexPosition",
    "wagtailusers.UserProfile",
    "wagtailadmin.EditingSession",
    "wagtailadmin.FormState",
)


def is_empty() -> bool:
    """Whether no table that a dump holds has a row."""
    return not any(model._base_manager.exists() for model in kept_models())


def empty() -> None:
    """Remove all rows that a dump holds; the caller's transaction undoes it if the restore fails.

    What stands only for a moment goes too: a session of before the restore must never become somebody else.
    """
    tables = protected_tables(connection)
    for table in tables:
        release(connection, table)
    for model in [*map(apps.get_model, MOMENTARY), *reversed(kept_models())]:
        _remove_all(model)
    for table in tables:
        protect(connection, table)


def _remove_all(model: type[models.Model]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608 - our own name
