"""The map of one place: its areas large, and where in England it lies."""

from collections.abc import Mapping, Sequence

from knotwork.drawing.geography import Frame, Outline, bounds_of, coast, land
from knotwork.drawing.labels import Box, Label, Lettering, Mark, centred_labels
from knotwork.drawing.map_layers import (
    SURFACE,
    extent_of,
    framed,
    leader_of,
    middle_of,
    spacing_in,
    spots_within,
    written,
)
from knotwork.drawing.palette import series
from knotwork.drawing.picture import Picture
from knotwork.drawing.svg import Markup, drawing, element

WIDTH, HEIGHT = 440.0, 330.0
_MARGIN = 26.0
_LETTERING = Lettering(size=15.0, widest=140.0)
_INSET = (76.0, 88.0)


def place_map(
    areas: Mapping[str, str],
    outlines: Mapping[str, Outline],
    *,
    name: str,
    title: str,
    description: str,
    columns: tuple[str, str] = ("Area", "Code"),
) -> Picture:
    """One place: each of its areas in its own tint with its name, its neighbours pale, England in a corner.

    ``areas`` are the place's codes and names, in the order in which they are tinted and listed; those without
    an outline stay in the table only. ``outlines`` are all upper-tier areas. Show
    ``geography.BOUNDARY_ATTRIBUTION`` with the picture. Raises ``ValueError`` if no area has an outline.
    """
    own = [outlines[code] for code in areas if code in outlines]
    if not own:
        raise ValueError(
            f"None of the areas {', '.join(areas)} has a boundary; show the place without a map."
        )
    frame = _frame_around(own)
    marks = [_mark(outline, areas[outline.code], frame) for outline in own]
    corner = _emptiest_corner(marks)
    labels = centred_labels(marks, Box(4, 4, WIDTH - 4, HEIGHT - 4), _LETTERING, [corner])
    svg = drawing(
        _clip(name),
        element(
            "g",
            _neighbours(own, outlines, frame),
            *(_tinted(outline, index, frame) for index, outline in enumerate(own)),
            clip_path=f"url(#{name}-view)",
        ),
        _england(own, outlines, corner),
        *(_named(label) for label in labels if label),
        name=name,
        kind="place",
        title=title,
        description=description,
        size=(WIDTH, HEIGHT),
    )
    return Picture(name, svg, columns, tuple((areas[code], code) for code in areas), title, description)


def _frame_around(own: Sequence[Outline]) -> Frame:
    west, south, east, north = bounds_of(own)
    wide, high = (east - west) / 1000, (north - south) / 1000
    scale = min((WIDTH - 2 * _MARGIN) / wide, (HEIGHT - 2 * _MARGIN) / high)
    return Frame(west, north, scale, ((WIDTH - wide * scale) / 2, (HEIGHT - high * scale) / 2))


def _mark(outline: Outline, text: str, frame: Frame) -> Mark:
    step = min(12.0, 2 * spacing_in([outline], frame))
    spots = spots_within([outline], frame, step)
    x, y = middle_of(spots)
    return Mark(text, x, y, extent_of([outline], frame) / 2, spots, step)


def _emptiest_corner(marks: Sequence[Mark]) -> Box:
    wide, high = _INSET
    corners = [
        Box(left, top, left + wide, top + high)
        for left in (WIDTH - wide - 4, 4.0)
        for top in (4.0, HEIGHT - high - 4)
    ]
    spots = [spot for mark in marks for spot in mark.shape]
    return min(corners, key=lambda corner: sum(corner.holds(spot) for spot in spots))


def _clip(name: str) -> Markup:
    view = element("rect", width=WIDTH, height=HEIGHT, rx=6)
    return element("defs", element("clipPath", view, id=f"{name}-view"))


def _neighbours(own: Sequence[Outline], outlines: Mapping[str, Outline], frame: Frame) -> Markup:
    """The land around, as far as the picture shows it."""
    paper = Box(0, 0, WIDTH, HEIGHT)
    mine = {outline.code for outline in own}
    seen = [
        outline
        for outline in outlines.values()
        if outline.code not in mine
        and Box(
            *frame.point(outline.bbox[0], outline.bbox[3]), *frame.point(outline.bbox[2], outline.bbox[1])
        ).overlaps(paper)
    ]
    return frame.drawn(land(seen, frame), fill="var(--map-land)", stroke=SURFACE, stroke_width=1)


def _tinted(outline: Outline, index: int, frame: Frame) -> Markup:
    colour = series(index).colour
    return frame.drawn(
        outline.d(frame),
        fill=colour,
        fill_opacity=".28",
        stroke=colour,
        stroke_width=1.8,
        stroke_linejoin="round",
    )


def _england(own: Sequence[Outline], outlines: Mapping[str, Outline], corner: Box) -> Markup:
    west, south, east, north = bounds_of(outlines.values())
    wide, high = corner.right - corner.left - 10, corner.bottom - corner.top - 10
    scale = min(wide / ((east - west) / 1000), high / ((north - south) / 1000))
    frame = Frame(west, north, scale, (corner.left + 5, corner.top + 5))
    x, y = middle_of(spots_within(own, frame, spacing_in(own, frame)))
    return element(
        "g",
        framed(corner, fill=SURFACE, stroke="var(--soft)"),
        frame.drawn(coast(outlines.values(), frame), fill="var(--map-land)"),
        frame.drawn(land(own, frame), fill="var(--map-place)"),
        element("circle", cx=x, cy=y, r=3.5, fill="var(--map-place)", stroke=SURFACE),
    )


def _named(label: Label) -> Markup:
    return element("g", leader_of(label), written(label, _LETTERING))
