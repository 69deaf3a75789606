import sys
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from knotwork.methods.opinion import covotes
from knotwork.methods.opinion.covotes import CoVotes, covotes_of
from knotwork.methods.opinion.pair_sums import add_pairs, compiled
from tests.methods.opinion.material import made_votes, matrices, table_from_matrix, vote_table


def by_hand(matrix: list[list[int | None]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    present = np.array([[cell is not None for cell in row] for row in matrix], int)
    votes = np.array([[cell or 0 for cell in row] for row in matrix], int)
    return present.T @ present, votes.T @ votes, present.T @ votes


def same(one: CoVotes, other: CoVotes) -> bool:
    return all(
        getattr(one, name).tobytes() == getattr(other, name).tobytes()
        for name in ("together", "alike", "crossed")
    )


@given(matrices())
def test_dense_and_sparse_sums_are_those_by_hand(matrix):
    table = table_from_matrix(matrix)
    dense, sparse = covotes._dense_sums(table, len(matrix[0])), covotes._sparse_sums(table, len(matrix[0]))
    for found in (dense, sparse):
        for ours, theirs in zip((found.together, found.alike, found.crossed), by_hand(matrix), strict=True):
            assert ours.dtype == np.int32
            assert (ours == theirs).all()


@given(matrices(), some.integers(0, 14))
def test_partitioning_changes_no_byte(matrix, cut):
    table, statements = table_from_matrix(matrix), len(matrix[0])
    cut = min(cut, len(matrix))
    parts = covotes_of(table.block(0, cut), statements) + covotes_of(
        table.block(cut, len(matrix)), statements
    )
    assert same(parts, covotes_of(table, statements))


def test_more_people_than_fit_in_one_exact_block_are_counted_exactly():
    table = table_from_matrix([[1, -1]] * 5000)
    assert covotes_of(table, 2).together.tolist() == [[5000, 5000], [5000, 5000]]
    assert covotes_of(table, 2).crossed.tolist() == [[5000, -5000], [5000, -5000]]


def test_each_way_is_taken_where_it_is_the_cheapest(monkeypatch):
    table = vote_table(made_votes(400, 60, seen=0.05))
    expected = covotes_of(table, 60)
    taken = []
    for way in ("_dense_sums", "_pair_sums", "_sparse_sums"):
        monkeypatch.setattr(covotes, way, _noting(taken, way, getattr(covotes, way)))
    monkeypatch.setattr(covotes, "SECONDS_TO_LOAD", 0)
    for costs in ((1, 0, 1), (0, 1, 1), (1, 1e9, 0)):
        for name, seconds in zip(("DENSE", "COMPILED", "SPARSE"), costs, strict=True):
            monkeypatch.setattr(covotes, f"SECONDS_{name}", seconds)
        assert same(covotes_of(table, 60), expected)
    assert taken == ["_pair_sums", "_dense_sums", "_sparse_sums"]
    monkeypatch.setattr(covotes, "SECONDS_COMPILED", 0)
    monkeypatch.setattr(covotes, "compiled", lambda: None)
    assert same(covotes_of(table, 60), expected)
    assert taken[-1] == "_sparse_sums"


def _noting(taken, name, way):
    def note(*arguments):
        taken.append(name)
        return way(*arguments)

    return note


@given(matrices(), some.integers(1, 5))
def test_the_loop_over_pairs_gives_the_same_bytes_in_any_number_of_pieces(matrix, people):
    table, statements = table_from_matrix(matrix), len(matrix[0])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(covotes, "MOST_PACKED", people)
        assert same(covotes._pair_sums(table, statements, add_pairs), covotes._dense_sums(table, statements))


def test_the_compiled_loop_gives_the_same_bytes():
    pytest.importorskip("numba")
    table = vote_table(made_votes(300, 40, seen=0.3))
    assert same(covotes._pair_sums(table, 40, compiled()), covotes._dense_sums(table, 40))


@pytest.mark.parametrize("error", [ImportError, RuntimeError])
def test_without_a_compiler_there_is_no_compiled_loop(monkeypatch, error):
    def fail(**options):
        raise error

    monkeypatch.setitem(sys.modules, "numba", SimpleNamespace(njit=fail))
    assert compiled.__wrapped__() is None


@given(matrices())
def test_the_gram_matrix_is_that_of_the_centred_votes(matrix):
    votes = np.array([[np.nan if cell is None else cell for cell in row] for row in matrix], float)
    seen = (~np.isnan(votes)).sum(axis=0)
    mean = np.nansum(votes, axis=0) / np.maximum(seen, 1)
    centred = np.nan_to_num(votes - mean)
    gram = covotes_of(table_from_matrix(matrix), len(mean)).gram(mean)
    assert gram == pytest.approx(centred.T @ centred, abs=1e-12)
