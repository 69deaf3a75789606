"""The stages of an opinion analysis that work on parts, on a Dask cluster of one worker and of two.

Run: ``python -m benchmarks.opinion_dask [--large] [--out FILE]``. Votes are those of ``benchmarks.opinion_scale``, in
sixteen Parquet parts split by person. A cluster has a scheduler and workers of one thread each (Polars' too), as
processes on this machine; each has loaded its libraries before it is measured. Seconds are those that pass between
giving the cluster a stage and having its answer here, summed over all stages: reading and sorting the parts, the
co-votes of statements, and the positions of people. What is done here in between is not counted, and is the same for
any cluster. The result must be the same bytes. ``--large`` measures fifty million votes in place of five.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.made_votes import write_parts
from benchmarks.opinion_scale import LARGE, SIZES
from knotwork.formats.conversation_input import fingerprint, read_conversation
from knotwork.methods.opinion import OpinionOptions, analyse
from knotwork.methods.partitions import DaskEngine

PARTS, TIMES_AS_FAST = 16, 1.5


@dataclass
class TimedEngine:
    """A Dask engine that waits for each stage and writes down how long it took."""

    engine: DaskEngine
    stages: list[tuple[str, float]] = field(default_factory=list)

    @property
    def workers(self) -> int:
        return self.engine.workers

    def measure(self, measure: Callable[..., Any], loaders: Sequence[Any]) -> list[Any]:
        return self._timed(measure, lambda: self.engine.measure(measure, loaders))

    def keep(self, make: Callable[..., Any], loaders: Sequence[Any]) -> Any:
        from distributed import wait

        def kept() -> Any:
            futures = self.engine.keep(make, loaders)
            with self.engine.client.as_current():
                wait(futures)
            return futures

        return self._timed(make, kept)

    def _timed(self, function: Callable[..., Any], stage: Callable[[], Any]) -> Any:
        began = time.perf_counter()
        answer = stage()
        name = getattr(function, "func", function).__name__
        self.stages.append((name.strip("_"), time.perf_counter() - began))
        return answer


def measured(folder: Path, workers: int) -> tuple[list[tuple[str, float]], str]:
    """The stages with their seconds on so many workers, and a fingerprint of what was found."""
    import dask
    from distributed import Client, LocalCluster

    with (
        dask.config.set({"distributed.nanny.pre-spawn-environ.POLARS_MAX_THREADS": 1}),
        LocalCluster(
            n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=":0", memory_limit=0
        ) as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        client.run(_load_libraries)
        engine = TimedEngine(DaskEngine(workers, client))
        read = read_conversation(folder, engine=engine)
        found = analyse(read.table, OpinionOptions(resamples=0), engine=engine, parts=read.parts)
        return engine.stages, fingerprint(read.table) + found.landscape.positions.tobytes().hex()[:64]


def _load_libraries() -> None:
    import knotwork.formats.vote_parts
    import knotwork.methods.opinion.analysis  # noqa: F401


def main() -> int:
    """Measure both clusters; status 1 where two workers are not so many times as fast, or find something else."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    size = LARGE if asked.large else SIZES[-1]
    with tempfile.TemporaryDirectory() as folder:
        votes = write_parts(Path(folder), size, parts=PARTS)
        (one, found_by_one), (two, found_by_two) = (measured(Path(folder), workers) for workers in (1, 2))
    print(f"{votes:,} votes in {PARTS} parts{'':<12}{'1 worker':>12}{'2 workers':>12}{'times':>8}")
    for (name, alone), (_name, shared) in zip(one, two, strict=True):
        print(f"  {name:<34}{alone:>10.2f} s{shared:>10.2f} s{alone / shared:>8.2f}")
    alone, shared = sum(seconds for _, seconds in one), sum(seconds for _, seconds in two)
    print(f"  {'together':<34}{alone:>10.2f} s{shared:>10.2f} s{alone / shared:>8.2f}")
    same = found_by_one == found_by_two
    if asked.out:
        figures = {"votes": votes, "one_worker": one, "two_workers": two, "times": alone / shared}
        asked.out.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0 if same and alone / shared >= TIMES_AS_FAST else 1


if __name__ == "__main__":
    sys.exit(main())
