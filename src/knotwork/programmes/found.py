"""What the pages of all rooms have in common: finding a programme or a place, and what surrounds it."""

from typing import Any, TypeVar

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from knotwork.core.accounts.viewer import Viewer
from knotwork.programmes import queries, rules
from knotwork.programmes.hold import notice_of
from knotwork.programmes.moved import Moved
from knotwork.programmes.queries import MovedTo, PlaceView, ProgrammeView
from knotwork.programmes.standing import mine_of

Found = TypeVar("Found", ProgrammeView, PlaceView)


def found_programme(slug: str, viewer: Viewer) -> ProgrammeView:
    """The programme, or 'page not found' for whoever may not see it."""
    return _there(queries.programme_at(slug, viewer))


def found_place(programme: str, slug: str, viewer: Viewer) -> PlaceView:
    """The place, or 'page not found' for whoever may not see it."""
    return _there(queries.place_at(programme, slug, viewer))


def may_look_into(place: PlaceView, viewer: Viewer) -> bool:
    """Of a place with a sensitive issue only the people of its programme see what the rooms hold."""
    return (
        not place.is_sensitive or viewer.is_administrator or place.programme.id in mine_of(viewer).programmes
    )


def open_place(programme: str, slug: str, viewer: Viewer) -> PlaceView:
    """The place, if the viewer may see what rooms hold of it; else 'page not found'."""
    place = found_place(programme, slug, viewer)
    if not may_look_into(place, viewer):
        raise Http404
    return place


def around(programme: ProgrammeView) -> dict[str, Any]:
    """What every page below a programme needs."""
    return {
        "programme": programme,
        "example_mark": programme.example_mark,
        "contact_url": programme.contact_url,
        "hold": notice_of(programme.duties, programme.time_zone),
    }


def looks_after(viewer: Viewer, programme: ProgrammeView) -> bool:
    """Whether the viewer sees the door to the team's pages."""
    return not viewer.is_stranger and bool(rules.can(viewer, rules.Act.LOOK_AFTER, programme))


def crumbs_to(programme: ProgrammeView, here: str = "") -> list[tuple[str, str]]:
    """The way from the list of programmes to this page."""
    start = [(_("Programmes"), reverse("programmes:list"))]
    return [*start, (programme.title, programme.url), (here, "")] if here else [*start, (programme.title, "")]


def _there(answer: Found | MovedTo | None) -> Found:
    if isinstance(answer, MovedTo):
        raise Moved(answer.url)
    if answer is None:
        raise Http404
    return answer
