"""What England's map and a place's map share: the spots of an area, and names with their leaders."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knotwork.drawing.geography import Frame, Outline
from knotwork.drawing.labels import Box, Label, Lettering, Point
from knotwork.drawing.lettering import lines_of_text
from knotwork.drawing.svg import Markup, element

SURFACE = "var(--surface)"
SOFT = "var(--soft)"


def spots_within(outlines: Sequence[Outline], frame: Frame, step: float) -> tuple[Point, ...]:
    """Points spread evenly inside some areas, in units of the picture.

    They tell the labels what not to cover, and give a mark a spot that is surely inside. Where the areas
    are so thin that none lies inside, the centroids stand for them.
    """
    found = [spot for outline in outlines for spot in _grid_within(outline, frame, step)]
    return tuple(found) or tuple(frame.point(*outline.centroid) for outline in outlines)


def spacing_in(outlines: Sequence[Outline], frame: Frame) -> float:
    """How far apart the spots of some areas lie: four units, less in small areas."""
    return min(4.0, extent_of(outlines, frame) / 6)


def _grid_within(outline: Outline, frame: Frame, step: float) -> list[Point]:
    left, bottom = frame.point(*outline.bbox[:2])
    right, top = frame.point(*outline.bbox[2:])
    across = np.arange(np.ceil(left / step), right / step) * step
    down = np.arange(np.ceil(top / step), bottom / step) * step
    grid = np.array(np.meshgrid(across, down)).reshape(2, -1).T
    inside = np.zeros(len(grid), dtype=bool)
    for ring in outline.rings:
        corners = np.array([frame.point(east, north) for east, north in ring])
        inside ^= _inside(grid, corners)
    return [(float(x), float(y)) for x, y in grid[inside]]


def _inside(points: NDArray[np.float64], corners: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Even-odd rule: a ray to the right crosses the ring an odd number of times."""
    crossings = np.zeros(len(points), dtype=bool)
    for (x1, y1), (x2, y2) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        if y1 != y2:
            spans = (y1 > points[:, 1]) != (y2 > points[:, 1])
            crossings ^= spans & (points[:, 0] < (x2 - x1) * (points[:, 1] - y1) / (y2 - y1) + x1)
    return crossings


def middle_of(spots: Sequence[Point]) -> Point:
    """The spot nearest to the middle of all: inside the area even where the area bends round its middle."""
    points = np.array(spots)
    nearest = int(((points - points.mean(axis=0)) ** 2).sum(axis=1).argmin())
    return spots[nearest]


def extent_of(outlines: Sequence[Outline], frame: Frame) -> float:
    """The larger side of the box around some areas, in units of the picture."""
    wests, souths, easts, norths = zip(*(outline.bbox for outline in outlines), strict=True)
    side: float = max(max(easts) - min(wests), max(norths) - min(souths))
    return side * frame.scale / 1000


def written(label: Label, lettering: Lettering, *, weight: int = 600) -> Markup:
    """The words of a label with a rim of the surface's colour, so that they read on land, sea and border."""
    return lines_of_text(
        label.lines,
        label.middle,
        label.baseline(lettering.size),
        lettering.size,
        font_weight=weight,
        text_anchor="middle",
        stroke=SURFACE,
        stroke_width=3,
        stroke_linejoin="round",
        paint_order="stroke",
        fill="currentColor",
    )


def leader_of(label: Label) -> Markup:
    """The thin line from a mark to a label that stands off."""
    if label.leader is None:
        return Markup()
    (x1, y1), (x2, y2) = label.leader
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=SOFT, stroke_width=1)


def framed(box: Box, **attributes: str) -> Markup:
    """A box with rounded corners, as a frame or as a target."""
    return element(
        "rect",
        x=box.left,
        y=box.top,
        width=box.right - box.left,
        height=box.bottom - box.top,
        rx=4,
        **attributes,
    )
