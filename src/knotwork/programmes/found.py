"""What the pages of all rooms have in common: finding a programme or a place, and what surrounds it."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from knotwork.core.accounts.viewer import Viewer
from knotwork.programmes import queries, rules
from knotwork.programmes.queries import MovedTo, PlaceView, ProgrammeView
from knotwork.programmes.standing import mine_of

_PROGRAMME = re.compile(r"^/programmes/[^/]+/")
_PLACE = re.compile(r"/places/[^/]+/")

Found = TypeVar("Found", ProgrammeView, PlaceView)
View = Callable[..., HttpResponse]


class Moved(Exception):  # noqa: N818 - not an error: the page has another address now
    """Raised where a former address was asked for; becomes a redirect for ever."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


def follows_moves(view: View) -> View:
    """For a view below a programme or a place: a former address leads for ever to the same page at the new one."""

    @wraps(view)
    def answer(request: HttpRequest, **words: Any) -> HttpResponse:
        try:
            return view(request, **words)
        except Moved as moved:
            return HttpResponsePermanentRedirect(_same_page(request.get_full_path(), moved.url))

    return answer


def _same_page(path: str, url: str) -> str:
    """The path with the names of the programme, and of the place where one moved, as they stand in ``url``."""
    for part in (_PROGRAMME, _PLACE):
        if new := part.search(url):
            path = part.sub(new.group(), path, count=1)
    return path


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
