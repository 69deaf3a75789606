"""What the pages of a programme's team have in common: who may open them, and how a form is answered."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from knotwork.core.accounts.viewer import Viewer, viewer_of
from knotwork.core.pages.answers import SeeOther
from knotwork.core.rules import Refused, require
from knotwork.programmes import queries, rules
from knotwork.programmes.hold import notice_of
from knotwork.programmes.queries import MovedTo, PlaceView, ProgrammeView


def for_the_team(act: rules.Act) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Only for viewers who may do this. A stranger is asked to sign in, others get the reason."""

    def around(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answer(request: HttpRequest, programme: str, **words: Any) -> HttpResponse:
            viewer = viewer_of(request)
            if viewer.is_stranger:
                return redirect_to_login(request.get_full_path())
            found = programme_or_404(programme, viewer)
            if isinstance(found, MovedTo):
                return redirect(found.url, permanent=True)
            require(rules.can(viewer, act, found))
            return view(request, found, viewer, **words)

        return answer

    return around


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, even if every box was empty; nothing when the form is only looked at."""
    return request.POST if request.method == "POST" else None


def programme_or_404(slug: str, viewer: Viewer) -> ProgrammeView | MovedTo:
    """The programme or where it moved to; 'page not found' for whoever may not see it."""
    found = queries.programme_at(slug, viewer)
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class FormPage:
    """One form on a page: its heading, a sentence above it, its button, and what is said when it is done."""

    title: str | Promise
    lede: str | Promise
    button: str | Promise
    done: str
    section: str = "main"
    place: PlaceView | None = None


def answer_form(
    request: HttpRequest,
    page: FormPage,
    form: Form,
    programme: ProgrammeView,
    write: Callable[[dict[str, Any]], str | None],
) -> HttpResponse:
    """Show the form; once filled in well, ``write`` it and go where ``write`` says, else to the overview."""
    if request.method == "POST" and form.is_valid():
        try:
            leads_to = write(form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return SeeOther(leads_to or f"{overview_url(programme.slug)}?done={page.done}#{page.section}")
    surroundings = (
        around(programme, str(page.title)) if page.place is None else around_place(page.place, page)
    )
    context = surroundings | {
        "form": form,
        "page_title": page.title,
        "lede": page.lede,
        "button": page.button,
        "organisations": queries.organisation_names() if _asks_for_an_organisation(form) else (),
    }
    return render(request, "programmes/form.html", context, status=422 if form.is_bound else 200)


def around(programme: ProgrammeView, here: str) -> dict[str, Any]:
    """What surrounds every page of the team."""
    start = [(_("Programmes"), reverse("programmes:list")), (programme.title, programme.url)]
    team = (_("Look after it"), overview_url(programme.slug))
    return {
        "programme": programme,
        "example_mark": programme.example_mark,
        "contact_url": programme.contact_url,
        "hold": notice_of(programme.duties, programme.time_zone),
        "back_url": overview_url(programme.slug),
        "crumbs": [*start, team, (here, "")] if here else [*start, (team[0], "")],
    }


def around_place(place: PlaceView, page: FormPage) -> dict[str, Any]:
    """What surrounds a page about one place: its leads come from there, and may not open the team's pages."""
    programme = place.programme
    way = [(programme.title, programme.url), (place.name, place.url), (str(page.title), "")]
    return around(programme, "") | {"crumbs": way, "back_url": place.url}


def overview_url(slug: str) -> str:
    """The first of the team's pages."""
    return reverse("programme_team:overview", args=[slug])


def place_choices(programme: ProgrammeView, viewer: Viewer) -> list[tuple[int, str]]:
    """The programme's places for a form."""
    return [(place.id, place.name) for place in queries.places_of(programme.id, viewer)]


def _asks_for_an_organisation(form: Form) -> bool:
    return any(field.widget.attrs.get("list") == "organisations" for field in form.fields.values())
