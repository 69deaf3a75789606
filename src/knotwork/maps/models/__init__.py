"""The nouns of this room."""

from knotwork.maps.models.drawn import Factor, Link, NamedLoop, Perspective
from knotwork.maps.models.maps import MapReference, SystemMap

__all__ = [
    "Factor",
    "Link",
    "MapReference",
    "NamedLoop",
    "Perspective",
    "SystemMap",
]
