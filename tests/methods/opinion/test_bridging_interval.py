"""Intervals of bridging scores: resampled people, and how often they hold."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.coverage import bridging_coverage, made_population

from knotwork.methods.opinion import bridging as bridging_module
from knotwork.methods.opinion import bridging_interval as interval_module
from knotwork.methods.opinion.bridging import bridging
from knotwork.methods.opinion.landscape import landscape_of
from tests.methods.opinion.material import conversation, table_from_matrix


def scored(name: str, **options):
    table = conversation(name)
    return bridging(table, landscape_of(table).components, **options)


def test_an_interval_holds_its_score():
    found = scored("15-per-hour", resamples=30)
    has = ~np.isnan(found.score)
    assert (found.low[has] < found.score[has]).all()
    assert (found.score[has] < found.high[has]).all()
    assert np.isnan(found.low[~has]).all()
    assert (found.resamples, found.resamples_settled) == (30, True)


def test_a_higher_level_is_wider_and_more_people_are_narrower():
    narrow, wide = (scored("15-per-hour", resamples=30, level=level) for level in (0.5, 0.99))
    assert np.nanmax((narrow.high - narrow.low) / (wide.high - wide.low)) == pytest.approx(0.2619, abs=1e-3)
    votes = [[1, 1, -1, 0, 1, -1, 1], [-1, 1, -1, 1, 1, -1, -1], [1, 1, 0, -1, -1, 1, 1]] * 4
    few, many = table_from_matrix(votes), table_from_matrix(votes * 9)
    widths = [
        np.median(found.high - found.low)
        for table in (few, many)
        for found in [bridging(table, landscape_of(table).components, resamples=60)]
    ]
    assert widths[1] == pytest.approx(widths[0] / 3, rel=0.35)


def test_the_spread_is_that_of_tables_in_which_people_are_copied(monkeypatch):
    monkeypatch.setattr(bridging_module, "MOST_WITH_MANY_STARTS", 0)
    # Copies instead of weights: the same people drawn, a table made of them, scored from the start.
    table = conversation("15-per-hour")
    found = scored("15-per-hour", resamples=60)
    random, scores = np.random.default_rng(5), []
    people = len(table.participants)
    dense = np.full((people, len(table.statements)), 2)
    dense[table.person, table.statement] = table.vote
    for _ in range(60):
        rows = dense[random.integers(0, people, people)]
        votes = [[None if vote == 2 else int(vote) for vote in row] for row in rows]
        copied = table_from_matrix(votes, moderated_out=table.moderated_out.tolist())
        scores.append(bridging(copied, landscape_of(copied).components).score)
    has = ~np.isnan(found.score)
    ratio = (found.high - found.low)[has] / (2 * 1.96 * np.nanstd(np.array(scores)[:, has], axis=0))
    assert np.median(ratio) == pytest.approx(1, abs=0.12)


def test_without_resamples_there_is_no_interval_and_one_resample_is_none():
    assert np.isnan(scored("15-per-hour").high).all()
    assert np.isnan(scored("15-per-hour", resamples=1).high).all()


def test_the_seed_decides_the_resamples():
    one, same, other = (scored("15-per-hour", resamples=5, seed=seed).low.tobytes() for seed in (1, 1, 2))
    assert one == same != other


def test_many_votes_take_two_rounds_to_nearly_the_same_spread(monkeypatch):
    settled = scored("vtaiwan", resamples=32)
    monkeypatch.setattr(interval_module, "MOST_TO_SETTLE", 1000)
    quick = scored("vtaiwan", resamples=32)
    assert settled.resamples_settled
    assert not quick.resamples_settled
    ratio = (quick.high - quick.low) / (settled.high - settled.low)
    assert np.nanmedian(ratio) == pytest.approx(1, abs=0.01)
    assert np.nanmin(ratio) > 0.9


def test_very_many_votes_are_drawn_fewer_times_but_not_too_few(monkeypatch):
    monkeypatch.setattr(interval_module, "MOST_DRAWN", 70_000)
    monkeypatch.setattr(interval_module, "FEWEST_RESAMPLES", 4)
    assert scored("15-per-hour", resamples=100).resamples == 70_000 // scored("15-per-hour").votes
    assert scored("biodiversity", resamples=100).resamples == 4


def test_intervals_hold_the_score_that_everybody_would_give():
    # Two camps; the coverage of many more draws is in benchmarks/coverage.py.
    population = made_population(camps=2, seen=0.6, seed=1, people=6000)
    found = bridging_coverage(population, 150, conversations=8, resamples=60)
    assert 0.88 <= found.held <= 0.98
