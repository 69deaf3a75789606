import numpy as np
from hypothesis import given
from hypothesis import strategies as some

from knotwork.methods.opinion.counts import count_everybody, count_votes
from tests.methods.opinion.material import matrices, table_from_matrix


@given(matrices(), some.lists(some.integers(-1, 2), min_size=14, max_size=14))
def test_every_vote_of_a_grouped_person_is_counted_once(matrix, groups):
    labels = np.array(groups[: len(matrix)])
    counts = count_votes(table_from_matrix(matrix), labels, 3, len(matrix[0]))
    for group in range(3):
        members = [row for row, label in zip(matrix, labels, strict=True) if label == group]
        for statement in range(len(matrix[0])):
            votes = [row[statement] for row in members]
            assert counts.agree[group, statement] == votes.count(1)
            assert counts.disagree[group, statement] == votes.count(-1)
            assert counts.passed[group, statement] == votes.count(0)
            assert counts.seen[group, statement] == len(votes) - votes.count(None)


def test_the_total_of_no_groups_is_nothing():
    counts = count_votes(table_from_matrix([[1, 0]]), np.array([-1]), 0, 2)
    assert counts.total().seen.tolist() == [[0, 0]]


@given(matrices())
def test_everybody_is_one_group_of_all_people(matrix):
    table = table_from_matrix(matrix)
    one_group = count_votes(table, np.zeros(len(matrix), np.int64), 1, len(matrix[0]))
    everybody = count_everybody(table)
    for name in ("agree", "disagree", "passed"):
        assert getattr(everybody, name).tolist() == getattr(one_group, name).tolist()
