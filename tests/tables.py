"""The tables of this test run in a file, for another process: making them anew takes longer than most tests."""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection


def tables_in(file: Path) -> Path:
    """A copy of the test database, which is SQLite's and outside of any transaction; the file."""
    connection.ensure_connection()
    with closing(sqlite3.connect(file)) as copy:
        connection.connection.backup(copy)
    return file
