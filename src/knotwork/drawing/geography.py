"""From longitudes and latitudes to outlines on paper.

Boundaries come as GeoJSON in longitude and latitude. They are projected once, to metres east and north in
the transverse Mercator of the British National Grid (central meridian 2 degrees west, scale 0.9996012717,
false origin 400 km west and 100 km north of 49 degrees north). The ellipsoid is the one of GPS (WGS 84),
not the Airy ellipsoid of the Ordnance Survey, so positions differ from the Survey's own by up to about
130 m: far below what a map of England shows, and no basis for measuring.

A ``Frame`` then says which metre lies where on the paper. Points snap to the frame's grain; since two
neighbours share the points of their border, both snap alike and no gap opens between them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knotwork.drawing.svg import Markup, Value, element, number

BOUNDARY_ATTRIBUTION = (
    "Source: Office for National Statistics licensed under the Open Government Licence v.3.0. "
    "Contains OS data © Crown copyright and database right 2023, 2024"
)

Ring = NDArray[np.float64]
Corners = NDArray[np.int64]
Box = tuple[float, float, float, float]

_SEMI_MAJOR, _SEMI_MINOR = 6378137.0, 6356752.314245
_SCALE, _LATITUDE, _LONGITUDE = 0.9996012717, np.radians(49.0), np.radians(-2.0)
_EAST, _NORTH = 400_000.0, -100_000.0


@dataclass(frozen=True)
class Outline:
    """One official area: its code, its name, and its border in metres east and north.

    ``rings`` are closed (the last point is not a repetition of the first). ``bbox`` is west, south, east,
    north. ``centroid`` is the middle of the largest ring, where a marker or a label belongs.
    """

    code: str
    name: str
    rings: tuple[Ring, ...]
    bbox: Box
    centroid: tuple[float, float]

    def d(self, frame: "Frame") -> str:
        """The path of this area in whole grains of a frame; empty if the area is smaller than one."""
        return "".join(frame.path(ring) for ring in self.rings)


@dataclass(frozen=True)
class Frame:
    """A window on the country: metres to units of the picture.

    ``west`` and ``north`` lie at the point ``origin`` of the picture; ``scale`` is units per kilometre;
    ``grain`` is the smallest step that is drawn, in units. Paths are written in whole grains, because whole
    numbers are a third shorter than decimals, and ``drawn`` scales them back.
    """

    west: float
    north: float
    scale: float
    origin: tuple[float, float] = (0.0, 0.0)
    grain: float = 0.5

    def point(self, east: float, north: float) -> tuple[float, float]:
        """Where a position lies in the picture."""
        per_metre = self.scale / 1000
        return (
            self.origin[0] + (east - self.west) * per_metre,
            self.origin[1] + (self.north - north) * per_metre,
        )

    def snapped(self, ring: Ring) -> Corners:
        """A ring in whole grains, without points that fell together."""
        per_metre = self.scale / 1000
        x = self.origin[0] + (ring[:, 0] - self.west) * per_metre
        y = self.origin[1] + (self.north - ring[:, 1]) * per_metre
        points: Corners = np.rint(np.column_stack([x, y]) / self.grain).astype(np.int64)
        apart: Corners = points[(points != np.roll(points, 1, axis=0)).any(axis=1)]
        return apart

    def path(self, ring: Ring) -> str:
        """One closed ring as path data, relative and short; empty if fewer than three corners are left."""
        return _closed(self.snapped(ring))

    def drawn(self, d: str, *, stroke_width: float = 0.0, **attributes: Value) -> Markup:
        """Path data of this frame as an element; the width of its line is in units of the picture."""
        return element(
            "path",
            d=d,
            transform=f"scale({number(self.grain, 2)})",
            stroke_width=number(stroke_width / self.grain) if stroke_width else None,
            fill_rule="evenodd",
            **attributes,
        )


def _closed(corners: Corners) -> str:
    into = corners - np.roll(corners, 1, axis=0)
    out = np.roll(corners, -1, axis=0) - corners
    ahead = (into * out).sum(axis=1) > 0
    straight = (into[:, 0] * out[:, 1] == into[:, 1] * out[:, 0]) & ahead
    points = corners[~straight]
    if len(points) < 3:
        return ""
    return f"M{joined(points[0])}l{joined(np.diff(points, axis=0).ravel())}z"


def joined(values: Iterable[float]) -> str:
    """Numbers as path data: a space only where a minus sign or a second point does not part them already.

    >>> joined([1.0, -2.0, 0.5, 0.5, 3.0])
    '1-2 .5.5 3'
    """
    written = ""
    has_point = False
    for value in values:
        short = number(float(value))
        parted = not written or short.startswith("-") or (short.startswith(".") and has_point)
        written += short if parted else f" {short}"
        has_point = "." in short
    return written


def project(longitude: Ring, latitude: Ring) -> Ring:
    """Degrees to metres east and north, as an array of pairs.

    The series of the transverse Mercator as the Ordnance Survey prints it ('A guide to coordinate systems in
    Great Britain', annexe C), with the ellipsoid of WGS 84; good to centimetres within Great Britain.
    """
    lat, from_meridian = np.radians(latitude), np.radians(longitude) - _LONGITUDE
    sin, cos, tan2 = np.sin(lat), np.cos(lat), np.tan(lat) ** 2
    e2 = 1 - (_SEMI_MINOR / _SEMI_MAJOR) ** 2
    nu = _SEMI_MAJOR * _SCALE / np.sqrt(1 - e2 * sin**2)
    rho = nu * (1 - e2) / (1 - e2 * sin**2)
    eta2 = nu / rho - 1
    ii = nu * sin * cos / 2
    iii = nu * sin * cos**3 / 24 * (5 - tan2 + 9 * eta2)
    iiia = nu * sin * cos**5 / 720 * (61 - 58 * tan2 + tan2**2)
    iv = nu * cos
    v = nu * cos**3 / 6 * (nu / rho - tan2)
    vi = nu * cos**5 / 120 * (5 - 18 * tan2 + tan2**2 + 14 * eta2 - 58 * tan2 * eta2)
    p = from_meridian
    north = _NORTH + _meridian_arc(lat) + ii * p**2 + iii * p**4 + iiia * p**6
    east = _EAST + iv * p + v * p**3 + vi * p**5
    return np.column_stack([east, north])


def _meridian_arc(lat: Ring) -> Ring:
    n = (_SEMI_MAJOR - _SEMI_MINOR) / (_SEMI_MAJOR + _SEMI_MINOR)
    apart, together = lat - _LATITUDE, lat + _LATITUDE
    arc: Ring = (
        (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * apart
        - (3 * n + 3 * n**2 + 21 / 8 * n**3) * np.sin(apart) * np.cos(together)
        + (15 / 8 * n**2 + 15 / 8 * n**3) * np.sin(2 * apart) * np.cos(2 * together)
        - 35 / 24 * n**3 * np.sin(3 * apart) * np.cos(3 * together)
    )
    return _SEMI_MINOR * _SCALE * arc


def outlines_of(collection: Mapping[str, Any]) -> dict[str, Outline]:
    """The areas of a GeoJSON FeatureCollection by code, in the order of the file.

    Each feature carries ``code`` and ``name`` among its properties. Features without a polygon (points, null
    geometries) are left out: an area that was abolished may have a row and no border.
    """
    found = {}
    for feature in collection["features"]:
        rings = tuple(_rings(feature.get("geometry") or {}))
        if rings:
            about = feature["properties"]
            found[about["code"]] = _outline(about["code"], about["name"], rings)
    return found


def _rings(geometry: Mapping[str, Any]) -> Iterable[Ring]:
    kind = geometry.get("type")
    polygons = {"Polygon": [geometry.get("coordinates")], "MultiPolygon": geometry.get("coordinates")}.get(
        str(kind), []
    )
    for polygon in polygons or []:
        for ring in polygon or []:
            degrees = np.asarray(ring, dtype=np.float64)[:-1, :2]
            yield project(degrees[:, 0], degrees[:, 1])


def _outline(code: str, name: str, rings: tuple[Ring, ...]) -> Outline:
    points = np.concatenate(rings)
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    largest = max(rings, key=lambda ring: abs(_area_and_middle(ring)[0]))
    middle = _area_and_middle(largest)[1]
    return Outline(code, name, rings, (float(west), float(south), float(east), float(north)), middle)


def _area_and_middle(ring: Ring) -> tuple[float, tuple[float, float]]:
    """Signed area (square metres) and centroid of a ring, measured from its first point for precision."""
    x, y = (ring - ring[0]).T
    cross = x * np.roll(y, -1) - np.roll(x, -1) * y
    area = float(cross.sum()) / 2
    if area == 0:
        middle = ring.mean(axis=0)
    else:
        across = ((x + np.roll(x, -1)) * cross).sum() / (6 * area)
        along = ((y + np.roll(y, -1)) * cross).sum() / (6 * area)
        middle = ring[0] + np.array([across, along])
    return area, (float(middle[0]), float(middle[1]))


def bounds_of(outlines: Iterable[Outline]) -> Box:
    """West, south, east and north of several areas together; ``ValueError`` if there is none."""
    west, south, east, north = zip(*(outline.bbox for outline in outlines), strict=True)
    return min(west), min(south), max(east), max(north)


def land(outlines: Iterable[Outline], frame: Frame) -> str:
    """Several areas as one path, with the lines between them."""
    return "".join(outline.d(frame) for outline in outlines)


def coast(outlines: Iterable[Outline], frame: Frame) -> str:
    """The outer border of several areas as one path: lines between two areas cancel each other.

    In whole grains an inner line is walked twice, once in each direction; what is walked once is coast or the
    border to a country that is not drawn.
    """
    onward: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for outline in outlines:
        for ring in outline.rings:
            corners = [(int(x), int(y)) for x, y in frame.snapped(ring)]
            for start, end in zip(corners, corners[1:] + corners[:1], strict=True):
                if start in onward.get(end, ()):
                    onward[end].remove(start)
                else:
                    onward.setdefault(start, []).append(end)
    return "".join(_walks(onward))


def _walks(onward: dict[tuple[int, int], list[tuple[int, int]]]) -> Iterable[str]:
    for start in sorted(onward):
        while onward[start]:
            walk = [start]
            while onward.get(walk[-1]):
                walk.append(onward[walk[-1]].pop())
            yield _closed(np.array(walk[:-1], dtype=np.int64))
