"""Signals: found where something was planted, and seldom where nothing was."""

import numpy as np
import pytest

from knotwork.methods.opinion.integrity import (
    HOUR,
    UNANSWERED,
    IntegrityOptions,
    bursts,
    identical_patterns,
    waves,
)

pytestmark = pytest.mark.pure
DAY = 86_400


def a_steady_stream(random: np.random.Generator, people: int, days: int = 7) -> np.ndarray:
    return np.sort(random.integers(0, days * DAY, people))


def two_camps(random: np.random.Generator, people: int, statements: int, loyal: float) -> np.ndarray:
    """Each camp has its own answer to every statement, and nearly everybody gives it."""
    camps = random.choice([1, -1], (2, statements))
    camp = random.integers(0, 2, people)
    stray = random.random((people, statements)) > loyal
    return np.where(stray, random.integers(-1, 2, (people, statements)), camps[camp]).astype(np.int8)


class TestBursts:
    def test_nobody_makes_none(self) -> None:
        assert bursts(np.array([], np.int64)) == ()

    def test_one_moment_alone_cannot_be_compared_with_anything(self) -> None:
        assert bursts(np.full(50, 7, np.int64)) == ()

    def test_a_planted_one_is_found_with_its_people_and_its_time(self) -> None:
        began = np.concatenate([a_steady_stream(np.random.default_rng(1), 400), np.full(30, 3 * DAY + 60)])
        (found,) = bursts(began)
        assert set(range(400, 430)) <= set(found.people.tolist())
        assert found.start <= 3 * DAY + 60 < found.end
        assert found.expected < 3
        assert found.probability < 0.001

    def test_neighbouring_bins_are_one_burst(self) -> None:
        began = np.concatenate([a_steady_stream(np.random.default_rng(2), 400), 3 * DAY + np.arange(80) * 30])
        (found,) = bursts(began)
        assert found.end - found.start == 4 * 600

    @pytest.mark.parametrize("people", [300, 3000, 12_000])
    def test_a_steady_stream_gives_one_at_most_at_the_stated_rate(self, people: int) -> None:
        random = np.random.default_rng(people)
        alarms = sum(bool(bursts(a_steady_stream(random, people))) for _ in range(300))
        assert alarms <= 9  # of 300 at 0.01 or less: 3 expected at most, above 9 with probability 0.001

    def test_a_rush_that_rises_and_falls_slowly_is_none(self) -> None:
        random = np.random.default_rng(5)
        began = np.sort(random.normal(12 * HOUR, 4 * HOUR, 2000).clip(0, DAY)).astype(np.int64)
        assert bursts(began) == ()


class TestIdenticalPatterns:
    def test_too_few_people_make_none(self) -> None:
        assert identical_patterns(np.ones((4, 20), np.int8)) == ()

    def test_a_planted_one_is_found_with_its_people(self) -> None:
        random = np.random.default_rng(1)
        table = random.choice([1, 0, -1], (200, 15)).astype(np.int8)
        table[50:62] = table[50]
        (found,) = identical_patterns(table)
        assert found.people.tolist() == list(range(50, 62))
        assert found.answers == 15
        assert found.expected < 1.1
        assert found.probability < 1e-6

    def test_few_answers_are_no_pattern(self) -> None:
        table = np.full((100, 20), UNANSWERED, np.int8)
        table[:, :7] = 1
        assert identical_patterns(table) == ()

    @pytest.mark.parametrize(("people", "loyal"), [(300, 0.97), (300, 0.9), (60, 0.95), (1000, 0.8)])
    def test_two_camps_that_hold_together_are_none(self, people: int, loyal: float) -> None:
        random = np.random.default_rng(3)
        alarms = sum(bool(identical_patterns(two_camps(random, people, 12, loyal))) for _ in range(60))
        assert alarms <= 3

    def test_copies_of_one_person_are_found_between_two_camps(self) -> None:
        random = np.random.default_rng(7)
        table = two_camps(random, 300, 14, 0.9)
        table[:25] = random.choice([1, 0, -1], 14)
        (found,) = identical_patterns(table)
        assert set(range(25)) <= set(found.people.tolist())

    def test_one_that_everybody_gives_is_none(self) -> None:
        table = np.ones((60, 10), np.int8)
        table[:30, 9] = -1
        assert identical_patterns(table) == ()

    def test_who_met_other_statements_counts_for_nothing(self) -> None:
        random = np.random.default_rng(4)
        table = random.choice([1, 0, -1, UNANSWERED], (400, 30), p=[0.2, 0.2, 0.2, 0.4]).astype(np.int8)
        table[:8] = table[0]
        (found,) = identical_patterns(table)
        assert found.people.tolist() == list(range(8))


class TestWaves:
    def test_ten_within_an_hour_from_one_network_are_one(self) -> None:
        began = np.concatenate([np.arange(10) * 60, [10 * HOUR], np.arange(30) * HOUR]).astype(np.int64)
        network = np.concatenate([np.zeros(11), np.ones(30)]).astype(np.int64)
        (found,) = waves(began, network)
        assert (found.people.tolist(), found.start) == (list(range(10)), 0)

    def test_networks_that_are_not_known_are_not_one_network(self) -> None:
        assert waves(np.zeros(50, np.int64), np.full(50, -1, np.int64)) == ()

    def test_the_hour_does_not_hold_its_end(self) -> None:
        began = np.array([0] * 9 + [HOUR], np.int64)
        assert waves(began, np.zeros(10, np.int64)) == ()


@pytest.mark.parametrize(
    "words", [{"level": 0}, {"level": 1}, {"alike_share": 0}, {"bin_seconds": 0}, {"reach": 1}]
)
def test_options_that_mean_nothing_are_refused(words: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"must lie|at least"):
        IntegrityOptions(**words)
