import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from knotwork.methods.opinion import covotes
from knotwork.methods.opinion.covotes import CoVotes, covotes_of
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


def test_where_few_of_many_statements_were_seen_the_sparse_way_is_taken(monkeypatch):
    table = vote_table(made_votes(400, 60, seen=0.05))
    expected = covotes_of(table, 60)
    monkeypatch.setattr(covotes, "SMALL", 10)
    monkeypatch.setattr(covotes, "_dense_sums", None)
    assert same(covotes_of(table, 60), expected)


@given(matrices())
def test_the_gram_matrix_is_that_of_the_centred_votes(matrix):
    votes = np.array([[np.nan if cell is None else cell for cell in row] for row in matrix], float)
    seen = (~np.isnan(votes)).sum(axis=0)
    mean = np.nansum(votes, axis=0) / np.maximum(seen, 1)
    centred = np.nan_to_num(votes - mean)
    gram = covotes_of(table_from_matrix(matrix), len(mean)).gram(mean)
    assert gram == pytest.approx(centred.T @ centred, abs=1e-12)
