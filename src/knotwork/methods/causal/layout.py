"""Where each factor of a map stands on the paper.

Meaning. Factors that lead to each other stand near each other, what is much linked stands in the middle, the flow runs
from left to right where there is one, and no label covers another. The same map gives the same picture, whoever asks.

Formula. d = shortest path along links in either direction (factors that cannot reach each other: one more than the
longest path). Classical scaling of d gives a first place for each; *stress*, the sum over pairs of d^-2 (|x_i - x_j| -
d_ij)^2, is then made small by majorization. The drawing is turned so that the sum over links of (target - source)
points to the right, scaled so that boxes have room, and overlapping boxes are pushed apart, each pair along the side
where less is needed.

Shapes and units. ``sizes``: (F, 2), the width and height of each label's box with its margin; the centres that come
back, (F, 2), are in the same units, with x to the right, y downwards and the least box edge at 0.

Cost. O(F^3) for the scaling and O(F^2) for each of some hundred steps: 108 factors take about 0.15 CPU s. Seeded only
to tell factors apart that would stand on one point.

Source. Torgerson, W. S. (1952), Multidimensional scaling, Psychometrika 17; Gansner, E. R., Koren, Y. & North, S.
(2004), Graph drawing by stress majorization, GD 2004.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import shortest_path

from knotwork.methods.arrays import Floats
from knotwork.methods.causal.graph import SignedGraph

__all__ = ["layout"]

_STRESS_STEPS = 120
_PUSHES = 20
_WIDER_THAN_HIGH = 1.6
_JITTER = 1e-3
_GROWTH = 1.02


def layout(graph: SignedGraph, sizes: Floats, *, seed: int = 0) -> Floats:
    """The centre of each factor's box; no two boxes overlap.

    >>> from knotwork.methods.causal.graph import signed_graph
    >>> graph = signed_graph(["1", "2"], [("1", "2", 1, 1.0, 1.0)])
    >>> layout(graph, np.array([[10.0, 4.0], [10.0, 4.0]]))[:, 0].round(3).tolist()
    [5.0, 16.494]
    """
    many = len(graph.factors)
    if sizes.shape != (many, 2) or not (np.isfinite(sizes).all() and (sizes > 0).all()):
        raise ValueError(f"Expected a width and a height above 0 for each of {many} factors.")
    if many == 0:
        return np.zeros((0, 2))
    distances = _distances(graph)
    places = _scaled(distances, seed)
    places = _less_stress(places, distances)
    places = _turned(places, graph)
    return _at_the_edge(_apart(places * _room(sizes), sizes), sizes)


def _distances(graph: SignedGraph) -> Floats:
    many = len(graph.factors)
    ones = np.ones(graph.number_of_links)
    matrix = csr_array((ones, (graph.source, graph.target)), shape=(many, many))
    found = np.asarray(shortest_path(matrix, directed=False, unweighted=True), dtype=np.float64)
    reached = found[np.isfinite(found)]
    found[~np.isfinite(found)] = reached.max() + 1
    return found


def _scaled(distances: Floats, seed: int) -> Floats:
    """Classical scaling to two dimensions, with the first clear entry of each axis positive."""
    many = len(distances)
    if many == 1:
        return np.zeros((1, 2))
    middle = np.eye(many) - 1 / many
    gram = -0.5 * middle @ (distances**2) @ middle
    values, vectors = np.linalg.eigh(gram)
    axes = vectors[:, ::-1][:, :2]
    largest = np.abs(axes).argmax(axis=0)
    axes = axes * np.sign(axes[largest, [0, 1]])
    places = axes * np.sqrt(np.maximum(values[::-1][:2], 0.0))
    return places + np.random.default_rng(seed).normal(0.0, _JITTER, places.shape)


def _less_stress(places: Floats, distances: Floats) -> Floats:
    """Majorization: every step solves for the places that the present directions ask for."""
    many = len(places)
    if many < 3:
        return places
    off = ~np.eye(many, dtype=bool)
    weights = np.zeros_like(distances)
    weights[off] = distances[off] ** -2.0
    laplacian = np.diag(weights.sum(axis=1)) - weights
    inverse = np.linalg.pinv(laplacian)
    for _ in range(_STRESS_STEPS):
        between = _between(places)
        pull = np.where(off, weights * distances / np.maximum(between, 1e-9), 0.0)
        places = inverse @ (pull.sum(axis=1)[:, None] * places - pull @ places)
    return places


def _between(places: Floats) -> Floats:
    differences = places[:, None, :] - places[None, :, :]
    return np.asarray(np.hypot(differences[..., 0], differences[..., 1]), dtype=np.float64)


def _turned(places: Floats, graph: SignedGraph) -> Floats:
    """Turned so that links lead to the right on the whole, and wider than high where they lead nowhere."""
    flow = (places[graph.target] - places[graph.source]).sum(axis=0)
    length = float(np.hypot(flow[0], flow[1]))
    if length < 1e-6:
        flow, length = np.array([1.0, 0.0]), 1.0
    cosine, sine = flow / length
    return places @ np.array([[cosine, -sine], [sine, cosine]])


def _room(sizes: Floats) -> Floats:
    """How far one step along a link is drawn, across and down: boxes are wider than high, and so is the paper."""
    mean = sizes.mean(axis=0)
    return np.array([mean[0] * 1.15, max(mean[1] * 2.2, mean[0] * 1.15 / _WIDER_THAN_HIGH)])


def _apart(places: Floats, sizes: Floats) -> Floats:
    """Push overlapping boxes apart, each by the mean of what its neighbours ask for; where that does not end soon, give
    all a little more room and go on."""
    many = len(places)
    first, second = np.triu_indices(many, 1)
    wanted = (sizes[first] + sizes[second]) / 2
    pushes = 0
    while True:
        differences = places[second] - places[first]
        overlap = wanted - np.abs(differences)
        pairs = np.flatnonzero((overlap > 1e-9).all(axis=1))
        if len(pairs) == 0:
            return places
        axis = overlap[pairs].argmin(axis=1)
        amount = overlap[pairs, axis] / 2 + 1e-6
        amount = np.where(differences[pairs, axis] < 0, -amount, amount)
        coordinate = np.concatenate((2 * first[pairs] + axis, 2 * second[pairs] + axis))
        moves = np.bincount(coordinate, np.concatenate((-amount, amount)), 2 * many)
        counts = np.bincount(coordinate, minlength=2 * many)
        places = places + (moves / np.maximum(counts, 1)).reshape(many, 2)
        pushes += 1
        if pushes % _PUSHES == 0:
            places = places * _GROWTH


def _at_the_edge(places: Floats, sizes: Floats) -> Floats:
    return np.asarray(places - (places - sizes / 2).min(axis=0), dtype=np.float64)
