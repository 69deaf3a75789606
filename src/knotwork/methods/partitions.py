"""A computation over people, cut into partitions: map, then a tree of sums.

Meaning. A conversation of two hundred people is one partition; a region's consultation of a million may be
forty. The method is the same: *measure* every partition by itself, then *combine* the partial results two by
two until one is left. A partition is described by a **loader**, a callable without arguments, so that a
partition may be held in memory, read from a file by the worker that needs it, or fetched across a network,
and the method need not know.

Formula. ``tree_reduce(combine, [measure(load()) for load in loaders])``. The tree's shape depends on the
number of partitions alone. Where the partial results are integers the answer has the same bytes for any
partitioning and any engine; the opinion methods keep to that.

Engines. ``inline`` runs in this process; ``processes`` starts one worker process per core (spawned, never
forked, because a fork copies the locks of running threads); ``dask`` sends the work to the scheduler at the
given address, or to a cluster on this machine when none is given. Measures and loaders must be picklable for
the latter two.

What is needed more than once can be **kept**: made by the worker that loaded the partition, and left with it.

Cost. The sum of the measures, plus the transport of each partition to its worker.

Errors. An unknown engine, or a scheduler address for an engine that has none, is a ``ValueError``. Whatever a
measure raises comes out unchanged.

>>> loaders = [Held(part) for part in ([1, 2], [3], [4, 5])]
>>> with open_engine("inline") as engine:
...     tree_reduce(lambda one, other: one + other, engine.measure(sum, loaders))
15
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any, Generic, Protocol, TypeVar

__all__ = ["ENGINES", "Engine", "Held", "InlineEngine", "open_engine", "split_evenly", "tree_reduce"]

ENGINES = ("inline", "processes", "dask")

Partition = TypeVar("Partition")
Sums = TypeVar("Sums")


@dataclass(frozen=True)
class Held(Generic[Partition]):
    """A loader for a partition that is already in memory; it travels with its content."""

    partition: Partition

    def __call__(self) -> Partition:
        return self.partition


class Engine(Protocol):
    """Where the measures run. The results come back in the order of the loaders."""

    @property
    def workers(self) -> int: ...

    def measure(
        self, measure: Callable[[Partition], Sums], loaders: Sequence[Callable[[], Partition]]
    ) -> list[Sums]: ...

    def keep(
        self, make: Callable[[Partition], Sums], loaders: Sequence[Callable[[], Partition]]
    ) -> Sequence[Callable[[], Sums]]:
        """Make something of every partition and leave it where it was made; loaders of that, for this engine."""
        ...


@dataclass(frozen=True)
class InlineEngine:
    """One partition after another, in this process."""

    workers: int = 1

    def measure(
        self, measure: Callable[[Partition], Sums], loaders: Sequence[Callable[[], Partition]]
    ) -> list[Sums]:
        return [load_and_measure(measure, load) for load in loaders]

    def keep(
        self, make: Callable[[Partition], Sums], loaders: Sequence[Callable[[], Partition]]
    ) -> Sequence[Callable[[], Sums]]:
        return [Held(made) for made in self.measure(make, loaders)]


@dataclass(frozen=True)
class PooledEngine:
    """On whatever offers ``map(function, items)``, a pool of processes; what is kept travels back and forth."""

    workers: int
    run: Callable[[Callable[[Any], Any], Sequence[Any]], list[Any]]

    def measure(
        self, measure: Callable[[Partition], Sums], loaders: Sequence[Callable[[], Partition]]
    ) -> list[Sums]:
        return self.run(partial(load_and_measure, measure), loaders)

    def keep(
        self, make: Callable[[Partition], Sums], loaders: Sequence[Callable[[], Partition]]
    ) -> Sequence[Callable[[], Sums]]:
        return [Held(made) for made in self.measure(make, loaders)]


@dataclass(frozen=True)
class DaskEngine:
    """On the workers of a Dask client. What is kept stays in a worker's memory; if that worker is lost, Dask makes it
    again from its loader, on another one."""

    workers: int
    client: Any

    def measure(
        self, measure: Callable[[Partition], Sums], loaders: Sequence[Callable[[], Partition]]
    ) -> list[Sums]:
        return list(self.client.gather(self._start(load_and_measure, measure, loaders)))

    def keep(
        self, make: Callable[[Partition], Sums], loaders: Sequence[Callable[[], Partition]]
    ) -> Sequence[Callable[[], Sums]]:
        # A future stands for a loader: where it is given to a task, the task gets what it will hold.
        return self._start(load_and_hold, make, loaders)

    def _start(
        self, work: Callable[..., Any], function: Callable[..., Any], loaders: Sequence[Any]
    ) -> list[Any]:
        return list(self.client.map(partial(work, function), loaders, pure=False))


def load_and_measure(measure: Callable[[Partition], Sums], load: Callable[[], Partition]) -> Sums:
    """What one worker does with one partition."""
    return measure(load())


def load_and_hold(make: Callable[[Partition], Sums], load: Callable[[], Partition]) -> Held[Sums]:
    """What one worker does with one partition that is to stay with it."""
    return Held(make(load()))


@contextmanager
def open_engine(name: str = "inline", scheduler: str | None = None) -> Iterator[Engine]:
    """Open the engine called ``name``, and close its workers when the block ends."""
    if name not in ENGINES:
        raise ValueError(f"Unknown engine {name!r}: choose one of {', '.join(ENGINES)}.")
    if scheduler is not None and name != "dask":
        raise ValueError(f"The engine {name!r} has no scheduler; an address goes with the engine 'dask'.")
    if name == "processes":
        with _process_engine() as engine:
            yield engine
    elif name == "dask":
        with _dask_engine(scheduler) as engine:
            yield engine
    else:
        yield InlineEngine()


@contextmanager
def _process_engine() -> Iterator[Engine]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    workers = max(2, os.cpu_count() or 2)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield PooledEngine(workers, lambda function, items: list(pool.map(function, items)))


@contextmanager
def _dask_engine(scheduler: str | None) -> Iterator[Engine]:
    from distributed import Client

    # The dashboard is a web server nobody asked for, and its port may be taken.
    arguments: dict[str, Any] = {} if scheduler else {"dashboard_address": ":0"}
    with Client(scheduler, set_as_default=False, **arguments) as client:
        workers = max(2, len(client.scheduler_info()["workers"]))
        yield DaskEngine(workers, client)


def tree_reduce(combine: Callable[[Sums, Sums], Sums], parts: Sequence[Sums]) -> Sums:
    """Combine neighbours, then neighbours of those, until one result is left.

    >>> tree_reduce(lambda one, other: f"({one}+{other})", ["a", "b", "c", "d", "e"])
    '(((a+b)+(c+d))+e)'
    """
    if not parts:
        raise ValueError("There is nothing to combine: a computation needs at least one partition.")
    level = list(parts)
    while len(level) > 1:
        pairs = [combine(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = pairs + level[2 * len(pairs) :]
    return level[0]


def split_evenly(total: int, parts: int) -> list[tuple[int, int]]:
    """Cut ``range(total)`` into at most ``parts`` half-open pieces without gaps, none of them empty unless
    all are.

    >>> split_evenly(10, 4)
    [(0, 2), (2, 5), (5, 7), (7, 10)]
    >>> split_evenly(0, 4)
    [(0, 0)]
    """
    pieces = max(1, min(total, parts))
    bounds = [total * piece // pieces for piece in range(pieces + 1)]
    return list(pairwise(bounds))
