import csv
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knotwork.drawing.geography import (
    BOUNDARY_ATTRIBUTION,
    Frame,
    Outline,
    bounds_of,
    coast,
    joined,
    land,
    outlines_of,
    project,
)

from .conftest import PLACES

SQUARE = [[0.0, 52.0], [0.1, 52.0], [0.1, 52.1], [0.0, 52.1], [0.0, 52.0]]


def feature(code: str, geometry: dict[str, object] | None) -> dict[str, object]:
    return {"type": "Feature", "properties": {"code": code, "name": code.title()}, "geometry": geometry}


def square(code: str, west: float, south: float, side: float = 10_000) -> Outline:
    ring = np.array([[west, south], [west + side, south], [west + side, south + side], [west, south + side]])
    return Outline(
        code, code, (ring,), (west, south, west + side, south + side), (west + side / 2, south + side / 2)
    )


def numbers_in(d: str) -> list[float]:
    import re

    return [float(found) for found in re.findall(r"-?\d*\.?\d+", d)]


def test_centres_of_all_authorities_lie_where_the_survey_puts_them() -> None:
    with (PLACES / "utla_dec2023_points.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    degrees = np.array([[float(row["lon"]), float(row["lat"])] for row in rows])
    metres = np.array([[float(row["bng_e"]), float(row["bng_n"])] for row in rows])
    off = np.hypot(*(project(degrees[:, 0], degrees[:, 1]) - metres).T)
    assert len(rows) == 153
    assert off.max() < 150


def test_the_false_origin_is_where_it_should_be() -> None:
    east, north = project(np.array([-2.0]), np.array([49.0]))[0]
    assert (east, north) == pytest.approx((400_000, -100_000))


def test_every_upper_tier_area_of_england_has_an_outline(outlines: dict[str, Outline]) -> None:
    assert len(outlines) == 153
    assert outlines["E06000014"].name == "York"
    west, south, east, north = bounds_of(outlines.values())
    assert (west, east) == pytest.approx((85_600, 655_600), abs=200)
    assert (south, north) == pytest.approx((7_100, 657_600), abs=200)


def test_a_centroid_is_the_middle_of_the_largest_part() -> None:
    small = [[[1.0, 51.0], [1.01, 51.0], [1.01, 51.01], [1.0, 51.0]]]
    found = outlines_of(
        {"features": [feature("a", {"type": "MultiPolygon", "coordinates": [small, [SQUARE]]})]}
    )
    middle = project(np.array([0.05]), np.array([52.05]))[0]
    assert found["a"].centroid == pytest.approx(tuple(middle), abs=20)
    assert len(found["a"].rings) == 2


def test_a_ring_without_area_still_has_a_middle() -> None:
    line = [[0.0, 52.0], [0.1, 52.0], [0.0, 52.0], [0.0, 52.0]]
    found = outlines_of({"features": [feature("a", {"type": "Polygon", "coordinates": [line]})]})
    assert all(math.isfinite(value) for value in found["a"].centroid)


@pytest.mark.parametrize(
    "geometry", [None, {"type": "Point", "coordinates": [0, 52]}, {"type": "Polygon", "coordinates": []}]
)
def test_an_area_without_a_border_is_left_out(geometry: dict[str, object] | None) -> None:
    assert outlines_of({"features": [feature("gone", geometry)]}) == {}


def test_a_frame_puts_north_at_the_top() -> None:
    frame = Frame(west=100_000, north=200_000, scale=2, origin=(5, 5))
    assert frame.point(100_000, 200_000) == (5, 5)
    assert frame.point(110_000, 190_000) == (25, 25)


def test_a_path_is_relative_and_in_whole_grains() -> None:
    frame = Frame(west=0, north=10_000, scale=1, grain=0.5)
    assert square("a", 0, 0).d(frame) == "M0 20l20 0 0-20-20 0z"
    assert frame.drawn("M0 0z", stroke_width=1) == (
        '<path d="M0 0z" transform="scale(.5)" stroke-width="2" fill-rule="evenodd"/>'
    )
    assert "stroke-width" not in frame.drawn("M0 0z")


def test_points_on_a_straight_line_are_not_written() -> None:
    frame = Frame(west=0, north=10_000, scale=1, grain=1)
    ring = np.array([[0, 0], [4_000, 0], [10_000, 0], [10_000, 10_000], [0, 10_000]], dtype=float)
    assert frame.path(ring) == "M0 10l10 0 0-10-10 0z"


def test_an_area_smaller_than_the_grain_is_not_drawn() -> None:
    assert square("a", 0, 0, side=10).d(Frame(west=0, north=10_000, scale=1)) == ""


def test_a_line_between_two_areas_is_no_coast() -> None:
    frame = Frame(west=0, north=10_000, scale=1, grain=1)
    both = [square("a", 0, 0), square("b", 10_000, 0)]
    assert coast(both, frame) == "M0 0l0 10 20 0 0-10z"
    assert land(both, frame).count("z") == 2


def test_two_islands_have_two_coasts() -> None:
    frame = Frame(west=0, north=40_000, scale=1, grain=1)
    assert coast([square("a", 0, 0), square("b", 20_000, 20_000)], frame).count("z") == 2


def test_an_area_within_another_leaves_no_line_in_the_coast() -> None:
    frame = Frame(west=0, north=30_000, scale=1, grain=1)
    hole = square("in", 10_000, 10_000)
    outer = square("out", 0, 0, side=30_000)
    ring = Outline("out", "out", (*outer.rings, hole.rings[0][::-1]), outer.bbox, outer.centroid)
    assert coast([ring, hole], frame).count("z") == 1


def test_the_coast_of_england_is_far_shorter_than_all_its_borders(outlines: dict[str, Outline]) -> None:
    frame = Frame(80_000, 660_000, 0.15)
    assert len(coast(outlines.values(), frame)) < len(land(outlines.values(), frame)) / 3


@given(st.lists(st.integers(-999, 999).map(lambda tenths: tenths / 10), min_size=1, max_size=12))
def test_joined_numbers_read_back(values: list[float]) -> None:
    # The grammar of path data: a sign or a second point begins a new number.
    import re

    read = [float(found) for found in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", joined(values))]
    assert read == pytest.approx(values)


def test_the_credit_names_its_sources() -> None:
    assert "Office for National Statistics" in BOUNDARY_ATTRIBUTION
    assert "© Crown copyright" in BOUNDARY_ATTRIBUTION
