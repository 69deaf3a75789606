"""'We are stuck': asked, answered, closed by the place."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knotwork.core.pages.answers import SeeOther
from knotwork.core.rules import Refused, require
from knotwork.programmes.written import stage_choices
from knotwork.support import queries, services
from knotwork.support.forms import AnswerForm, CloseForm, HelpForm
from knotwork.support.queries import HelpView
from knotwork.support.rules import Act, can
from knotwork.support.views.found import (
    FormPage,
    Here,
    answer_form,
    for_act,
    found,
    posted,
    surroundings,
    there,
)
from knotwork.support.views.said import said_when_done


@require_http_methods(["GET", "HEAD", "POST"])
@for_act(Act.ASK_FOR_HELP)
def ask(request: HttpRequest, here: Here) -> HttpResponse:
    """Say 'we are stuck'."""
    form = HelpForm(posted(request), place=here.row())
    page = FormPage(
        _("We are stuck"),
        _("Everybody gets stuck with a knotty issue. Say with what; others may have been there."),
        _("Ask for help"),
        "help",
    )

    def keep() -> None:
        services.ask_for_help(here.place_id, services.HelpWords(**form.cleaned_data), by=here.viewer)

    return answer_form(request, page, form, here, keep)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, programme: str, request_id: UUID) -> HttpResponse:
    """One request with its answers; whoever has a role in the programme may answer."""
    here = found(request, programme)
    shown = _shown(here, request_id)
    at_place = found(request, programme, shown.where.slug)
    may_answer = here.may(Act.TAKE_PART) and shown.is_open
    form = AnswerForm(posted(request))
    if request.method == "POST":
        require(can(here.viewer, Act.TAKE_PART, here.programme))
        if form.is_valid():
            said = form.cleaned_data
            try:
                services.answer_help(request_id, said["words"], signed=said["signed"], by=here.viewer)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                return SeeOther(f"{shown.url}?done=answer")
    context = surroundings(at_place, (_("We are stuck"), "")) | {
        "page_title": _("%(place)s asks for help") % {"place": shown.where.name},
        "page_description": shown.words,
        "help": shown,
        "form": form if may_answer else None,
        "may_close": at_place.may(Act.ASK_FOR_HELP) and shown.is_open,
        "who_reads": dict(stage_choices(at_place.row())).get(shown.visibility, ""),
        "done": said_when_done(request),
    }
    return render(request, "support/help.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_act(None)
def close(request: HttpRequest, here: Here, request_id: UUID) -> HttpResponse:
    """The place says that it is not stuck any more."""
    shown = _shown(here, request_id)
    at_place = found(request, here.programme.slug, shown.where.slug)
    require(can(here.viewer, Act.ASK_FOR_HELP, here.programme, at_place.place_id))
    form = CloseForm(posted(request))
    page = FormPage(_("Not stuck any more"), shown.words, _("Close it"), "closed", shown.url)

    def keep() -> None:
        services.close_help(request_id, form.cleaned_data["what_helped"], by=here.viewer)

    return answer_form(request, page, form, at_place, keep)


def _shown(here: Here, request_id: UUID) -> HelpView:
    shown: HelpView = there(queries.help_at(request_id, here.viewer))
    return there(shown if shown.where.programme_slug == here.programme.slug else None)
