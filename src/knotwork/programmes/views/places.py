"""Add a place, change it, invite somebody to it."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knotwork.core.accounts.viewer import Viewer, viewer_of
from knotwork.core.rules import require
from knotwork.programmes import queries, rules, services
from knotwork.programmes.addresses import place_url
from knotwork.programmes.forms import InviteForm, PlaceForm
from knotwork.programmes.models import Role
from knotwork.programmes.queries import MovedTo, PlaceView, ProgrammeView
from knotwork.programmes.rules import Act
from knotwork.programmes.views.team import FormPage, answer_form, for_the_team, posted


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_team(Act.ADD_PLACE)
def add(request: HttpRequest, programme: ProgrammeView, viewer: Viewer) -> HttpResponse:
    """Add a place."""
    form = PlaceForm(posted(request), initial={"visibility": programme.visibility})
    form.fields["slug"].required = False

    def write(words: dict[str, Any]) -> None:
        slug, areas = words.pop("slug"), words.pop("areas")
        with transaction.atomic():
            made = services.add_place(programme.id, _place_words(words), by=viewer, slug=slug)
            services.set_areas(made.id, _periods(areas), by=viewer)

    page = FormPage(
        _("Add a place"),
        _("A place takes on one issue that nobody can solve alone."),
        _("Add it"),
        "place",
        "places",
    )
    return answer_form(request, page, form, programme, write)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, programme: str, place: str) -> HttpResponse:
    """Change the words, the address and the areas of a place; for its leads and the programme's team."""
    viewer, view = viewer_of(request), _found(request, programme, place)
    if not isinstance(view, PlaceView):
        return view
    require(rules.can(viewer, Act.CHANGE_PLACE, view.programme, view.id))
    stands = services.place_words_of(view.id)
    initial = asdict(stands) | {
        "slug": view.slug,
        "themes": ", ".join(stands.themes),
        "areas": "\n".join(area.name for area in view.areas),
    }
    form = PlaceForm(posted(request), initial=initial)

    def write(words: dict[str, Any]) -> str:
        slug, areas = words.pop("slug"), words.pop("areas")
        with transaction.atomic():
            services.move_place(view.id, slug, by=viewer)
            services.change_place(view.id, _place_words(words, stands), by=viewer)
            services.set_areas(view.id, _periods(areas, view), by=viewer)
        return place_url(view.programme.slug, slug)

    page = FormPage(
        _("Change %(place)s") % {"place": view.name},
        _("What the place says of itself."),
        _("Save"),
        "place",
        place=view,
    )
    return answer_form(request, page, form, view.programme, write)


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, programme: str, place: str) -> HttpResponse:
    """Invite a member to a place; for its leads and the programme's team."""
    viewer, view = viewer_of(request), _found(request, programme, place)
    if not isinstance(view, PlaceView):
        return view
    require(rules.can_invite(viewer, Role.PLACE_MEMBER, view.programme, view.id))

    def write(words: dict[str, Any]) -> str:
        grant = services.Grant(Role.PLACE_MEMBER, view.id, words["organisation"])
        services.invite(view.programme.id, words["email"], grant, by=viewer)
        return f"{view.url}?done=invited"

    page = FormPage(
        _("Invite somebody to %(place)s") % {"place": view.name},
        _("Members of a place see what is shown to the place, and work on its issue."),
        _("Invite"),
        "invited",
        place=view,
    )
    return answer_form(request, page, InviteForm(posted(request)), view.programme, write)


def _found(request: HttpRequest, programme: str, place: str) -> PlaceView | HttpResponse:
    """The place, or what to answer instead: sign in first, or look at the new address."""
    viewer = viewer_of(request)
    if viewer.is_stranger:
        return redirect_to_login(request.get_full_path())
    found = queries.place_at(programme, place, viewer)
    if found is None:
        raise Http404
    return redirect(found.url, permanent=True) if isinstance(found, MovedTo) else found


def _place_words(words: dict[str, Any], stands: services.PlaceWords | None = None) -> services.PlaceWords:
    themes = tuple(sorted({" ".join(theme.split()) for theme in words["themes"].split(",") if theme.strip()}))
    return replace(stands or services.PlaceWords(name=""), **words | {"themes": themes})


def _periods(lines: str, stands: PlaceView | None = None) -> Sequence[services.AreaPeriod]:
    """One period for each named area: with the dates that stand already, else with the area's own."""
    standing = {area.code: area for area in stands.areas} if stands else {}
    return [
        services.AreaPeriod(area.code, area.from_date, area.until_date)
        for area in (standing.get(found.code, found) for found in services.areas_named(lines.splitlines()))
    ]
