"""What the pages of this room have in common: finding a call or a bid, what surrounds it, how a form is answered."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from knotwork.calls import rules
from knotwork.calls.addresses import call_url, url_of_bid
from knotwork.calls.models import Bid, Call
from knotwork.calls.queries import bid_row, call_row
from knotwork.core.accounts.viewer import Viewer, viewer_of
from knotwork.core.pages.answers import SeeOther
from knotwork.core.rules import Refused, require
from knotwork.programmes.found import around, found_programme
from knotwork.programmes.queries import ProgrammeView

View = Callable[..., HttpResponseBase]
Words = str | Promise


@dataclass(frozen=True)
class OpenedCall:
    """A call that somebody opened, and whose eyes it is read with."""

    row: Call
    programme: ProgrammeView
    viewer: Viewer

    @property
    def url(self) -> str:
        return call_url(self.programme.slug, self.row.slug)


@dataclass(frozen=True)
class OpenedBid:
    """A bid that somebody opened, and whose eyes it is read with."""

    row: Bid
    programme: ProgrammeView
    viewer: Viewer

    @property
    def url(self) -> str:
        return url_of_bid(self.row)


def opened_call(request: HttpRequest, programme: str, call: str) -> OpenedCall:
    """The call at this address, or 'page not found' for whoever may not see it."""
    viewer = viewer_of(request)
    where = found_programme(programme, viewer)
    row = call_row(programme, call, viewer)
    if row is None:
        raise Http404
    return OpenedCall(row, where, viewer)


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, even if every box was empty; nothing when the form is only looked at."""
    return request.POST if request.method == "POST" else None


def for_call_act(act: rules.Act) -> Callable[[View], View]:
    """Only for viewers who may do this with the call; at the wrong stage they get the reason."""

    def guarded(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, programme: str, call: str, **words: Any) -> HttpResponseBase:
            if viewer_of(request).is_stranger:
                return redirect_to_login(request.get_full_path())
            found = opened_call(request, programme, call)
            require(rules.may(found.viewer, act, found.row))
            return view(request, found, **words)

        return answer

    return guarded


def for_bid_act(act: rules.BidAct) -> Callable[[View], View]:
    """Only for viewers who may do this with the bid now. Whoever may not read it finds no page."""

    def guarded(view: View) -> View:
        @wraps(view)
        def answer(
            request: HttpRequest, programme: str, call: str, bid: UUID, **words: Any
        ) -> HttpResponseBase:
            viewer = viewer_of(request)
            if viewer.is_stranger:
                return redirect_to_login(request.get_full_path())
            where = found_programme(programme, viewer)
            row = bid_row(programme, call, bid, viewer)
            if row is None:
                raise Http404
            require(rules.may_with_bid(viewer, act, row))
            return view(request, OpenedBid(row, where, viewer), **words)

        return answer

    return guarded


def call_surroundings(found: OpenedCall, here: Words = "") -> dict[str, Any]:
    """What every page of a call needs."""
    return around(found.programme) | {
        "call": found.row,
        "crumbs": _way(found.programme, found.row, here),
        "back_url": found.url,
    }


def bid_surroundings(found: OpenedBid, here: Words = "") -> dict[str, Any]:
    """What every page of a bid needs."""
    call = found.row.call
    name = found.row.place_name or _("Your bid")
    way = [*_way(found.programme, call, "")[:-1], (call.title, call_url(found.programme.slug, call.slug))]
    way += [(name, found.url), (str(here), "")] if here else [(name, "")]
    return around(found.programme) | {
        "call": call,
        "bid": found.row,
        "bid_url": found.url,
        "crumbs": way,
        "back_url": found.url,
    }


def _way(programme: ProgrammeView, call: Call, here: Words) -> list[tuple[str, str]]:
    way = [
        (_("Calls"), reverse("calls:list")),
        (programme.title, reverse("calls:programme", args=[programme.slug])),
    ]
    title = call.title
    return (
        [*way, (title, call_url(programme.slug, call.slug)), (str(here), "")] if here else [*way, (title, "")]
    )


@dataclass(frozen=True)
class FormPage:
    """One form on a page: its heading, a sentence above it, its button, and what is said when it is done."""

    title: Words
    lede: Words
    button: Words
    done: str
    template: str = "programmes/form.html"
    further: dict[str, Any] | None = None


def answer_form(
    request: HttpRequest,
    page: FormPage,
    form: Form,
    found: OpenedCall | OpenedBid,
    write: Callable[[], Any],
) -> HttpResponse:
    """Show the form; once filled in well, ``write`` what it says and read the call or the bid.

    ``write`` may give back an address to go to instead.
    """
    if request.method == "POST" and form.is_valid():
        try:
            leads_to = write()
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return SeeOther(leads_to if isinstance(leads_to, str) else f"{found.url}?done={page.done}")
    if isinstance(found, OpenedCall):
        surroundings = call_surroundings(found, page.title)
    else:
        surroundings = bid_surroundings(found, page.title)
    context = surroundings | {
        "form": form,
        "page_title": page.title,
        "page_description": page.lede,
        "lede": page.lede,
        "button": page.button,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, page.template, context | (page.further or {}), status=status)
