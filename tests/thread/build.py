"""A programme with places on the map, small enough to see through."""

from knotwork.programmes import services
from knotwork.programmes.models import Place, Programme
from tests.builders import a_place, a_programme
from tests.programmes.build import ADMINISTRATOR


def square(west: float, south: float) -> dict[str, object]:
    """A square of half a degree."""
    east, north = west + 0.5, south + 0.5
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def a_mapped_programme(**words: object) -> tuple[Programme, Place, Place]:
    """Two public places with themes: Eastmere works on food and work, Westbrook on work alone."""
    services.hold_areas(
        [
            services.AreaFacts("E06000001", "Eastmere District", outline=square(-1.0, 52.0)),
            services.AreaFacts("E06000002", "Westbrook District", outline=square(-2.0, 52.0)),
        ]
    )
    programme = a_programme(**words)
    places = []
    for name, code, themes in (
        ("Eastmere", "E06000001", ("food", "work")),
        ("Westbrook", "E06000002", ("work",)),
    ):
        place = a_place(programme, name=name, slug=name.lower(), issue=f"The issue of {name}")
        stands = services.place_words_of(place.pk)
        services.change_place(
            place.pk,
            services.PlaceWords(name, stands.issue, themes=themes, visibility="public"),
            by=ADMINISTRATOR,
        )
        services.set_areas(place.pk, [services.AreaPeriod(code)], by=ADMINISTRATOR)
        places.append(place)
    return programme, places[0], places[1]
