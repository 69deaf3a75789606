"""The solver behind bridging: weights are copies, problems side by side are problems alone, and it is quick."""

from __future__ import annotations

import numpy as np
import pytest

from knotwork.methods.opinion import VoteTable, bridging_fit
from knotwork.methods.opinion.bridging import votes_that_count
from knotwork.methods.opinion.bridging_fit import BridgingProblem, Fit
from knotwork.methods.opinion.landscape import landscape_of
from tests.methods.opinion.material import conversation, made_votes, table_from_matrix, vote_table


def start_for(table: VoteTable, problems: int = 1) -> np.ndarray:
    _, counted = votes_that_count(table)
    factor = landscape_of(table).components[0][counted]
    return np.repeat(np.concatenate([np.zeros(1 + len(factor)), 4 * factor])[:, None], problems, axis=1)


def fitted(table: VoteTable, weights: np.ndarray, start: np.ndarray, rounds: int = 300) -> Fit:
    return BridgingProblem(votes_that_count(table)[0], weights).settle(start, tolerance=1e-9, rounds=rounds)


def scores(fit: Fit) -> np.ndarray:
    return fit.point[1 : 1 + len(fit.point) // 2]


def test_who_counts_twice_counts_like_two():
    votes = [
        [1, 1, -1, 0, 1, -1, 1],
        [-1, 1, -1, 1, 1, -1, -1],
        [1, 1, 0, -1, -1, 1, 1],
        [1, -1, -1, 1, 1, 0, 1],
    ]
    often = [3, 1, 2, 4]
    one = table_from_matrix(votes * 3)
    copied = table_from_matrix(
        [row for _ in range(3) for row, times in zip(votes, often, strict=True) for _ in range(times)]
    )
    start = start_for(one)
    weighted = fitted(one, np.tile(np.array(often, float), 3)[:, None], start)
    assert scores(weighted) == pytest.approx(scores(fitted(copied, np.ones((30, 1)), start)), abs=1e-7)


def test_problems_side_by_side_are_solved_like_each_alone():
    table = vote_table(made_votes(60, 12, seed=2))
    people = votes_that_count(table)[0].people
    weights = np.random.default_rng(0).integers(0, 4, (people, 3)).astype(float)
    together = fitted(table, weights, start_for(table, 3))
    for one in range(3):
        alone = fitted(table, weights[:, [one]], start_for(table))
        assert scores(together)[:, [one]] == pytest.approx(scores(alone), abs=1e-7)


@pytest.mark.parametrize("name", ["vtaiwan", "biodiversity", "brexit"])
def test_fifteen_rounds_are_enough_where_plain_turns_are_far_off(monkeypatch, name):
    table = conversation(name)
    people, start = votes_that_count(table)[0].people, start_for(table)
    settled = scores(fitted(table, np.ones((people, 1)), start))
    assert np.abs(scores(fitted(table, np.ones((people, 1)), start, rounds=15)) - settled).max() < 1e-5
    monkeypatch.setattr(bridging_fit, "BALANCING_ROUNDS", 0)
    monkeypatch.setattr(bridging_fit, "_secant", lambda moved, change: np.zeros(moved.shape[1]))
    assert np.abs(scores(fitted(table, np.ones((people, 1)), start, rounds=15)) - settled).max() > 1e-3


def test_a_person_nobody_drew_changes_nothing():
    table = vote_table(made_votes(40, 10, seen=1.0, seed=6))
    fewer = vote_table(
        made_votes(40, 10, seen=1.0, seed=6).filter(made_votes(40, 10, seen=1.0, seed=6)["participant"] < 39)
    )
    weights = np.ones((40, 1))
    weights[39] = 0
    start = start_for(table)
    assert scores(fitted(table, weights, start)) == pytest.approx(
        scores(fitted(fewer, np.ones((39, 1)), start)), abs=1e-7
    )
