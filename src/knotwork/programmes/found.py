"""What the pages of all rooms have in common: finding a programme or a place, and what surrounds it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from knotwork.core.accounts.viewer import Viewer
from knotwork.programmes import queries, rules
from knotwork.programmes.queries import MovedTo, PlaceView, ProgrammeView

Found = TypeVar("Found", ProgrammeView, PlaceView)
View = Callable[..., HttpResponse]


class Moved(Exception):  # noqa: N818 - not an error: the page has another address now
    """Raised where a former address was asked for; becomes a redirect for ever."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


def follows_moves(page: str = "") -> Callable[[View], View]:
    """For a view below a programme or a place: a former address leads to the same ``page`` at the new one."""

    def around_view(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, **words: str) -> HttpResponse:
            try:
                return view(request, **words)
            except Moved as moved:
                query = f"?{request.GET.urlencode()}" if request.GET else ""
                return HttpResponsePermanentRedirect(f"{moved.url}{page}{query}")

        return answer

    return around_view


def found_programme(slug: str, viewer: Viewer) -> ProgrammeView:
    """The programme, or 'page not found' for whoever may not see it."""
    return _there(queries.programme_at(slug, viewer))


def found_place(programme: str, slug: str, viewer: Viewer) -> PlaceView:
    """The place, or 'page not found' for whoever may not see it."""
    return _there(queries.place_at(programme, slug, viewer))


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
