"""People as viewers, and rows as the doors hand them out."""

from knotwork.core.accounts.viewer import Viewer, viewer_for
from knotwork.core.events.models import Event
from knotwork.programmes import queries
from knotwork.programmes.models import Place, Programme, Role
from knotwork.programmes.queries import PlaceView, ProgrammeView
from tests.builders import a_person

ADMINISTRATOR = Viewer(is_administrator=True)


def somebody(
    role: Role | None = None, programme: Programme | None = None, place: Place | None = None
) -> Viewer:
    """A viewer who holds this role there; without a role, somebody who only signed in."""
    return viewer_for(a_person(role, programme, place))


def the_team_of(programme: Programme) -> Viewer:
    """Somebody of the programme's team."""
    return somebody(Role.PROGRAMME_TEAM, programme)


def the_programme(slug: str, viewer: Viewer = ADMINISTRATOR) -> ProgrammeView:
    found = queries.programme_at(slug, viewer)
    assert isinstance(found, ProgrammeView)
    return found


def the_place(programme: str, slug: str, viewer: Viewer = ADMINISTRATOR) -> PlaceView:
    found = queries.place_at(programme, slug, viewer)
    assert isinstance(found, PlaceView)
    return found


def verbs() -> list[str]:
    """What happened so far, oldest first."""
    return list(Event.objects.order_by("id").values_list("verb", flat=True))
