"""Small maps to test with."""

from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.analyses.services import run_now
from knotwork.maps import services
from knotwork.maps.analyses import KIND
from knotwork.maps.models import Factor, SystemMap
from knotwork.maps.services import MapWords
from knotwork.programmes.models import Place, Programme, Stage
from tests.builders import a_place

ADMINISTRATOR = Viewer(is_administrator=True)

LONELY = ("feeling lonely", "confidence to go out", "time with people I like", "hearing")
"""Three factors in a loop that keeps itself going, and one that sets things going."""

DRAWN = ((0, 1, -1), (1, 2, 1), (2, 0, -1), (3, 1, 1))


def a_map(place: Place | None = None, *, programme: Programme | None = None, **words: Any) -> SystemMap:
    """A public map of a place, or of a programme as a whole, without any factor."""
    where = a_place() if place is None and programme is None else place
    given = {"title": "How lonely days hang together", "visibility": Stage.PUBLIC.value} | words
    within = programme or (where.programme if where else None)
    assert within is not None
    made = services.make_map(
        within.pk, MapWords(**given), by=ADMINISTRATOR, place_id=where.pk if where else None
    )
    return SystemMap.objects.select_related("programme", "place").get(pk=made.id)


def some_factors(system_map: SystemMap, *labels: str) -> list[UUID]:
    """Factors with these labels."""
    return [services.add_factor(system_map.pk, label, by=ADMINISTRATOR) for label in labels]


def a_perspective(system_map: SystemMap, name: str = "Table by the window", people: int = 6) -> UUID:
    """A perspective of so many people."""
    return services.add_perspective(system_map.pk, name, people, by=ADMINISTRATOR)


def a_link(system_map: SystemMap, perspective: UUID, ends: tuple[UUID, UUID], sign: int, **more: Any) -> UUID:
    """A link of one perspective."""
    return services.add_link(system_map.pk, perspective, *ends, sign, by=ADMINISTRATOR, **more)


def a_drawn_map(place: Place | None = None, **words: Any) -> SystemMap:
    """A map with four factors, one perspective, and four links, three of which are a loop."""
    system_map = a_map(place, **words)
    factors = some_factors(system_map, *LONELY)
    table = a_perspective(system_map)
    for source, target, sign in DRAWN:
        a_link(system_map, table, (factors[source], factors[target]), sign)
    return again(system_map)


def again(system_map: SystemMap) -> SystemMap:
    """The map as it stands now."""
    return SystemMap.objects.select_related("programme", "place").get(pk=system_map.pk)


def factor_called(system_map: SystemMap, label: str) -> Factor:
    return Factor.objects.get(map=system_map, label=label)


def worked_out(system_map: SystemMap) -> SystemMap:
    """The map with its result."""
    run_now(KIND, system_map.public_id)
    return again(system_map)


def url(system_map: SystemMap, page: str = "map", *further: object) -> str:
    return reverse(f"maps:{page}", args=[system_map.programme.slug, system_map.slug, *further])


def html(client: Client, system_map: SystemMap, page: str = "map", *further: object) -> str:
    """What a page of the map says."""
    answer = client.get(url(system_map, page, *further))
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()
