"""The map of England that a visitor meets first: every place of a programme, each a link."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from knotwork.drawing.geography import Frame, Outline, bounds_of, land
from knotwork.drawing.labels import Box, Label, Lettering, Mark, Point, place_labels
from knotwork.drawing.map_layers import (
    SOFT,
    SURFACE,
    extent_of,
    framed,
    leader_of,
    middle_of,
    spacing_in,
    spots_within,
    written,
)
from knotwork.drawing.picture import Picture
from knotwork.drawing.svg import Markup, drawing, element

WIDTH = 440.0
_MARGIN = 5.0
# A phone of 390 px shows the picture 350 px wide or wider: 30.5 units are then 24 px, the least target.
TARGET = 30.5
_LETTERING = Lettering(size=14.0, target=TARGET)
_PIN = 4.5
_PIN_BELOW = 11.0
_INSET = Box(WIDTH - 158, 4, WIDTH - 4, 122)
_INSET_TITLE = Box(WIDTH - 154, 100, WIDTH - 104, 122)
# The room of a name takes clicks; the style sheet fills it when the reader has tabbed there.
_UNSEEN = {"fill": "none", "stroke": "none", "pointer_events": "all"}
_LONDON = "E09"


@dataclass(frozen=True)
class MapPlace:
    """A place as the map shows it.

    ``codes`` are its areas' codes; those without an outline (abolished, say) are not drawn. ``muted`` draws
    it hollow, when a filter leaves it out; it stays a link. ``areas`` are the areas' names for the table, and
    ``facts`` the further cells of its row (issue, themes).
    """

    title: str
    url: str
    codes: tuple[str, ...]
    muted: bool = False
    areas: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Drawn:
    """A place with its outlines and the frame that names it: for London's places, the one of the inset."""

    place: MapPlace
    outlines: tuple[Outline, ...]
    frame: Frame
    inset: Box | None

    @cached_property
    def spots(self) -> tuple[Point, ...]:
        return spots_within(self.outlines, self.frame, self.spacing)

    @property
    def spacing(self) -> float:
        return spacing_in(self.outlines, self.frame)

    @property
    def colours(self) -> dict[str, str]:
        """Full, or hollow when muted: told apart by more than colour."""
        if self.place.muted:
            return {"fill": SURFACE, "stroke": "var(--map-muted)"}
        return {"fill": "var(--map-place)", "stroke": SURFACE}

    def of_inset(self, country: Frame) -> Markup:
        """The same areas where they lie in England; the link is the larger drawing in the inset."""
        return country.drawn(land(self.outlines, country), stroke_width=0.5, **self.colours)

    @property
    def has_pin(self) -> bool:
        return extent_of(self.outlines, self.frame) < _PIN_BELOW

    @property
    def mark(self) -> Mark:
        x, y = middle_of(self.spots)
        return Mark(
            self.place.title, x, y, _PIN if self.has_pin else 2.0, self.spots, self.spacing, self.inset
        )


def england_map(
    places: Sequence[MapPlace],
    outlines: Mapping[str, Outline],
    *,
    name: str,
    title: str,
    description: str,
    columns: tuple[str, ...] = ("Place", "Areas"),
    inset_label: str = "London",
) -> Picture:
    """England in one pale shape, and on it each place as a link, in the given order.

    Tab walks the places and Enter opens one. Two or more places within Greater London are named in an inset
    that shows London three times as large. A place too small to see is marked by a pin, and every name is
    part of its link, with a box of at least 24 px on a phone of 390 px. ``outlines`` are all upper-tier
    areas, from ``geography.outlines_of``; show ``geography.BOUNDARY_ATTRIBUTION`` with the picture.
    ``columns`` head the table: the place, its areas, then one for each of its facts.
    """
    country, height = _country(outlines)
    in_london = [place for place in places if _lies_in_london(place, outlines)]
    london = _london(outlines) if len(in_london) >= 2 else None
    drawn = [
        _Drawn(place, found, london, _INSET)
        if london and place in in_london
        else _Drawn(place, found, country, None)
        for place in places
        if (found := tuple(outlines[code] for code in place.codes if code in outlines))
    ]
    window = _window(country, outlines) if london else None
    taken = (window, _INSET, _INSET_TITLE) if window else ()
    labels = place_labels([one.mark for one in drawn], Box(0, 0, WIDTH, height), _LETTERING, taken)
    svg = drawing(
        _land(land(outlines.values(), country), country),
        _inset(london, outlines, window, inset_label) if london and window else Markup(),
        *(one.of_inset(country) for one in drawn if one.inset),
        *(leader_of(label) for label in labels if label),
        *(_link(one, label) for one, label in zip(drawn, labels, strict=True)),
        name=name,
        kind="england",
        title=title,
        description=description,
        size=(WIDTH, height),
        holds_links=True,
    )
    rows = tuple((place.title, ", ".join(place.areas), *place.facts) for place in places)
    return Picture(name, svg, columns, rows, title, description)


def _country(outlines: Mapping[str, Outline]) -> tuple[Frame, float]:
    west, south, east, north = bounds_of(outlines.values())
    scale = min(0.7, (WIDTH - 2 * _MARGIN) / ((east - west) / 1000))
    height = (north - south) / 1000 * scale + 2 * _MARGIN + TARGET / 2
    return Frame(west, north, scale, (_MARGIN, _MARGIN)), height


def _london(outlines: Mapping[str, Outline]) -> Frame:
    west, south, east, north = bounds_of(_boroughs(outlines))
    wide, high = _INSET.right - _INSET.left - 8, _INSET.bottom - _INSET.top - 8
    scale = min(wide / ((east - west) / 1000), high / ((north - south) / 1000))
    left = _INSET.left + 4 + (wide - (east - west) / 1000 * scale) / 2
    return Frame(west, north, scale, (left, _INSET.top + 4))


def _boroughs(outlines: Mapping[str, Outline]) -> list[Outline]:
    return [outline for code, outline in outlines.items() if code.startswith(_LONDON)]


def _lies_in_london(place: MapPlace, outlines: Mapping[str, Outline]) -> bool:
    drawn = [code for code in place.codes if code in outlines]
    return bool(drawn) and all(code.startswith(_LONDON) for code in drawn)


def _window(country: Frame, outlines: Mapping[str, Outline]) -> Box:
    """Where London lies on the map of England."""
    west, south, east, north = bounds_of(_boroughs(outlines))
    (left, bottom), (right, top) = country.point(west, south), country.point(east, north)
    return Box(left - 2, top - 2, right + 2, bottom + 2)


def _land(d: str, frame: Frame) -> Markup:
    return frame.drawn(d, fill="var(--map-land)", stroke=SURFACE, stroke_width=0.7, stroke_linejoin="round")


def _inset(london: Frame, outlines: Mapping[str, Outline], window: Box, label: str) -> Markup:
    return element(
        "g",
        framed(window, fill="none", stroke=SOFT),
        framed(_INSET, fill=SURFACE, stroke=SOFT),
        element("text", label, x=_INSET.left + 7, y=_INSET.bottom - 7, font_size=12, fill=SOFT),
        _land(land(_boroughs(outlines), london), london),
    )


def _link(one: _Drawn, label: Label | None) -> Markup:
    """One place: its areas, its pin if it is small, and its name, all of them one link."""
    shapes = [one.frame.drawn(land(one.outlines, one.frame))]
    if one.has_pin:
        shapes.append(element("circle", cx=one.mark.x, cy=one.mark.y, r=_PIN))
    if label:
        shapes.append(framed(label.box, class_="map-place__name", **_UNSEEN))
        shapes.append(written(label, _LETTERING))
    muted = " map-place--muted" if one.place.muted else ""
    return element(
        "a",
        *shapes,
        href=one.place.url,
        class_=f"map-place{muted}",
        aria_label=one.place.title,
        stroke_width=1.5,
        **one.colours,
    )
