"""An organisation answers for its pledge: signed in, or by its letter. A press confirms; a look changes nothing."""

from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from knotwork.actions import services
from knotwork.actions.forms import AnswerForm
from knotwork.actions.models import Pledge
from knotwork.actions.own_word import can_answer
from knotwork.actions.querysets import try_outs
from knotwork.actions.services.reminders import reminder_of
from knotwork.actions.views.found import FormPage, answer_form, opened, posted
from knotwork.core.accounts.viewer import Viewer, viewer_for, viewer_of
from knotwork.core.pages.answers import SeeOther
from knotwork.core.rules import Refused, require
from knotwork.programmes.found import around, found_programme


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link of a letter: whoever holds the link speaks as its reader, and needs no account."""
    reminder = reminder_of(token)
    if reminder is None:
        raise Http404
    viewer = viewer_for(reminder.person)
    pledge = reminder.pledge
    if not try_outs().visible_to(viewer).filter(pk=pledge.try_out.pk).exists():
        raise Http404
    context = around(found_programme(pledge.try_out.programme.slug, viewer)) | {
        "pledge": pledge,
        "try_out": pledge.try_out,
        "page_title": _("How does your pledge stand?"),
        "page_description": _("An organisation says how its pledge for a try-out stands."),
        "is_answered": "done" in request.GET,
    }
    decision = can_answer(viewer, pledge)
    form = AnswerForm(posted(request))
    if decision and form.is_valid():
        refusal = _written(form, pledge, viewer, by_link=True)
        if refusal is None:
            return SeeOther("?done=1")
        form.add_error(None, refusal)
    status = 422 if decision and form.is_bound else 200
    return render(
        request, "actions/answer.html", context | {"form": form, "decision": decision}, status=status
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def signed_in(request: HttpRequest, programme: str, try_out: str, pledge: UUID) -> HttpResponse:
    """The same for somebody of the organisation who has signed in."""
    if viewer_of(request).is_stranger:
        return redirect_to_login(request.get_full_path())
    found = opened(request, programme, try_out)
    held = Pledge.objects.select_related("organisation", "try_out").filter(
        try_out=found.row, public_id=pledge
    )
    row = held.first()
    if row is None:
        raise Http404
    require(can_answer(found.viewer, row))
    form = AnswerForm(posted(request))
    page = FormPage(
        _("How does your pledge stand?"), f"{row.organisation}: {row.what}", _("Send the answer"), "answered"
    )

    def write() -> None:
        _write(form, row, found.viewer, by_link=False)

    return answer_form(request, page, form, found, write)


def _written(form: AnswerForm, pledge: Pledge, viewer: Viewer, *, by_link: bool) -> str | None:
    """Nothing when it is written, else why it is not."""
    try:
        _write(form, pledge, viewer, by_link=by_link)
    except Refused as refusal:
        return str(refusal)
    return None


def _write(form: AnswerForm, pledge: Pledge, viewer: Viewer, *, by_link: bool) -> None:
    said = form.cleaned_data
    services.answer_pledge(
        pledge.public_id, said["reply"], said["words"], by=viewer, due_on=said["due_on"], by_link=by_link
    )
