"""The jobs that rooms register when they start."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

Job = Callable[[], object]


@dataclass(frozen=True)
class Periodic:
    """A job and how often it is due."""

    name: str
    every: timedelta
    job: Job


_JOBS: dict[str, Periodic] = {}


def every(seconds: float, name: str) -> Callable[[Job], Job]:
    """Run the decorated function about every ``seconds`` seconds, in one process at a time."""

    def register(job: Job) -> Job:
        _JOBS[name] = Periodic(name, timedelta(seconds=seconds), job)
        return job

    return register


def jobs() -> tuple[Periodic, ...]:
    """All jobs, by name."""
    return tuple(_JOBS[name] for name in sorted(_JOBS))
