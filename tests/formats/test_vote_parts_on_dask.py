"""A real scheduler with two worker processes, one of which is killed in the middle of its work."""

import os
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from knotwork.formats.sources import open_folder
from knotwork.formats.vote_parts import ReadPart, VotePart, part_loaders, read_parts
from knotwork.methods.opinion import OpinionOptions, analyse
from knotwork.methods.partitions import InlineEngine, open_engine
from tests.formats.test_vote_parts import in_parts
from tests.methods.opinion.material import made_votes, same_bytes

distributed = pytest.importorskip("distributed")
OPTIONS = OpinionOptions(resamples=6)


@pytest.fixture(scope="module")
def two_workers() -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", silence_logs=50
    ) as cluster:
        yield cluster


@dataclass(frozen=True)
class DeadlyPart:
    """A part whose first reader tells its process id and then waits for the end; later ones simply read it."""

    part: VotePart
    folder: Path

    def __call__(self) -> ReadPart:
        try:
            os.close(os.open(self.folder / "first", os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return self.part()
        (self.folder / "here").write_text(str(os.getpid()), encoding="utf-8")
        threading.Event().wait()
        raise AssertionError("nothing ends this wait but a signal")


def all_on(engine, loaders) -> dict[str, Any]:
    read = read_parts(loaders, engine)
    return analyse(read.table, OPTIONS, engine=engine, parts=read.parts).to_frames()


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return in_parts(tmp_path_factory.mktemp("dask") / "parts", made_votes(120, 15, seen=0.6), 5)


def test_parts_on_a_cluster_give_the_same_bytes_as_in_one_process(two_workers, folder):
    loaders = part_loaders(open_folder(folder))
    with open_engine("dask", two_workers.scheduler_address) as engine:
        assert engine.workers == 2
        assert same_bytes(all_on(engine, loaders), all_on(InlineEngine(), loaders))


def test_a_worker_that_is_killed_while_it_reads_changes_nothing(two_workers, folder, tmp_path):
    loaders = part_loaders(open_folder(folder))
    os.mkfifo(tmp_path / "here")
    deadly = [DeadlyPart(loaders[0], tmp_path), *loaders[1:]]
    killer = threading.Thread(target=_kill_whoever_is_here, args=(tmp_path,))
    killer.start()
    with open_engine("dask", two_workers.scheduler_address) as engine:
        found = all_on(engine, deadly)
    killer.join()
    assert (tmp_path / "killed").exists()
    assert same_bytes(found, all_on(InlineEngine(), loaders))


def test_what_a_lost_worker_kept_is_made_again(two_workers, folder):
    loaders = part_loaders(open_folder(folder))
    with open_engine("dask", two_workers.scheduler_address) as engine:
        read = read_parts(loaders, engine)
        holder = next(iter(engine.client.who_has([read.parts.loaders[0]]).values()))[0]
        os.kill(engine.client.run(os.getpid, workers=[holder])[holder], signal.SIGKILL)
        found = analyse(read.table, OPTIONS, engine=engine, parts=read.parts).to_frames()
    assert same_bytes(found, all_on(InlineEngine(), loaders))


def _kill_whoever_is_here(folder: Path) -> None:
    """Opening the pipe waits until the worker has begun to write to it."""
    with (folder / "here").open(encoding="utf-8") as pipe:
        process = int(pipe.read())
    os.kill(process, signal.SIGKILL)
    (folder / "killed").touch()
