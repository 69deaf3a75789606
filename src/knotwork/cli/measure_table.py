"""What the verbs of ``knotwork measures`` have in common: one table in, one table and its summary out.

A verb says which columns it needs and which it adds; a file that already has one of those is refused. Columns are
handed on exactly as they came. A cell that holds no number is no bad file: its row gets no result and a reason.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from knotwork.cli.analyst import about_the_run, input_problems_refused, use_few_threads

if TYPE_CHECKING:
    import polars as pl

    from knotwork.methods.arrays import Flags, Floats

__all__ = [
    "Asked",
    "Done",
    "NumberColumn",
    "fingerprint",
    "level_option",
    "numbers",
    "run_verb",
    "table_options",
    "words",
]

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True)
class Asked:
    """What was asked for: files, the format of the table, and the verb's own options."""

    verb: str
    source: Path
    out: Path
    table_format: str | None
    options: Mapping[str, Any] = field(default_factory=dict)
    seed: int | None = None

    @property
    def written_as(self) -> str:
        """What ``--format`` says, or else the ending of FILE."""
        return self.table_format or ("parquet" if self.out.suffix == ".parquet" else "csv")


@dataclass(frozen=True, eq=False)
class Done:
    """The table to write, by which method, and what to say."""

    table: pl.DataFrame
    method: str
    sentence: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class NumberColumn:
    """A column as numbers, NaN where a cell is empty; and where it holds something else than a number."""

    name: str
    value: Floats
    is_wrong: Flags

    @property
    def wrong(self) -> str:
        return f"the {self.name.replace('_', ' ')} is not a number"


def table_options(command: Command) -> Command:
    """IN, ``--out`` and ``--format``."""
    path = click.Path(path_type=Path)
    for decorate in (
        click.option(
            "--format",
            "table_format",
            type=click.Choice(["csv", "parquet"]),
            help="Format of the table; by default as FILE ends, else csv.",
        ),
        click.option("--out", required=True, metavar="FILE", type=path, help="Where to write the table."),
        click.argument("source", metavar="IN", type=path),
    ):
        command = decorate(command)
    return command


def level_option(command: Command) -> Command:
    """``--level``."""
    return click.option(
        "--level",
        type=click.FloatRange(0, 1, min_open=True, max_open=True),
        default=0.95,
        show_default=True,
        help="Level of the limits.",
    )(command)


def run_verb(
    asked: Asked,
    required: Sequence[str],
    added: Sequence[str],
    work: Callable[[pl.DataFrame], Done],
) -> None:
    """Read, work, write, and say what was done."""
    began = time.perf_counter()
    use_few_threads()
    with input_problems_refused():
        from knotwork.formats.sources import open_file
        from knotwork.formats.tables import read_table
        from knotwork.formats.writing import write_table

        source = open_file(asked.source)
        table = read_table(source, required)
        _refuse_outputs(source.name, table.columns, added)
        done = work(table)
        summary = {
            **_summary(asked, table, done),
            "run": about_the_run(
                asked.source,
                asked.out,
                began,
                files=[{"name": source.name, "bytes": source.size, "sha256": source.sha256}],
                format=asked.written_as,
            ),
        }
        write_table(asked.out, done.table, summary, table_format=asked.written_as)
    click.echo(done.sentence)


def _summary(asked: Asked, table: pl.DataFrame, done: Done) -> dict[str, Any]:
    from knotwork import __version__
    from knotwork.methods.indicators import METHOD_VERSION

    return {
        "command": f"measures {asked.verb}",
        "method": done.method,
        "method_version": METHOD_VERSION,
        "knotwork": __version__,
        "input": {"rows": len(table), "rows_sha256": fingerprint(table)},
        "options": dict(asked.options),
        "seed": asked.seed,
        "warnings": list(done.warnings),
        "summary": done.sentence,
    }


def _refuse_outputs(file: str, columns: Sequence[str], added: Sequence[str]) -> None:
    from knotwork.formats.problems import InputProblem

    for column in columns:
        if column in added:
            raise InputProblem(
                file, row=1, column=column, found="a column that this command adds", expected="another name"
            )


def fingerprint(table: pl.DataFrame) -> str:
    """SHA-256 of the rows, whatever their order."""
    import polars as pl

    rows = table.select(pl.struct(pl.all()).struct.json_encode()).to_series().sort()
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def numbers(table: pl.DataFrame, column: str) -> NumberColumn:
    """A column of the table as numbers; all missing when there is no such column."""
    import numpy as np
    import polars as pl

    if column not in table.columns:
        return NumberColumn(column, np.full(len(table), np.nan), np.zeros(len(table), np.bool_))
    cells = table[column]
    text = cells.cast(pl.String).str.strip_chars()
    read = (cells if cells.dtype.is_numeric() else text).cast(pl.Float64, strict=False).fill_nan(None)
    is_wrong = read.is_null() & text.is_not_null() & (text != "") & (text.str.to_lowercase() != "nan")
    return NumberColumn(column, read.fill_null(np.nan).to_numpy(), is_wrong.fill_null(False).to_numpy())


def words(texts: Iterable[str]) -> pl.Series:
    """A column of words; an empty word is an empty cell."""
    import polars as pl

    return pl.Series([str(text) or None for text in texts], dtype=pl.String)
