"""Are the tables up to date? Asked at every start and by every look at this installation's health."""

from importlib.util import find_spec
from pathlib import Path

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def tables_are_current() -> bool:
    """Whether every migration that stands in a file is written down in the database as applied.

    One question and a look at file names: the migrations themselves, some two hundred modules, are not loaded.
    """
    return not missing_migrations()


def missing_migrations() -> set[tuple[str, str]]:
    """The migrations that are not applied, each as (app, name)."""
    return _migrations_in_files() - set(MigrationRecorder(connection).applied_migrations())


def _migrations_in_files() -> set[tuple[str, str]]:
    return {
        (app.label, file.stem)
        for app in apps.get_app_configs()
        for file in _folder_of_migrations(app.label).glob("[!_~]*.py")
    }


def _folder_of_migrations(app: str) -> Path:
    module, _is_named = MigrationLoader.migrations_module(app)
    found = find_spec(module) if module else None
    return Path(found.origin).parent if found and found.origin else Path("/nowhere")
