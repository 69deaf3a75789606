"""Tables out: all files of a result at once, or none.

Each file is first written beside its final place under a name of its own; when all are there they are moved
into place one by one, each by an atomic rename. A reader never sees half a file, and an error before that
leaves old files as they were. CSV: UTF-8, shortest floats that read back the same, missing cells empty,
``true`` and ``false``.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from knotwork.formats.problems import InputProblem

__all__ = ["TABLE_FORMATS", "csv_bytes", "json_bytes", "write_result"]

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


def _write_all(
    folder: Path, tables: Mapping[str, pl.DataFrame], summary: Mapping[str, Any], table_format: str
) -> list[Path]:
    places: dict[Path, Path] = {}
    try:
        for name, frame in tables.items():
            target = folder / f"{name}.{table_format}"
            places[target] = _beside(target)
            if table_format == "parquet":
                frame.write_parquet(places[target])
            else:
                places[target].write_bytes(csv_bytes(frame))
        target = folder / "summary.json"
        places[target] = _beside(target)
        places[target].write_bytes(json_bytes(summary))
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
