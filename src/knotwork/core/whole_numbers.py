"""A great many whole numbers out of the database at once, as an array.

Five million votes one row at a time are five million Python tuples. Here the database hands over whole columns:
PostgreSQL as the bytes of its binary COPY, SQLite as one text of numbers for each column.
"""

from typing import Any, Final

import numpy as np
from django.db import connection
from numpy.typing import NDArray

# What stands before the first row of a binary COPY, and after the last: see PostgreSQL's manual, "COPY", binary format.
_BEFORE: Final = 19
_AFTER: Final = 2


def whole_numbers(query: str, parameters: list[Any], columns: tuple[str, ...]) -> NDArray[np.int64]:
    """The rows of a query as an array (rows, columns); every value is a whole number, none is empty."""
    read = _from_postgresql if connection.vendor == "postgresql" else _from_sqlite
    return read(query, parameters, columns)


def _from_postgresql(query: str, parameters: list[Any], columns: tuple[str, ...]) -> NDArray[np.int64]:
    wanted = ", ".join(f"{name}::bigint" for name in columns)
    command = f"COPY (SELECT {wanted} FROM ({query}) AS asked) TO STDOUT (FORMAT BINARY)"  # noqa: S608
    with connection.cursor() as cursor, cursor.cursor.copy(command, parameters) as copied:
        received = b"".join(copied)
    # Each row is the number of its columns, then each value with its length before it, the highest byte first.
    row = [("columns", ">i2")]
    for number in range(len(columns)):
        row += [(f"length {number}", ">i4"), (f"value {number}", ">i8")]
    rows = np.frombuffer(received[_BEFORE:-_AFTER], dtype=np.dtype(row))
    return np.stack([rows[f"value {number}"].astype(np.int64) for number in range(len(columns))], axis=1)


def _from_sqlite(query: str, parameters: list[Any], columns: tuple[str, ...]) -> NDArray[np.int64]:
    wanted = ", ".join(f"group_concat({name})" for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {wanted} FROM ({query})", parameters)  # noqa: S608
        texts = cursor.fetchone()
    numbers = [np.fromstring(text or "", dtype=np.int64, sep=",") for text in texts]
    return np.stack(numbers, axis=1)
