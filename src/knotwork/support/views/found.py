"""What the pages of this room have in common: where one is, who may, and how a form is answered."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from knotwork.core.accounts.viewer import Viewer, viewer_of
from knotwork.core.pages.answers import SeeOther
from knotwork.core.rules import Refused, require
from knotwork.programmes.addresses import QUICK_EXIT_URL
from knotwork.programmes.found import around, found_programme, open_place
from knotwork.programmes.models import Place
from knotwork.programmes.queries import PlaceView, ProgrammeView
from knotwork.support.rules import Act, can

Words = str | Promise
View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Here:
    """Where somebody is: a programme, perhaps one of its places; and whose eyes it is read with."""

    programme: ProgrammeView
    place: PlaceView | None
    viewer: Viewer

    @property
    def url(self) -> str:
        """The page of this room for the place, or for the programme."""
        if self.place is None:
            return reverse("support:programme", args=[self.programme.slug])
        return reverse("support:place", args=[self.programme.slug, self.place.slug])

    @property
    def place_id(self) -> int:
        assert self.place is not None
        return self.place.id

    def row(self) -> Place:
        """The place for a form that asks whether its issue is a sensitive one."""
        return Place.objects.select_related("programme").get(pk=self.place_id)

    def may(self, act: Act) -> bool:
        """Whether the viewer may do this here."""
        return bool(can(self.viewer, act, self.programme, self.place.id if self.place else None))


def found(request: HttpRequest, programme: str, place: str = "") -> Here:
    """Where this address leads, or 'page not found' for whoever may not see it."""
    viewer = viewer_of(request)
    if not place:
        return Here(found_programme(programme, viewer), None, viewer)
    where = open_place(programme, place, viewer)
    return Here(where.programme, where, viewer)


def for_act(act: Act | None) -> Callable[[Callable[..., HttpResponse]], View]:
    """Only for viewers who may do this here; ``None``: for whoever signed in, and the service asks who she is."""

    def guarded(view: Callable[..., HttpResponse]) -> View:
        @wraps(view)
        def answer(request: HttpRequest, programme: str, place: str = "", **words: Any) -> HttpResponse:
            if viewer_of(request).is_stranger:
                return redirect_to_login(request.get_full_path())
            here = found(request, programme, place)
            if act is not None:
                where = here.place.id if here.place else None
                require(can(here.viewer, act, here.programme, where))
            return view(request, here, **words)

        return answer

    return guarded


def there(thing: Any) -> Any:
    """The thing, or 'page not found' when the viewer may not see it."""
    if thing is None:
        raise Http404
    return thing


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, even if every box was empty; nothing when the form is only looked at."""
    return request.POST if request.method == "POST" else None


def surroundings(here: Here, *crumbs: tuple[str, str]) -> dict[str, Any]:
    """What every page of this room needs; the last of ``crumbs`` is the page itself."""
    programme = here.programme
    way = [
        (programme.title, programme.url),
        (_("Support"), reverse("support:programme", args=[programme.slug])),
    ]
    if here.place is not None:
        way.append((here.place.name, here.url))
    way += crumbs
    is_sensitive = here.place is not None and here.place.is_sensitive
    return around(programme) | {
        "place": here.place,
        "crumbs": [*way[:-1], (way[-1][0], "")],
        "back_url": here.url,
        "quick_exit_url": QUICK_EXIT_URL if is_sensitive else "",
    }


@dataclass(frozen=True)
class FormPage:
    """One form on a page: its heading, a sentence above it, its button, and what is said when it is done."""

    title: Words
    lede: Words
    button: Words
    done: str
    leads_to: str = ""


def answer_form(
    request: HttpRequest, page: FormPage, form: Form, here: Here, write: Callable[[], Any]
) -> HttpResponse:
    """Show the form; once filled in well, ``write`` what it says and go where the page leads."""
    leads_to = page.leads_to or here.url
    if request.method == "POST" and form.is_valid():
        try:
            write()
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return SeeOther(f"{leads_to}?done={page.done}")
    context = surroundings(here, (str(page.title), "")) | {
        "form": form,
        "page_title": page.title,
        "lede": page.lede,
        "button": page.button,
        "back_url": leads_to,
    }
    return render(request, "programmes/form.html", context, status=422 if form.errors else 200)
