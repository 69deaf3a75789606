import pytest
from hypothesis import given
from hypothesis import strategies as some

from knotwork.methods.partitions import ENGINES, Held, open_engine, split_evenly, tree_reduce


def add(one: int, other: int) -> int:
    return one + other


def test_every_engine_measures_in_the_order_of_the_loaders():
    for name in ("inline", "processes"):
        with open_engine(name) as engine:
            assert engine.measure(sum, [Held([1, 2]), Held([3]), Held([])]) == [3, 3, 0]
            assert engine.workers >= 1


def test_dask_measures_on_the_scheduler_at_the_given_address():
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=False, dashboard_address=":0"
        ) as cluster,
        open_engine("dask", cluster.scheduler_address) as engine,
    ):
        assert engine.measure(sum, [Held([1, 2]), Held([1, 2]), Held([3])]) == [3, 3, 3]
        assert engine.workers == 2


def test_an_unknown_engine_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match=", ".join(ENGINES)), open_engine("steam"):
        pass


def test_a_scheduler_belongs_to_dask():
    with pytest.raises(ValueError, match="has no scheduler"), open_engine("inline", "tcp://somewhere:1"):
        pass


@given(some.lists(some.integers(), min_size=1))
def test_the_tree_combines_everything_once(numbers):
    assert tree_reduce(add, numbers) == sum(numbers)


def test_nothing_cannot_be_combined():
    with pytest.raises(ValueError, match="at least one partition"):
        tree_reduce(add, [])


@given(some.integers(0, 1000), some.integers(1, 50))
def test_pieces_cover_the_whole_once(total, parts):
    pieces = split_evenly(total, parts)
    assert [item for start, stop in pieces for item in range(start, stop)] == list(range(total))
    assert len(pieces) <= max(1, parts)
    assert max(stop - start for start, stop in pieces) - min(stop - start for start, stop in pieces) <= 1
