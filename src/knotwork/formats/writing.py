"""Tables out: all files of a result at once, or none.

Each file is first written beside its final place under a name of its own; when all are there they are moved
into place one by one, each by an atomic rename. A reader never sees half a file, and an error before that
leaves old files as they were. CSV: UTF-8, shortest floats that read back the same, missing cells empty,
``true`` and ``false``.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from knotwork.formats.problems import InputProblem

__all__ = ["TABLE_FORMATS", "csv_bytes", "json_bytes", "write_files", "write_result", "write_table"]

TABLE_FORMATS = ("csv", "parquet")


def write_result(
    folder: Path, tables: Mapping[str, pl.DataFrame], summary: Mapping[str, Any], *, table_format: str = "csv"
) -> list[Path]:
    """Write the tables and ``summary.json`` into the folder, which is made if need be; returns the paths."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _write_all(folder, tables, summary, table_format)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise InputProblem(str(folder), found=reason, expected="a folder that can be written to") from error


def write_table(
    target: Path, table: pl.DataFrame, summary: Mapping[str, Any], *, table_format: str = "csv"
) -> list[Path]:
    """Write one table, and its summary beside it as ``NAME.summary.json``; returns both paths."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir():
            raise InputProblem(str(target), found="a folder", expected="a file that can be written")
        about = target.with_name(f"{target.name}.summary.json")
        return _write_files({target: _table_bytes(table, table_format), about: json_bytes(summary)})
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise InputProblem(str(target), found=reason, expected="a file that can be written") from error


def write_files(contents: Mapping[Path, bytes]) -> list[Path]:
    """Write these files, all or none; returns their paths."""
    first = next(iter(contents))
    try:
        for target in contents:
            target.parent.mkdir(parents=True, exist_ok=True)
        return _write_files(contents)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise InputProblem(str(first), found=reason, expected="a file that can be written") from error


def _write_all(
    folder: Path, tables: Mapping[str, pl.DataFrame], summary: Mapping[str, Any], table_format: str
) -> list[Path]:
    contents = {
        folder / f"{name}.{table_format}": _table_bytes(frame, table_format) for name, frame in tables.items()
    }
    return _write_files({**contents, folder / "summary.json": json_bytes(summary)})


def _table_bytes(table: pl.DataFrame, table_format: str) -> bytes:
    if table_format == "csv":
        return csv_bytes(table)
    written = io.BytesIO()
    table.write_parquet(written)
    return written.getvalue()


def _write_files(contents: Mapping[Path, bytes]) -> list[Path]:
    places = {target: _beside(target) for target in contents}
    try:
        for target, content in contents.items():
            places[target].write_bytes(content)
        for target, written in places.items():
            written.replace(target)
    finally:
        for written in places.values():
            written.unlink(missing_ok=True)
    return list(places)


def csv_bytes(frame: pl.DataFrame) -> bytes:
    """The frame as CSV; NaN counts as missing."""
    return frame.with_columns(pl.col(pl.Float32, pl.Float64).fill_nan(None)).write_csv().encode()


def json_bytes(content: Mapping[str, Any]) -> bytes:
    """JSON for people to read: indented, in UTF-8, with a line break at its end."""
    return (json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _beside(target: Path) -> Path:
    """A hidden name in the same folder, so that the rename stays within one file system."""
    return target.with_name(f".{target.name}.{os.getpid()}.part")
