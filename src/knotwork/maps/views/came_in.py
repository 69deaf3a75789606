"""After a file was put in: the map's page says once what came in with it, and what could not be kept."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from knotwork.maps.services import PutIn

_KEY = "maps.came_in"
_MOST_SAID = 30


def tell_once(request: HttpRequest, system_map: UUID, came_in: PutIn) -> None:
    """Keep it in the session until the page of this map is read."""
    not_kept = came_in.not_kept[:_MOST_SAID]
    request.session[_KEY] = asdict(came_in) | {
        "map": str(system_map),
        "not_kept": [words[:300] for words in not_kept],
        "more": len(came_in.not_kept) - len(not_kept),
    }


def told_now(request: HttpRequest, system_map: UUID) -> dict[str, Any] | None:
    """What came in, the first time that the page of this map is read afterwards."""
    kept: dict[str, Any] | None = request.session.get(_KEY)
    if kept is None or kept["map"] != str(system_map):
        return None
    del request.session[_KEY]
    return kept
