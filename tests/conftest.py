"""What every test stands on."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import ARGUMENTS, CHROMIUM

PURE = ("tests/methods", "tests/formats", "tests/drawing")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of the pure floors need no second round on another database."""
    for item in items:
        place = Path(str(item.fspath)).as_posix()
        if any(f"/{folder}/" in place for folder in PURE):
            item.add_marker(pytest.mark.pure)


@pytest.fixture(autouse=True)
def _files_lie_in_a_folder_of_the_test(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def _nothing_is_kept_from_one_test_to_the_next() -> None:
    from django.core.cache import caches

    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's Chromium, headless."""
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session", autouse=True)
def _append_only_tables_can_be_emptied_between_tests() -> Iterator[None]:
    """SQLite empties tables with DELETE, which append-only tables refuse: lift the guard for that one moment."""
    from django.db import connection

    from knotwork.core.append_only import protect, protected_tables, release

    operations_of_this_database = type(connection.ops)
    original = operations_of_this_database.execute_sql_flush

    def flush(operations: Any, sql_list: Any) -> None:
        tables = protected_tables(operations.connection)
        for table in tables:
            release(operations.connection, table)
        original(operations, sql_list)
        for table in tables:
            protect(operations.connection, table)

    operations_of_this_database.execute_sql_flush = flush
    yield
    operations_of_this_database.execute_sql_flush = original
