from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.limits.services import address_of
from knotwork.programmes.found import around, crumbs_to, found_programme
from knotwork.programmes.queries import ProgrammeView
from knotwork.thread import contact as letters
from knotwork.thread.forms import ContactForm


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Write to the people who run this installation."""
    return _answer(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def programme_contact(request: HttpRequest, programme: str) -> HttpResponse:
    """Write to the team of a programme."""
    return _answer(request, found_programme(programme, viewer_of(request)))


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """What happens next, after a letter to this installation."""
    return _thanks(request, None)


@require_safe
def programme_thanks(request: HttpRequest, programme: str) -> HttpResponse:
    """What happens next, after a letter to a programme."""
    return _thanks(request, found_programme(programme, viewer_of(request)))


def _answer(request: HttpRequest, programme: ProgrammeView | None) -> HttpResponse:
    form = ContactForm(request.POST if request.method == "POST" else None)
    has_readers = bool(letters.readers_of(programme))
    if request.method == "POST" and has_readers and form.is_valid():
        if form.is_by_a_program:
            return _to_thanks(programme)
        decision = letters.can_write_now(address_of(request), _session_of(request))
        if decision:
            words = form.cleaned_data
            letters.write_to_team(letters.Letter(words["name"], words["email"], words["message"]), programme)
            return _to_thanks(programme)
        form.add_error(None, decision.reason)
        response = _page(request, programme, form, has_readers, status=429)
        response["Retry-After"] = str(int(letters.WAIT.total_seconds()))
        return response
    return _page(request, programme, form, has_readers, status=422 if form.is_bound else 200)


def _page(
    request: HttpRequest,
    programme: ProgrammeView | None,
    form: ContactForm,
    has_readers: bool,
    *,
    status: int,
) -> HttpResponse:
    context = _surroundings(programme) | {
        "form": form,
        "page_title": _("Contact the team"),
        "page_description": _("Write to the people who look after these pages."),
        "has_readers": has_readers,
        "has_mailbox": programme is not None and programme.has_mailbox,
    }
    return render(request, "thread/contact.html", context, status=status)


def _thanks(request: HttpRequest, programme: ProgrammeView | None) -> HttpResponse:
    steps = (
        {
            "title": _("Your letter is on its way"),
            "text": _("It goes to the team by email."),
            "state": "done",
        },
        {
            "title": _("Somebody of the team reads it"),
            "text": _("They write back to the address that you gave. How long it takes depends on them."),
        },
        {
            "title": _("Nothing else is done with your address"),
            "text": _("You are not put on any list."),
        },
    )
    context = _surroundings(programme) | {"page_title": _("Thank you"), "steps": steps}
    return render(request, "thread/contact_thanks.html", context)


def _surroundings(programme: ProgrammeView | None) -> dict[str, Any]:
    if programme is None:
        return {"programme": None}
    return around(programme) | {"crumbs": crumbs_to(programme, _("Contact the team"))}


def _to_thanks(programme: ProgrammeView | None) -> HttpResponse:
    if programme is None:
        return redirect("contact_thanks")
    return redirect("programmes:contact-thanks", programme=programme.slug)


def _session_of(request: HttpRequest) -> str:
    """A number for this browser, given with its first letter so that its letters can be counted."""
    if not request.session.session_key:
        request.session.create()
    return str(request.session.session_key)
