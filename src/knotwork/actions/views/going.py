"""Start a try-out, say what happened, stop it, end it, and say what must change around it."""

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knotwork.actions import services
from knotwork.actions.forms import AroundForm, EndForm, HappenedForm, StopForm
from knotwork.actions.queries import key_sets_of
from knotwork.actions.rules import Act
from knotwork.actions.views.found import FormPage, Opened, answer_form, for_act, posted
from knotwork.core.pages.forms import PlainForm


@require_http_methods(["GET", "HEAD", "POST"])
@for_act(Act.START)
def start(request: HttpRequest, found: Opened) -> HttpResponse:
    """Read once more what is expected, then begin."""
    page = FormPage(
        _("Start it"),
        _("From now on nobody can change what you expect, by when, and when you would stop."),
        _("Start it now"),
        "started",
        template="actions/start.html",
    )
    form = PlainForm(posted(request))
    return answer_form(
        request, page, form, found, lambda: services.start(found.view.public_id, by=found.viewer)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_act(Act.TELL)
def happened(request: HttpRequest, found: Opened) -> HttpResponse:
    """Write down what happened so far."""
    form = HappenedForm(posted(request), initial={"happened": found.view.happened})
    page = FormPage(_("What happened"), "", _("Save"), "told", template="actions/beside.html")

    def write() -> None:
        services.say_what_happened(found.view.public_id, form.cleaned_data["happened"], by=found.viewer)

    return answer_form(request, page, form, found, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_act(Act.STOP)
def stop(request: HttpRequest, found: Opened) -> HttpResponse:
    """Stop early, with the stop rule in sight."""
    form = StopForm(posted(request), initial={"happened": found.view.happened})
    page = FormPage(
        _("Stop it"),
        _("To stop is no failure. It is what the stop rule is for."),
        _("Stop it"),
        "stopped",
        template="actions/beside.html",
    )

    def write() -> None:
        said = form.cleaned_data
        services.stop(found.view.public_id, said["why"], happened=said["happened"], by=found.viewer)

    return answer_form(request, page, form, found, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_act(Act.END)
def end(request: HttpRequest, found: Opened) -> HttpResponse:
    """Say what becomes of it, with what was expected in sight."""
    form = EndForm(posted(request), initial={"happened": found.view.happened})
    page = FormPage(_("End it"), "", _("End it"), "ended", template="actions/beside.html")

    def write() -> None:
        said = form.cleaned_data
        services.end(
            found.view.public_id, said["ending"], said["why"], happened=said["happened"], by=found.viewer
        )

    return answer_form(request, page, form, found, write)


@require_http_methods(["GET", "HEAD", "POST"])
@for_act(Act.SAY_WHAT_MUST_CHANGE)
def around(request: HttpRequest, found: Opened) -> HttpResponse:
    """What must change around it, one box for each key."""
    key_sets = key_sets_of(found.row)
    form: forms.Form = AroundForm(posted(request), key_sets=key_sets)
    page = FormPage(
        _("What must change around it"),
        _("A good idea goes under if all around it stays. Fill in what matters, and leave the rest empty."),
        _("Save"),
        "around",
    )

    def write() -> None:
        with transaction.atomic():
            for code, words in form.cleaned_data.items():
                services.say_what_must_change(found.view.public_id, code, words, by=found.viewer)

    return answer_form(request, page, form, found, write)
