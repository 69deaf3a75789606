"""Who voted alike: the opinion landscape.

Each dot is a person and near dots voted alike. The axes carry no numbers, because they have no unit; both
have the same scale, so that near means near in every direction.

The dots are our own marks, one path per group. A charting library draws an element for each person, with a
description of that person's values: 543 kB for 2,000 people. One path per group takes 61 kB,
and no dot can be read out or picked by itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import atan2, degrees

import numpy as np
import polars as pl
from numpy.typing import NDArray

from knotwork.drawing.labels import Box, Label, Lettering, Mark, centred_labels
from knotwork.drawing.lettering import width_of
from knotwork.drawing.map_layers import SOFT, SURFACE, leader_of, written
from knotwork.drawing.palette import Series, series
from knotwork.drawing.picture import Cell, Picture
from knotwork.drawing.shapes import marks
from knotwork.drawing.svg import Markup, drawing, element

Group = int | str
Points = NDArray[np.float64]

WIDTH, HEIGHT = 440.0, 330.0
_MARGIN = 22.0
_RADIUS, _RADIUS_OF_MANY, _MANY = 3.0, 2.2, 600
_BIN = 14.0
_LEGEND_SIZE = 13.0
_LEGEND_ROW = 22.0
_LETTERING = Lettering(size=19.0, widest=160.0)


@dataclass(frozen=True)
class LandscapeOptions:
    """What a room may set: limits, and words in the reader's language.

    Above ``most_dots`` people the picture shows density instead. A group, and a cell of the density, with
    fewer than ``fewest`` people is not drawn and not listed. ``people_rounded_to`` 5 rounds the counts
    that the public reads, and leaves out so many dots at the edge that counting them tells no more.
    """

    most_dots: int = 2_000
    fewest: int = 5
    people_rounded_to: int = 1
    not_grouped: str = "Not grouped"
    columns: tuple[str, str, str, str, str] = ("Group", "People", "Centre across", "Centre up", "Spread")

    def people(self, count: int) -> int:
        """A count of people as it is shown."""
        return round(count / self.people_rounded_to) * self.people_rounded_to


@dataclass(frozen=True)
class _Cloud:
    """The people of one group, or those in none; ``look`` is None for them."""

    label: str
    look: Series | None
    points: Points

    @cached_property
    def centre(self) -> Points:
        middle: Points = self.points.mean(axis=0)
        return middle

    @property
    def spread(self) -> float:
        """The root of the mean squared distance from the centre."""
        return float(np.sqrt(((self.points - self.centre) ** 2).sum(axis=1).mean()))


def opinion_landscape(
    points: pl.DataFrame,
    *,
    name: str,
    title: str,
    description: str,
    labels: Mapping[Group, str],
    options: LandscapeOptions = LandscapeOptions(),
) -> Picture:
    """Every person as a dot, each group with its colour, its shape, a soft outline and its letter.

    ``points`` has the columns ``x``, ``y`` and ``group`` (null: in no group), one row per person; ``labels``
    names the groups in the order of their looks. The soft outline is the ellipse of two standard deviations,
    not the hull: a hull would trace single people at its corners. The table gives people, centre and spread
    per group, never a person. The order of the rows does not matter.

    Raises ``ValueError`` if a group has no label, or a position is not a finite number.
    """
    clouds = _clouds(points, labels, options)
    height = HEIGHT + _LEGEND_ROW * len(_legend_rows(clouds, options)) + 6
    placed = _placed(clouds)
    dots = sum(len(cloud.points) for cloud in placed)
    draw = _dots if dots <= options.most_dots else _density
    grouped = [cloud for cloud in placed if cloud.look]
    svg = drawing(
        *(_outline(cloud, cloud.look) for cloud in grouped if cloud.look),
        draw([_cloud_to_count(cloud, options) for cloud in placed], options.fewest),
        *(element("g", leader_of(label), written(label, _LETTERING)) for label in _letters(grouped)),
        _legend(clouds, options),
        name=name,
        kind="landscape",
        title=title,
        description=description,
        size=(WIDTH, height),
    )
    rows = tuple(_row(cloud, options) for cloud in clouds)
    return Picture(name, svg, options.columns, rows, title, description)


def _clouds(points: pl.DataFrame, labels: Mapping[Group, str], options: LandscapeOptions) -> list[_Cloud]:
    where = points.select(pl.col("x", "y").cast(pl.Float64)).to_numpy()
    if not np.isfinite(where).all():
        raise ValueError(
            "Every person in the landscape needs a finite x and y; leave out those who have none."
        )
    groups = points["group"].to_list()
    unknown = {group for group in groups if group is not None} - set(labels)
    if unknown:
        raise ValueError(f"The groups {sorted(map(str, unknown))} have no label.")
    number_of = {group: index for index, group in enumerate(labels)}
    owner = np.array([-1 if group is None else number_of[group] for group in groups], dtype=np.int64)
    looks = [(options.not_grouped, None), *((labels[group], series(i)) for group, i in number_of.items())]
    found = [_Cloud(label, look, where[owner == i]) for i, (label, look) in enumerate(looks, start=-1)]
    kept = [cloud for cloud in found if len(cloud.points) >= options.fewest]
    return sorted(kept, key=lambda cloud: cloud.look is None)


def _placed(clouds: Sequence[_Cloud]) -> list[_Cloud]:
    """The clouds in units of the picture, drawn in the order: not grouped, then the groups."""
    if not clouds:
        return []
    everyone = np.concatenate([cloud.points for cloud in clouds])
    low, high = everyone.min(axis=0), everyone.max(axis=0)
    room = np.array([WIDTH - 2 * _MARGIN, HEIGHT - 2 * _MARGIN])
    scale = float((room / np.maximum(high - low, 1e-9)).min())
    middle = np.array([WIDTH, HEIGHT]) / 2
    turned = np.array([scale, -scale])
    placed = [
        _Cloud(cloud.label, cloud.look, middle + (cloud.points - (low + high) / 2) * turned)
        for cloud in clouds
    ]
    return sorted(placed, key=lambda cloud: cloud.look is not None)


def _cloud_to_count(cloud: _Cloud, options: LandscapeOptions) -> _Cloud:
    """The cloud as it may be counted: where counts are rounded, counting the dots must tell no more than they do.

    As many people are drawn as there are at the least behind the rounded count, those nearest to the middle.
    """
    if options.people_rounded_to == 1:
        return cloud
    fewest = options.people(len(cloud.points)) - options.people_rounded_to // 2
    away = ((cloud.points - cloud.centre) ** 2).sum(axis=1)
    nearest = np.lexsort((cloud.points[:, 1], cloud.points[:, 0], away))[:fewest]
    return _Cloud(cloud.label, cloud.look, cloud.points[nearest])


def _dots(clouds: Sequence[_Cloud], _fewest: int) -> Markup:
    many = sum(len(cloud.points) for cloud in clouds) > _MANY
    radius = _RADIUS_OF_MANY if many else _RADIUS
    # Sorted by position: the order of the marks must not tell the order in which people came.
    return element("g", *(_path(cloud.look, _in_order(cloud.points), radius) for cloud in clouds))


def _in_order(points: Points) -> list[tuple[float, float]]:
    return sorted((float(x), float(y)) for x, y in points.round(1))


def _path(look: Series | None, points: Sequence[tuple[float, float]], radius: float) -> Markup:
    return element(
        "path",
        d=marks(look.shape if look else "circle", points, radius if look else radius * 0.75),
        fill=look.colour if look else SOFT,
        fill_opacity=".85" if look else ".6",
        stroke=SURFACE,
        stroke_width=".4",
    )


def _density(clouds: Sequence[_Cloud], fewest: int) -> Markup:
    """Cells instead of dots: the mark of the group with most people there, the larger the more people."""
    count: dict[tuple[int, int], dict[int, int]] = {}
    for index, cloud in enumerate(clouds):
        for column, row in np.floor(cloud.points / _BIN).astype(int).tolist():
            cell = count.setdefault((column, row), {})
            cell[index] = cell.get(index, 0) + 1
    shown = {cell: people for cell, people in sorted(count.items()) if sum(people.values()) >= fewest}
    most = max((sum(people.values()) for people in shown.values()), default=1)
    layers: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for (column, row), people in shown.items():
        leading = max(people, key=lambda index: (people[index], -index))
        size = min(4, 1 + int(4 * (sum(people.values()) / most) ** 0.5))
        layers.setdefault((leading, size), []).append(((column + 0.5) * _BIN, (row + 0.5) * _BIN))
    paths = (
        _path(clouds[index].look, spots, _BIN * (0.14 + 0.09 * size))
        for (index, size), spots in sorted(layers.items())
    )
    return element("g", *paths)


def _outline(cloud: _Cloud, look: Series) -> Markup:
    away = cloud.points - cloud.centre
    sizes, axes = np.linalg.eigh(away.T @ away / len(away))
    long, short = 2 * np.sqrt(np.maximum(sizes[::-1], 4.0))
    turn = degrees(atan2(float(axes[1, 1]), float(axes[0, 1]))) % 180
    x, y = cloud.centre.tolist()
    return element(
        "ellipse",
        rx=float(long),
        ry=float(short),
        transform=f"translate({x:.1f} {y:.1f})rotate({turn:.0f})",
        fill=look.colour,
        fill_opacity=".12",
        stroke=look.colour,
        stroke_opacity=".55",
    )


def _letters(clouds: Sequence[_Cloud]) -> list[Label]:
    spots = [
        Mark(cloud.label, float(cloud.centre[0]), float(cloud.centre[1]), reach=WIDTH) for cloud in clouds
    ]
    placed = centred_labels(spots, Box(2, 2, WIDTH - 2, HEIGHT - 2), _LETTERING)
    return [label for label in placed if label]


def _legend_rows(
    clouds: Sequence[_Cloud], options: LandscapeOptions
) -> list[list[tuple[_Cloud, str, float]]]:
    rows: list[list[tuple[_Cloud, str, float]]] = []
    right = WIDTH
    for cloud in clouds:
        words = f"{cloud.label} ({options.people(len(cloud.points)):,})"
        wide = 18 + width_of(words, _LEGEND_SIZE) + 16
        if right + wide > WIDTH:
            rows.append([])
            right = 8.0
        rows[-1].append((cloud, words, right))
        right += wide
    return rows


def _legend(clouds: Sequence[_Cloud], options: LandscapeOptions) -> Markup:
    parts = []
    for number, row in enumerate(_legend_rows(clouds, options)):
        y = HEIGHT + _LEGEND_ROW * (number + 0.5)
        for cloud, words, x in row:
            parts.append(_path(cloud.look, [(x + 6, y)], 5.0))
            parts.append(element("text", words, x=x + 18, y=y + _LEGEND_SIZE * 0.35))
    return element("g", *parts, font_size=_LEGEND_SIZE)


def _row(cloud: _Cloud, options: LandscapeOptions) -> tuple[Cell, ...]:
    people = options.people(len(cloud.points))
    if cloud.look is None:
        return (cloud.label, people, None, None, None)
    across, up = cloud.centre.tolist()
    return (cloud.label, people, round(across, 2), round(up, 2), round(cloud.spread, 2))
