"""Make an installation ready: tables, cache, static files, examples. What was done already is not done again."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from knotwork.examples.registry import Progress, examples
from knotwork.examples.services import load_all

# The library's editing tool takes a hundred steps, each three times as long in the company of all our tables.
BEFORE_OURS = ("wagtailcore", "wagtailadmin", "wagtailusers")


def migrate() -> int:
    """Bring the tables up to date; how many migrations were applied. A second start only reads the list."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        waiting = {migration.app_label for migration, _backwards in plan}
        for app in BEFORE_OURS:
            if app in waiting:
                call_command("migrate", app, interactive=False, verbosity=0)
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    return len(plan)


def collect_static_files() -> bool:
    """Put the static files, compressed and with hashed names, into the home folder; whether anything had changed."""
    mark = Path(settings.STATIC_ROOT) / ".collected"
    state = _state_of_static_files()
    if mark.is_file() and mark.read_text(encoding="ascii") == state:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    mark.write_text(state, encoding="ascii")
    return True


def _state_of_static_files() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: found[0]):
            stat = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def load_examples(progress: Progress, *, with_demo: bool) -> list[str]:
    """Load what is not loaded yet, without the made-up ones if so asked; the keys of those that were loaded now."""
    left_out = () if with_demo else tuple(example.key for example in examples() if example.is_made_up)
    return load_all(progress=progress, without=left_out)
