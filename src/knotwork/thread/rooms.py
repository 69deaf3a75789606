"""What each room has to show: its panel on the page of a place, and what is new in it."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from knotwork.actions.panels import place_panel as actions_panel
from knotwork.conversations.panels import place_panel as conversations_panel
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.feeds.registry import FeedEntry, source_of
from knotwork.learning.panels import place_panel as learning_panel
from knotwork.maps.panels import place_panel as maps_panel
from knotwork.measures.panels import place_panel as measures_panel
from knotwork.programmes.panels import Panel
from knotwork.programmes.queries import PlaceView
from knotwork.publications.panels import place_panel as publications_panel
from knotwork.support.panels import place_panel as support_panel

_ROOMS = (
    conversations_panel,
    maps_panel,
    actions_panel,
    measures_panel,
    learning_panel,
    publications_panel,
    support_panel,
)
_NEW_ON_A_PROGRAMME = ("maps", "actions", "measures", "learning", "support", "library")
_SHOWN = 2


@dataclass(frozen=True)
class NewInRoom:
    """What is new in one room, in a line or two."""

    label: str | Promise
    entries: tuple[FeedEntry, ...]


def panels_of(place: PlaceView, viewer: Viewer) -> list[Panel]:
    """What each room has to show of this place, in the order of the loop."""
    found = [panel_of(place.public_id, viewer) for panel_of in _ROOMS]
    return [panel for panel in found if panel is not None]


def new_in_rooms(programme: UUID, viewer: Viewer) -> list[NewInRoom]:
    """The newest of each room that has something; conversations stand on the page of a programme by themselves."""
    news = []
    for room in _NEW_ON_A_PROGRAMME:
        source = source_of(room)
        if source is not None:
            newest = source.entries(viewer, programme=programme, place=None, most=_SHOWN)
            news.append(NewInRoom(source.label, tuple(newest[:_SHOWN])))
    return [room for room in news if room.entries]
