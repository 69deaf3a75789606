"""What the analyst's commands have in common: unusable input, threads, and what ``summary.json`` says of a run."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

__all__ = ["UnusableInput", "about_the_run", "input_problems_refused", "use_few_threads"]

# NumPy's and Polars' own threads gain nothing on these sizes and cost the machine's other users. Whoever sets the
# variables is obeyed.
THREADS = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "POLARS_MAX_THREADS": "2"}


class UnusableInput(click.ClickException):
    """The input cannot be used: one message on standard error, exit status 2, nothing written."""

    exit_code = 2


def use_few_threads() -> None:
    """Before NumPy and Polars are imported for the first time."""
    for variable, value in THREADS.items():
        os.environ.setdefault(variable, value)


@contextmanager
def input_problems_refused() -> Iterator[None]:
    """An :class:`~knotwork.formats.problems.InputProblem` inside ends the command with its one message."""
    from knotwork.formats.problems import InputProblem

    try:
        yield
    except InputProblem as problem:
        raise UnusableInput(str(problem)) from problem


def about_the_run(source: Path, out: Path, began: float, **further: Any) -> dict[str, Any]:
    """The key ``run`` of ``summary.json``: what may differ between two runs. ``began`` is ``time.perf_counter()``."""
    return {
        "input": str(source),
        "out": str(out),
        **further,
        "host": socket.gethostname(),
        "seconds": round(time.perf_counter() - began, 3),
    }
