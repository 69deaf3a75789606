import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from knotwork.methods.opinion import silhouette
from knotwork.methods.opinion.silhouette import silhouettes

COORDINATE = some.integers(-5, 5).map(float)
LABELLED = some.lists(some.tuples(COORDINATE, COORDINATE, some.integers(0, 2)), min_size=4, max_size=25)


def one_by_one(points: np.ndarray, labels: np.ndarray) -> float:
    scores = []
    for i, (point, label) in enumerate(zip(points, labels, strict=True)):
        distance = np.linalg.norm(points - point, axis=1)
        mine = (labels == label) & (np.arange(len(points)) != i)
        others = [distance[labels == other].mean() for other in set(labels) - {label}]
        if not mine.any() or not others:
            scores.append(0.0)
            continue
        a, b = distance[mine].mean(), min(others)
        scores.append((b - a) / max(a, b) if max(a, b) > 0 else 0.0)
    return float(np.mean(scores))


@given(LABELLED)
def test_the_silhouette_is_that_of_its_definition(rows):
    points, labels = np.array([row[:2] for row in rows]), np.array([row[2] for row in rows])
    _, labels = np.unique(labels, return_inverse=True)
    (found,) = silhouettes(points, np.ones(len(points)), [labels])
    if labels.max() == 0:
        assert np.isnan(found)
    else:
        assert found == pytest.approx(one_by_one(points, labels))


@given(LABELLED)
def test_weights_stand_for_people_on_the_same_spot(rows):
    spots = sorted(set(rows))
    counts = np.array([rows.count(spot) for spot in spots], float)
    points, labels = np.array([row[:2] for row in rows]), np.array([row[2] for row in rows])
    places, marks = np.array([row[:2] for row in spots]), np.array([row[2] for row in spots])
    (one,), (weighted,) = (
        silhouettes(points, np.ones(len(points)), [labels]),
        silhouettes(places, counts, [marks]),
    )
    assert weighted == pytest.approx(one, nan_ok=True)


def test_several_labellings_share_the_distances(monkeypatch):
    monkeypatch.setattr(silhouette, "ROWS_AT_A_TIME", 3)
    points = np.random.default_rng(0).normal(size=(10, 2))
    labellings = [np.arange(10) % 2, np.arange(10) % 3, np.zeros(10, int)]
    together = silhouettes(points, np.ones(10), labellings)
    alone = [silhouettes(points, np.ones(10), [labels])[0] for labels in labellings]
    assert together == pytest.approx(alone, nan_ok=True)
    assert np.isnan(together[2])


def test_no_labelling_has_no_silhouette():
    assert silhouettes(np.zeros((3, 2)), np.ones(3), []) == []
