"""Where a map and what stands on it are read."""

from uuid import UUID

from django.urls import reverse

from knotwork.maps.models import SystemMap


def map_url(system_map: SystemMap, page: str = "map", *further: object) -> str:
    """One of a map's pages, by its name."""
    return reverse(f"maps:{page}", args=[system_map.programme.slug, system_map.slug, *further])


def factor_url(system_map: SystemMap, factor: UUID) -> str:
    """The page of one factor."""
    return map_url(system_map, "factor", factor)
