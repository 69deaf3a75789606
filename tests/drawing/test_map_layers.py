import numpy as np

from knotwork.drawing.geography import Frame, Outline
from knotwork.drawing.map_layers import extent_of, middle_of, spacing_in, spots_within

FRAME = Frame(west=0, north=100_000, scale=1)


def area(*corners: tuple[float, float]) -> Outline:
    ring = np.array(corners, dtype=float) * 1000
    (west, south), (east, north) = ring.min(axis=0), ring.max(axis=0)
    return Outline("x", "x", (ring,), (west, south, east, north), tuple(ring.mean(axis=0)))


def test_spots_fill_an_area_and_nothing_else() -> None:
    spots = spots_within([area((0, 0), (40, 0), (40, 40), (0, 40))], FRAME, 4)
    assert len(spots) in range(81, 122)
    assert all(0 <= x <= 40 and 60 <= y <= 100 for x, y in spots)


def test_the_middle_lies_inside_even_if_the_area_bends_round_it() -> None:
    horseshoe = area((0, 0), (50, 0), (50, 50), (40, 50), (40, 10), (10, 10), (10, 50), (0, 50))
    x, y = middle_of(spots_within([horseshoe], FRAME, 2))
    north = 100 - y
    assert north <= 10 or x <= 10 or x >= 40


def test_a_sliver_is_represented_by_its_centroid() -> None:
    sliver = area((0.5, 0.5), (30, 0.5), (30, 0.6), (0.5, 0.6))
    assert spots_within([sliver], FRAME, 4) == (FRAME.point(*sliver.centroid),)


def test_small_areas_have_closer_spots() -> None:
    small, large = area((0, 0), (6, 0), (6, 6)), area((0, 0), (90, 0), (90, 90))
    assert spacing_in([small], FRAME) == 1
    assert spacing_in([small, large], FRAME) == 4
    assert extent_of([small, large], FRAME) == 90
