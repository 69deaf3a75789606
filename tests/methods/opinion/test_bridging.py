"""The score without groups: its optimum, what counts, and what it means."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from scipy.optimize import minimize

from knotwork.methods.opinion import answer_sums, vote_table
from knotwork.methods.opinion import bridging as bridging_module
from knotwork.methods.opinion.bridging import Bridging, bridging, votes_that_count
from knotwork.methods.opinion.landscape import landscape_of
from knotwork.methods.opinion.votes import VoteTable
from tests.methods.opinion.material import conversation, made_votes, matrices, table_from_matrix

LOSSES = {"vtaiwan": 0.132432, "biodiversity": 0.121201, "bowling-green": 0.121083, "austria": 0.118947}


def scored(table: VoteTable, **options: object) -> Bridging:
    return bridging(table, landscape_of(table).components, **options)


class PlainModel:
    """The loss as the formula says it, with its gradient, for a general solver: slow, and nothing shared with
    the code."""

    def __init__(self, table: VoteTable) -> None:
        answers, self.counted = votes_that_count(table)
        self.person = np.repeat(np.arange(answers.people), answers.per_person)
        self.statement, worth = np.divmod(answers.answer, 3)
        self.y = worth / 2
        self.people, self.statements = answers.people, answers.answers // 3

    def parts(self, x: np.ndarray) -> tuple[float, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        n, m = self.people, self.statements
        return x[0], *np.split(x[1:], [n, 2 * n, 2 * n + m])

    def loss(self, x: np.ndarray) -> tuple[float, np.ndarray]:
        mean, of_person, leaning, of_statement, factor = self.parts(x)
        u, s = self.person, self.statement
        error = self.y - mean - of_person[u] - of_statement[s] - leaning[u] * factor[s]
        value = (
            np.mean(error**2)
            + 0.03 * (np.mean(leaning**2) + np.mean(factor**2))
            + 0.15 * (np.mean(of_person**2) + np.mean(of_statement**2) + mean**2)
        )
        back = -2 * error / len(error)
        gradient = np.concatenate(
            [
                [back.sum() + 0.3 * mean],
                np.bincount(u, back, minlength=self.people) + 0.3 * of_person / self.people,
                np.bincount(u, back * factor[s], minlength=self.people) + 0.06 * leaning / self.people,
                np.bincount(s, back, minlength=self.statements) + 0.3 * of_statement / self.statements,
                np.bincount(s, back * leaning[u], minlength=self.statements)
                + 0.06 * factor / self.statements,
            ]
        )
        return float(value), gradient

    def best(self, seed: int) -> tuple[float, np.ndarray]:
        random = np.random.default_rng(seed)
        start = random.normal(0, 0.4, 1 + 2 * self.people + 2 * self.statements)
        how = {"maxiter": 20_000, "maxfun": 40_000, "ftol": 1e-16, "gtol": 1e-9, "maxcor": 30}
        found = minimize(self.loss, start, jac=True, method="L-BFGS-B", options=how)
        return float(found.fun), self.parts(found.x)[3]


@pytest.mark.parametrize("name", LOSSES)
def test_the_loss_of_real_conversations_is_the_optimal_one_to_six_digits(name):
    found = scored(conversation(name))
    assert found.settled
    assert round(found.loss, 6) == LOSSES[name]


@pytest.mark.parametrize("name", ["15-per-hour", "brexit", "biodiversity", "canadian"])
def test_scores_are_the_best_that_a_general_solver_finds_from_several_starts(name):
    table = conversation(name)
    found, model = scored(table), PlainModel(table)
    loss, scores = min((model.best(seed) for seed in range(3)), key=lambda one: one[0])
    assert found.loss == pytest.approx(loss, abs=1e-8)
    assert np.abs(found.score[model.counted] - scores).max() < 1e-4
    # No other start finds anything lower.
    assert found.loss <= loss + 1e-9


@settings(max_examples=10)
@given(some.integers(0, 60))
def test_no_start_finds_a_lower_loss_in_made_conversations(seed):
    random = np.random.default_rng(seed)
    shape = int(random.integers(20, 80)), int(random.integers(8, 20))
    table = vote_table(made_votes(*shape, camps=1 + seed % 4, seen=random.uniform(0.5, 1), seed=seed))
    found, model = scored(table), PlainModel(table)
    if found.votes:
        assert found.loss <= min(model.best(start)[0] for start in range(4)) + 1e-7


def test_level_and_factors_are_shared_evenly():
    table = conversation("15-per-hour")
    found, model = scored(table), PlainModel(table)
    mean, of_person, leaning, of_statement, factor = model.parts(
        minimize(
            model.loss,
            np.concatenate(
                [np.full(1 + 2 * model.people, 0.1), found.score[model.counted], found.factor[model.counted]]
            ),
            jac=True,
            method="L-BFGS-B",
            options={"maxiter": 20_000, "gtol": 1e-10, "ftol": 1e-16},
        ).x
    )
    assert np.mean(of_person) == pytest.approx(mean, abs=1e-5)
    assert np.nanmean(found.score) == pytest.approx(mean, abs=1e-5)
    assert np.nanmean(found.factor**2) == pytest.approx(np.mean(leaning**2), abs=1e-4)
    assert np.abs(found.factor[model.counted] - factor).max() < 1e-3
    assert np.abs(found.score[model.counted] - of_statement).max() < 1e-4


def test_the_largest_factor_is_positive():
    for name in ("15-per-hour", "brexit", "vtaiwan"):
        factor = scored(conversation(name)).factor
        assert factor[np.nanargmax(np.abs(factor))] > 0


def test_what_both_camps_agree_with_comes_before_what_the_larger_camp_agrees_with():
    # Thirty against ten, who disagree on everything but statement 0, with which six in ten of either agree.
    side = np.array([1] * 30 + [-1] * 10)
    random = np.random.default_rng(0)
    votes = side[:, None] * np.where(random.random((40, 12)) < 0.9, 1, -1)
    votes[:, 0] = np.where(np.arange(40) % 10 < 6, 1, -1)
    assert (votes == 1).mean(axis=0)[0] < (votes == 1).mean(axis=0)[1:].max()
    score = scored(table_from_matrix(votes.tolist())).score
    assert np.argmax(score) == 0


def test_people_with_six_votes_do_not_count_nor_statements_with_four():
    full = [[1, -1, 1, 0, 1, 1, -1, None]] * 3 + [[1, 1, 1, 1, 1, 1, -1, 1]] * 4
    few = [[1, 1, 1, 1, 1, 1, None, None]]
    table = table_from_matrix(full + few)
    found = scored(table)
    # Statement 7 has four votes; without it the seven people still have seven.
    assert (found.people, found.votes) == (7, 49)
    assert np.isnan(found.score).tolist() == [False] * 7 + [True]


def test_votes_on_statements_that_do_not_count_do_not_make_a_person_count():
    table = table_from_matrix([[1] * 7] * 8, moderated_out=[True] + [False] * 6)
    assert scored(table).votes == 0


def test_moderated_statements_have_no_score():
    table = table_from_matrix([[1, -1, 1, 1, 0, 1, 1, 1]] * 8, moderated_out=[False] * 7 + [True])
    assert np.isnan(scored(table).score).tolist() == [False] * 7 + [True]


def test_a_statement_that_only_people_with_few_votes_saw_has_no_score():
    table = table_from_matrix([[1, 0, 1, -1, 1, 1, 1, None]] * 6 + [[None] * 7 + [1]] * 6)
    assert np.isnan(scored(table).score).tolist() == [False] * 7 + [True]


@settings(max_examples=40)
@given(matrices(people=20))
def test_any_table_gives_scores_or_none(matrix):
    found = scored(table_from_matrix(matrix))
    assert np.isfinite(found.score).any() == np.isfinite(found.loss) == bool(found.votes)
    assert np.isnan(found.low).all()


@settings(max_examples=10)
@given(some.integers(0, 2**32), some.integers(2, 3))
def test_neither_the_order_of_rows_nor_the_ids_of_people_change_a_byte(seed, camps):
    votes = made_votes(60, 12, camps=camps, seed=seed % 1000)
    ids = np.random.default_rng(seed).permutation(60)
    other = votes.with_columns(participant=pl.Series(ids[votes["participant"].to_numpy()])).sample(
        fraction=1, shuffle=True, seed=seed
    )
    one, two = (scored(vote_table(rows), resamples=9) for rows in (votes, other))
    for name in ("score", "low", "high", "factor"):
        assert getattr(one, name).tobytes() == getattr(two, name).tobytes()


def test_other_numbers_for_the_statements_change_no_eighth_digit():
    votes = made_votes(80, 15, camps=3, seed=4)
    turned = votes.with_columns(statement=14 - pl.col("statement"))
    one, two = scored(vote_table(votes)), scored(vote_table(turned))
    assert np.abs(one.score - two.score[::-1]).max() < 1e-8


def test_the_way_of_many_votes_gives_the_same_bytes(monkeypatch):
    table = conversation("15-per-hour")
    one = scored(table).score.tobytes()
    monkeypatch.setattr(answer_sums, "FEW", 0)
    assert scored(table).score.tobytes() == one


def test_many_votes_are_scored_from_one_start(monkeypatch):
    table = conversation("15-per-hour")
    found = scored(table)
    monkeypatch.setattr(bridging_module, "MOST_WITH_MANY_STARTS", 0)
    assert scored(table).loss == pytest.approx(found.loss, abs=1e-9)


def test_scores_that_have_not_settled_say_so(monkeypatch):
    monkeypatch.setattr(bridging_module, "MOST_ROUNDS", 2)
    assert not scored(conversation("15-per-hour")).settled


def test_without_votes_there_is_nothing_to_score():
    found = scored(table_from_matrix([[None, None]]))
    assert np.isnan(found.score).all()
    assert found.settled


def test_where_everybody_says_the_same_there_is_no_side():
    found = scored(table_from_matrix([[1] * 8] * 9))
    assert found.score == pytest.approx(np.full(8, found.score[0]))
    assert found.factor == pytest.approx(np.zeros(8), abs=1e-6)
