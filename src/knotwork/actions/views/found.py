"""What the pages of a try-out have in common: finding it, what surrounds it, and how a form is answered."""

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

from knotwork.actions import rules
from knotwork.actions.models import TryOut
from knotwork.actions.nouns import TryOutView
from knotwork.actions.queries import row_at, try_out_view
from knotwork.core.accounts.viewer import Viewer, viewer_of
from knotwork.core.pages.answers import SeeOther
from knotwork.core.rules import Refused, require
from knotwork.programmes.addresses import QUICK_EXIT_URL
from knotwork.programmes.found import around, found_programme
from knotwork.programmes.queries import ProgrammeView, organisation_names

View = Callable[..., HttpResponse]
Words = str | Promise


@dataclass(frozen=True)
class Opened:
    """A try-out that somebody opened: its row, how it reads, and whose eyes it is read with."""

    row: TryOut
    view: TryOutView
    programme: ProgrammeView
    viewer: Viewer


def opened(request: HttpRequest, programme: str, try_out: str) -> Opened:
    """The try-out at this address, or 'page not found' for whoever may not see it."""
    viewer = viewer_of(request)
    where = found_programme(programme, viewer)
    row = row_at(programme, try_out, viewer)
    if row is None:
        raise Http404
    return Opened(row, try_out_view(row), where, viewer)


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, even if every box was empty; nothing when the form is only looked at."""
    return request.POST if request.method == "POST" else None


def for_act(act: rules.Act) -> Callable[[Callable[..., HttpResponse]], View]:
    """Only for viewers who may do this with the try-out.

    A stranger is asked to sign in, others get the reason. Who comes at the wrong stage, perhaps because somebody else
    was faster, reads the page of the try-out as it stands.
    """

    def guarded(view: Callable[..., HttpResponse]) -> View:
        @wraps(view)
        def answer(request: HttpRequest, programme: str, try_out: str, **words: Any) -> HttpResponse:
            if viewer_of(request).is_stranger:
                return redirect_to_login(request.get_full_path())
            found = opened(request, programme, try_out)
            require(rules.may_ever(found.viewer, act, found.row))
            if not rules.may(found.viewer, act, found.row):
                return SeeOther(found.view.url)
            return view(request, found, **words)

        return answer

    return guarded


def surroundings(found: Opened, here: Words = "") -> dict[str, Any]:
    """What every page of a try-out needs."""
    each = found.view
    crumbs = way_to(found.programme, (each.place, each.place_slug) if each.place else None)
    crumbs += [(each.title, each.url), (str(here), "")] if here else [(each.title, "")]
    is_sensitive = found.row.place is not None and found.row.place.is_sensitive
    return around(found.programme) | {
        "try_out": each,
        "slug": found.row.slug,
        "crumbs": crumbs,
        "back_url": each.url,
        "quick_exit_url": QUICK_EXIT_URL if is_sensitive else "",
    }


def way_to(programme: ProgrammeView, place: tuple[str, str] | None = None) -> list[tuple[str, str]]:
    """The way through the room: all try-outs, those of the programme, those of the place (its name and slug)."""
    way = [
        (_("Try"), reverse("actions:list")),
        (programme.title, reverse("actions:programme", args=[programme.slug])),
    ]
    if place is not None:
        name, slug = place
        way.append((name, reverse("actions:place", args=[programme.slug, slug])))
    return way


@dataclass(frozen=True)
class FormPage:
    """One form on a page: its heading, a sentence above it, its button, and what is said when it is done."""

    title: Words
    lede: Words
    button: Words
    done: str
    template: str = "programmes/form.html"


def answer_form(
    request: HttpRequest, page: FormPage, form: Form, found: Opened, write: Callable[[], Any]
) -> HttpResponse:
    """Show the form; once filled in well, ``write`` what it says and read the try-out."""
    if request.method == "POST" and form.is_valid():
        try:
            write()
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return SeeOther(f"{found.view.url}?done={page.done}")
    context = surroundings(found, page.title) | form_context(form, page.title, page.lede, page.button)
    return render(request, page.template, context, status=422 if form.is_bound and form.errors else 200)


def form_context(form: Form, title: Words, lede: Words, button: Words) -> dict[str, Any]:
    """What a page with one form needs; the organisations that are known where one is asked for."""
    asks = any(field.widget.attrs.get("list") == "organisations" for field in form.fields.values())
    return {
        "form": form,
        "page_title": title,
        "lede": lede,
        "button": button,
        "organisations": organisation_names() if asks else (),
    }
