"""One panel per room for the page of a place: rooms that are here, then those to come."""

from knotwork.conversations.panels import place_panel as conversations_panel
from knotwork.core.accounts.viewer import Viewer
from knotwork.programmes.panels import Panel
from knotwork.programmes.queries import PlaceView
from knotwork.thread.rooms_to_come import ROOMS_TO_COME

_ROOMS = (conversations_panel,)


def panels_of(place: PlaceView, viewer: Viewer) -> list[Panel]:
    """What each room has to show of this place."""
    found = [panel_of(place.public_id, viewer) for panel_of in _ROOMS]
    return [panel for panel in found if panel is not None]


def panels_to_come() -> tuple[Panel, ...]:
    """The rooms that are not built yet."""
    return ROOMS_TO_COME
