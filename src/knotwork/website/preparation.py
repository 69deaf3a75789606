"""Make an installation ready: tables, cache, static files, examples. What was done already is not done again."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from knotwork.examples.queries import examples_are_loaded
from knotwork.examples.registry import Progress, examples
from knotwork.examples.services import load_all
from knotwork.website.static_files import StaticFiles
from knotwork.website.tables import tables_are_current


def is_prepared(*, with_demo: bool) -> bool:
    """Whether nothing is left to do. It costs two questions and a look at file names, and loads no migration."""
    return (
        tables_are_current()
        and not static_files_have_changed()
        and examples_are_loaded(without=() if with_demo else made_up())
    )


def migrate() -> int:
    """Bring the tables up to date; how many migrations were applied."""
    # First, so that where all migrations are seen as applied this table is there too.
    call_command("createcachetable", verbosity=0)
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        call_command("migrate", interactive=False, verbosity=0)
    return len(plan)


def collect_static_files() -> bool:
    """Put the static files, compressed and with hashed names, into the home folder; whether anything had changed."""
    if not static_files_have_changed():
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    _mark().write_text(_state_of_static_files(), encoding="ascii")
    return True


def take_up_what_was_prepared() -> None:
    """Another process has prepared: forget what this one knew of the static files before."""
    storage = storages["staticfiles"]
    if isinstance(storage, StaticFiles):  # tests and other hosts may keep them elsewhere
        storage.read_names_anew()


def static_files_have_changed() -> bool:
    """Whether any static file is another than when they were last collected."""
    mark = _mark()
    return not mark.is_file() or mark.read_text(encoding="ascii") != _state_of_static_files()


def _mark() -> Path:
    return Path(settings.STATIC_ROOT) / ".collected"


def _state_of_static_files() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: found[0]):
            stat = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def load_examples(progress: Progress, *, with_demo: bool) -> list[str]:
    """Load what is not loaded yet, without the made-up ones if so asked; the keys of those that were loaded now."""
    return load_all(progress=progress, without=() if with_demo else made_up())


def made_up() -> tuple[str, ...]:
    """The examples that are invented, and are left out where a host does not want them."""
    return tuple(example.key for example in examples() if example.is_made_up)
