import numpy as np
import pytest

from knotwork.methods.opinion.subspace import leading_subspace, respond
from knotwork.methods.partitions import Held, InlineEngine
from tests.methods.opinion.material import made_votes, vote_table


def test_the_leading_pair_is_that_of_the_gram_matrix():
    table = vote_table(made_votes(200, 40, camps=3, seen=1.0))
    votes = np.zeros((200, 40))
    votes[table.person, table.statement] = table.vote
    mean = votes.mean(axis=0)
    values, vectors = np.linalg.eigh((votes - mean).T @ (votes - mean))
    found = leading_subspace([Held(table)], mean, InlineEngine(), most_votes=40, people=200, seed=1)
    assert found.settled
    assert found.values == pytest.approx(values[::-1][:2])
    assert np.abs(np.sum(found.vectors * vectors[:, ::-1][:, :2].T, axis=1)) == pytest.approx([1, 1])


def test_the_response_is_made_of_whole_numbers():
    table = vote_table(made_votes(30, 12))
    basis = np.linalg.qr(np.random.default_rng(0).standard_normal((12, 3)))[0]
    sums = respond(table, mean=np.zeros(12), basis=basis, step=2.0**-40)
    assert sums.shape == (2, 12, 3)
    assert (sums == np.rint(sums)).all()
    assert np.abs(sums).max() < 2**53
