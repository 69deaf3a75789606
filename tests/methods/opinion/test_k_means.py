import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from knotwork.methods.opinion import k_means
from knotwork.methods.opinion.k_means import (
    best_split,
    centres_of,
    nearest_centre,
    settle,
    weighted_k_means_step,
)

COORDINATE = some.integers(-20, 20).map(float)
POINTS = some.lists(some.tuples(COORDINATE, COORDINATE), min_size=3, max_size=30).map(np.array)


def split(
    points: np.ndarray, groups: int, *, weights: np.ndarray | None = None, smallest: float = 1, seed: int = 0
):
    weights = np.ones(len(points)) if weights is None else weights
    return best_split(points, weights, groups, random=np.random.default_rng(seed), smallest=smallest)


def clouds(*centres: tuple[float, float], people: int = 40) -> np.ndarray:
    random = np.random.default_rng(1)
    return np.concatenate([random.normal(centre, 0.3, (people, 2)) for centre in centres])


def test_clouds_that_lie_apart_are_found():
    found = split(clouds((0, 0), (5, 0), (0, 5)), 3)
    assert [len(set(found.labels[start : start + 40])) for start in (0, 40, 80)] == [1, 1, 1]
    assert len(set(found.labels)) == 3


@given(POINTS, some.integers(1, 3))
def test_the_best_split_is_settled(points, groups):
    found = split(points, groups)
    if found is not None:
        labels, centres = weighted_k_means_step(points, np.ones(len(points)), found.centres)
        distance = np.linalg.norm(points - found.centres[found.labels], axis=1)
        assert distance == pytest.approx(np.linalg.norm(points - found.centres[labels], axis=1))
        assert found.inertia == pytest.approx((distance**2).sum())
        assert centres.shape == found.centres.shape


@given(POINTS)
def test_two_groups_have_the_least_inertia_of_all_splits_by_a_line(points):
    found = split(points, 2)
    for axis in (0, 1):
        for threshold in np.unique(points[:, axis])[1:]:
            labels = (points[:, axis] >= threshold).astype(int)
            centres = centres_of(points, np.ones(len(points)), labels, 2)
            settled = settle(points, centres)
            assert found.inertia <= settled.inertia + 1e-9


def test_a_split_with_too_small_a_group_is_passed_over():
    points = np.concatenate([clouds((0, 0), (2, 0)), [[40.0, 40.0]]])
    assert np.bincount(split(points, 2, smallest=1).labels).min() == 1
    larger = split(points, 2, smallest=10)
    assert larger is None or np.bincount(larger.labels).min() >= 10


def test_no_split_is_offered_when_all_have_too_small_a_group():
    assert split(np.array([[0.0, 0], [0, 0], [9, 9]]), 2, smallest=2) is None


def test_people_on_one_spot_make_no_two_groups():
    assert split(np.zeros((10, 2)), 2) is None


def test_a_heavy_point_counts_as_many_people():
    points, weights = np.array([[0.0, 0], [1, 0], [10, 0]]), np.array([1.0, 3, 1])
    found = split(points, 2, weights=weights)
    assert sorted(found.centres[:, 0]) == pytest.approx([0.75, 10])
    assert found.inertia == pytest.approx(0.75)


def test_the_same_seed_gives_the_same_split():
    points = clouds((0, 0), (1, 1), (2, 0))
    assert (split(points, 3, seed=4).labels == split(points, 3, seed=4).labels).all()


def test_of_two_centres_equally_near_the_first_has_the_point():
    assert nearest_centre(np.array([[1.0, 0]]), np.array([[0.0, 0], [2, 0]])).tolist() == [0]


def test_a_group_without_members_has_its_centre_at_the_origin():
    assert centres_of(np.array([[2.0, 2]]), np.ones(1), np.array([0]), 2).tolist() == [[2, 2], [0, 0]]


def test_settling_stops_after_the_most_steps(monkeypatch):
    monkeypatch.setattr(k_means, "MOST_STEPS", 1)
    points = np.arange(20.0)[:, None] * [1, 0]
    assert (
        settle(points, np.array([[0.0, 0], [1, 0]])).inertia
        > settle(points, np.array([[4.5, 0], [14.5, 0]])).inertia
    )
