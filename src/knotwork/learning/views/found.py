"""What the pages of this room have in common: finding things, the way back, and how a form is answered."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from knotwork.core.accounts.viewer import Viewer, viewer_of
from knotwork.core.pages.answers import SeeOther
from knotwork.core.rules import Refused
from knotwork.learning.kinds import PIECES
from knotwork.learning.queries import (
    Piece,
    PlaceRef,
    RoundView,
    SessionView,
    UptakeView,
    piece_at,
    round_at,
    session_at,
    uptake_at,
)
from knotwork.programmes.found import around
from knotwork.programmes.queries import PlaceView, ProgrammeView

View = Callable[..., HttpResponse]
Words = str | Promise
Thing = Piece | UptakeView | SessionView | RoundView


def for_people_signed_in(view: View) -> View:
    """A stranger is asked to sign in, and comes back here."""

    @wraps(view)
    def answer(request: HttpRequest, **words: Any) -> HttpResponse:
        if viewer_of(request).is_stranger:
            return redirect_to_login(request.get_full_path())
        return view(request, **words)

    return answer


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, even if every box was empty; nothing when the form is only looked at."""
    return request.POST if request.method == "POST" else None


def piece_or_404(kind: str, programme: ProgrammeView, public_id: UUID, viewer: Viewer) -> Piece:
    """The piece of writing, or 'page not found' for whoever may not see it."""
    return _there(piece_at(kind, programme.id, public_id, viewer))


def uptake_or_404(programme: ProgrammeView, public_id: UUID, viewer: Viewer) -> UptakeView:
    """The uptake, or 'page not found' for whoever may not see it."""
    return _there(uptake_at(programme.id, public_id, viewer))


def session_or_404(programme: ProgrammeView, public_id: UUID, viewer: Viewer) -> SessionView:
    """The session, or 'page not found' for whoever may not see it."""
    return _there(session_at(programme.id, public_id, viewer))


def round_or_404(programme: ProgrammeView, public_id: UUID, viewer: Viewer) -> RoundView:
    """The co-consulting round, or 'page not found' for whoever may not see it."""
    return _there(round_at(programme.id, public_id, viewer))


def thing_or_404(kind: str, programme: ProgrammeView, public_id: UUID, viewer: Viewer) -> Thing:
    """Anything that is written in this room, by its kind."""
    if kind in PIECES:
        return piece_or_404(kind, programme, public_id, viewer)
    if kind == "session":
        return session_or_404(programme, public_id, viewer)
    if kind == "consulting_round":
        return round_or_404(programme, public_id, viewer)
    return uptake_or_404(programme, public_id, viewer)


def _there(found: Any) -> Any:
    if found is None:
        raise Http404
    return found


def way_to(programme: ProgrammeView, place: PlaceView | PlaceRef | None, here: str) -> list[tuple[str, str]]:
    """The way to a page: the room, the programme in it, the place in it."""
    of_programme = reverse("learning:of-programme", args=[programme.slug])
    crumbs = [(_("Learn"), reverse("learning:list")), (programme.title, of_programme)]
    if place is not None:
        crumbs.append((place.name, reverse("learning:of-place", args=[programme.slug, place.slug])))
    return [*crumbs, (here, "")] if here else [*crumbs[:-1], (crumbs[-1][0], "")]


@dataclass(frozen=True)
class FormPage:
    """One form on a page: its heading, a sentence above it, its button, and where 'leave it' leads."""

    title: Words
    lede: Words
    button: Words
    back_url: str
    place: PlaceView | PlaceRef | None = None


def answer_form(
    request: HttpRequest,
    page: FormPage,
    form: Form,
    programme: ProgrammeView,
    write: Callable[[], str],
    *,
    template: str = "programmes/form.html",
) -> HttpResponse:
    """Show the form; once filled in well, ``write`` what it says and read the page that ``write`` names."""
    if request.method == "POST" and form.is_valid():
        try:
            return SeeOther(write())
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = around(programme) | {
        "form": form,
        "page_title": page.title,
        "lede": page.lede,
        "button": page.button,
        "back_url": page.back_url,
        "crumbs": way_to(programme, page.place, str(page.title)),
    }
    return render(request, template, context, status=422 if form.is_bound else 200)
