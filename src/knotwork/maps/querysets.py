"""Maps and what stands on them, asked for in sentences."""

from typing import Self

from django.db.models import QuerySet

from knotwork.core.accounts.viewer import Viewer
from knotwork.maps.models import Factor, Link, MapReference, NamedLoop, SystemMap
from knotwork.programmes.querysets import places
from knotwork.programmes.written import WrittenQuerySet


class MapQuerySet(WrittenQuerySet[SystemMap]):
    """Maps, as sentences."""


class ReferenceQuerySet(QuerySet[MapReference]):
    """References, as sentences."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those whose place and whose map the viewer may see; a place with a sensitive issue leads nowhere."""
        return self.filter(
            withdrawn_at__isnull=True,
            place__in=places().visible_to(viewer).filter(is_sensitive=False),
            map__in=maps().visible_to(viewer),
        )


def maps() -> MapQuerySet:
    """All maps."""
    return MapQuerySet(SystemMap)


def references() -> ReferenceQuerySet:
    """All references to maps."""
    return ReferenceQuerySet(MapReference)


def factors_on(system_map: SystemMap) -> QuerySet[Factor]:
    """The factors that stand on a map, in the order in which they came."""
    return Factor.objects.filter(map=system_map, withdrawn_at__isnull=True).order_by("pk")


def links_on(system_map: SystemMap) -> QuerySet[Link]:
    """The links that stand between factors that stand, of all perspectives, in the order in which they were drawn."""
    return Link.objects.filter(
        map=system_map,
        withdrawn_at__isnull=True,
        source__withdrawn_at__isnull=True,
        target__withdrawn_at__isnull=True,
    ).order_by("pk")


def named_loops_on(system_map: SystemMap) -> QuerySet[NamedLoop]:
    """The loops of a map that have a name, in the order in which they were named."""
    return NamedLoop.objects.filter(map=system_map, withdrawn_at__isnull=True).order_by("pk")
