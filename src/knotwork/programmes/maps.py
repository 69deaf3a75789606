"""Maps as they are drawn and kept: outlines are projected once, a map is kept until an outline or a place changes."""

from collections.abc import Mapping
from functools import lru_cache

from django.utils.translation import gettext as _

from knotwork.drawing.area_map import place_map
from knotwork.drawing.england import MapPlace, england_map
from knotwork.drawing.geography import Outline, outlines_of
from knotwork.drawing.picture import Picture
from knotwork.programmes.queries import OutlinesState, upper_tier_outlines

Words = tuple[str, str, tuple[str, ...]]


@lru_cache(maxsize=2)
def outlines_drawn(_state: OutlinesState) -> Mapping[str, Outline]:
    """Every outline that is held, projected; anew once the newest of them changed."""
    features = [
        {"properties": {"code": area.code, "name": area.name}, "geometry": area.outline}
        for area in upper_tier_outlines()
    ]
    return outlines_of({"features": features})


@lru_cache(maxsize=64)
def england_drawn(state: OutlinesState, places: tuple[MapPlace, ...], name: str, words: Words) -> Picture:
    """England with these places as links; ``words`` are title, description and the heads of the table."""
    title, description, columns = words
    return england_map(
        places,
        outlines_drawn(state),
        name=name,
        title=title,
        description=description,
        columns=columns,
        inset_label=_("London"),
    )


@lru_cache(maxsize=256)
def place_drawn(state: OutlinesState, areas: tuple[tuple[str, str], ...], name: str, words: Words) -> Picture:
    """The areas of one place, and where in England they lie."""
    title, description, columns = words
    return place_map(
        dict(areas),
        outlines_drawn(state),
        name=name,
        title=title,
        description=description,
        columns=(columns[0], columns[1]),
    )
