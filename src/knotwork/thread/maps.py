"""Maps of places, with all that a reader needs to believe them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knotwork.core import clock
from knotwork.core.pages.figure import Download, FigureView
from knotwork.drawing.england import MapPlace
from knotwork.drawing.geography import BOUNDARY_ATTRIBUTION
from knotwork.drawing.picture import Picture
from knotwork.programmes.maps import england_drawn, outlines_drawn, place_drawn
from knotwork.programmes.queries import (
    AreaView,
    PlaceSummary,
    PlaceView,
    ProgrammeView,
    ThemeView,
    outlines_state,
)


@dataclass(frozen=True)
class Map:
    """A drawn map, and when the newest of its outlines changed."""

    picture: Picture
    as_of: datetime


def map_of_places(places: Sequence[PlaceSummary], *, name: str, theme: str = "") -> Map | None:
    """England with these places as links; ``theme`` mutes the others. ``None`` when none has an outline."""
    state = outlines_state()
    drawn = tuple(_map_place(place, theme) for place in places)
    codes = {code for place in drawn for code in place.codes}
    if not codes.intersection(outlines_drawn(state)):
        return None
    title = _("Where the places are")
    counted = ngettext(
        "A map of England with %(count)d place.", "A map of England with %(count)d places.", len(places)
    )
    description = " ".join(
        [counted % {"count": len(places)}, _("Each place is a link. The same places stand in the list.")]
    )
    columns = (_("Place"), _("Made of"), _("Knotty issue"), _("Themes"))
    return Map(england_drawn(state, drawn, name, (title, description, columns)), state.newest or clock.now())


def map_of_one_place(place: PlaceView) -> Map | None:
    """The areas that the place is made of today, and where in England they lie."""
    today = clock.now().date()
    areas = tuple((area.code, area.name) for area in place.areas if area.is_in_force(today))
    state = outlines_state()
    if not any(code in outlines_drawn(state) for code, _name in areas):
        return None
    title = _("%(place)s on the map") % {"place": place.name}
    names = ", ".join(name for _code, name in areas)
    description = _("A map of %(areas)s, with a small map of England.") % {"areas": names}
    words = (title, description, (_("Area"), _("Official code")))
    return Map(place_drawn(state, areas, "place-map", words), state.newest or clock.now())


def figure_of_places(
    drawn: Map, programme: ProgrammeView, places: Sequence[PlaceSummary], theme: ThemeView | None
) -> FigureView:
    """The map of a programme's places with all that a reader needs to believe it."""
    count = sum(place.has_theme(theme.slug) for place in places) if theme else len(places)
    if theme:
        sentence = ngettext(
            "%(count)d place works on %(theme)s. The others are drawn hollow.",
            "%(count)d places work on %(theme)s. The others are drawn hollow.",
            count,
        ) % {"count": count, "theme": theme.name}
    else:
        sentence = ngettext(
            "%(count)d place, with its knotty issue. Choose it to read more.",
            "%(count)d places, each with its knotty issue. Choose one to read more.",
            count,
        ) % {"count": count}
    downloads = (
        Download("SVG", f"{programme.url}map.svg"),
        Download("PNG", f"{programme.url}map.png"),
        Download("CSV", f"{programme.url}places.csv"),
    )
    return _figure(drawn, sentence, downloads, is_example=programme.example_mark == "made-up")


def figure_of_one_place(drawn: Map, place: PlaceView) -> FigureView:
    """The small map of a place, with the same about it."""
    today = clock.now().date()
    count = sum(area.is_in_force(today) for area in place.areas)
    sentence = ngettext(
        "Today %(place)s is one council area.",
        "Today %(place)s is made of %(count)d council areas.",
        count,
    ) % {"place": place.name, "count": count}
    downloads = (Download("SVG", f"{place.url}map.svg"), Download("PNG", f"{place.url}map.png"))
    return _figure(drawn, sentence, downloads, is_example=place.programme.example_mark == "made-up")


def _figure(drawn: Map, sentence: str, downloads: tuple[Download, ...], *, is_example: bool) -> FigureView:
    return FigureView(
        picture=drawn.picture,
        sentence=sentence,
        uncertainty=_("The borders are simplified to suit a small map. Do not measure on it."),
        source=BOUNDARY_ATTRIBUTION.removeprefix("Source: "),
        source_url="https://geoportal.statistics.gov.uk/",
        method=_("Borders of councils as of December 2023, drawn on the British National Grid."),
        as_of=drawn.as_of,
        downloads=downloads,
        mark_example=is_example,
    )


def _map_place(place: PlaceSummary, theme: str) -> MapPlace:
    today = clock.now().date()
    areas: list[AreaView] = [area for area in place.areas if area.is_in_force(today)]
    return MapPlace(
        title=place.name,
        url=place.url,
        codes=tuple(area.code for area in areas),
        muted=bool(theme) and not place.has_theme(theme),
        areas=tuple(area.name for area in areas),
        facts=(place.issue, ", ".join(shown.name for shown in place.themes)),
    )
