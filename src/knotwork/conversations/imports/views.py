"""Bring a conversation in: hand the files in, then see how far they are."""

from http import HTTPStatus
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from knotwork.conversations import rules
from knotwork.conversations.imports.forms import LARGEST_IMPORT, ImportForm
from knotwork.conversations.imports.requests import Wish, ask_for_import, give_up_on_lost, notes_in_words
from knotwork.conversations.models import ConversationImport, ImportState
from knotwork.conversations.queries import address_of
from knotwork.conversations.views.found import about_programme
from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.pages.answers import SeeOther
from knotwork.core.pages.components import Step
from knotwork.core.rules import require
from knotwork.core.uploads.kinds import MEGABYTE
from knotwork.core.uploads.services import UploadRefused
from knotwork.programmes.models import Programme
from knotwork.programmes.querysets import programmes


def _programme(request: HttpRequest, slug: str) -> Programme:
    """The programme at this address, for those who may bring a conversation into it."""
    viewer = viewer_of(request)
    programme = programmes().visible_to(viewer).filter(slug=slug).first()
    if programme is None:
        raise Http404
    require(rules.can_set_up(viewer, programme.pk))
    return programme


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, programme: str) -> HttpResponse:
    """Hand in an export of another tool."""
    where = _programme(request, programme)
    form = (
        ImportForm(request.POST or None, request.FILES or None) if request.method == "POST" else ImportForm()
    )
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        wish = Wish(given["question"], given["attribution"], given["source"], given["publishes_votes"])
        try:
            asked = ask_for_import(where, wish, form.files_given(), by=viewer_of(request))
        except UploadRefused as refusal:
            form.add_error("comments", str(refusal))
        else:
            return SeeOther(reverse("conversations:import-state", args=[where.slug, asked.public_id]))
    context = about_programme(where) | {
        "form": form,
        "page_title": _("Bring a conversation in"),
        "crumbs": [(_("Listen"), reverse("conversations:list")), (_("Bring a conversation in"), "")],
        "most": LARGEST_IMPORT // MEGABYTE,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "conversations/import.html", context, status=status)


@never_cache
@login_required
@require_safe
def state(request: HttpRequest, programme: str, public_id: UUID) -> HttpResponse:
    """How far an import is, or in words why it was refused."""
    where = _programme(request, programme)
    row = (
        ConversationImport.objects.select_related("conversation__programme")
        .filter(programme=where, public_id=public_id)
        .first()
    )
    if row is None:
        raise Http404
    give_up_on_lost(row)
    context = about_programme(where) | {
        "import": row,
        "steps": _steps(row),
        "notes": notes_in_words(row),
        "is_under_way": row.state in (ImportState.WAITING, ImportState.RUNNING),
        "is_refused": row.state == ImportState.REFUSED,
        "results_url": address_of(row.conversation, "results") if row.conversation else "",
        "again_url": reverse("conversations:import", args=[where.slug]),
        "page_title": _("Bringing in: %(question)s") % {"question": row.question},
        "crumbs": [
            (_("Listen"), reverse("conversations:list")),
            (_("Bring a conversation in"), reverse("conversations:import", args=[where.slug])),
            (row.question, ""),
        ],
    }
    return render(request, "conversations/import_state.html", context)


def _steps(row: ConversationImport) -> list[Step]:
    """Handed in, read, put in; each is done, now, or still to come."""
    reached = {ImportState.WAITING: 1, ImportState.RUNNING: 2}.get(ImportState(row.state), 4)
    words = (
        (_("Handed in"), _("Your files are here.")),
        (_("Waiting"), _("Another piece of work is done first. This seldom takes more than a minute.")),
        (_("Being read"), _("Every row is checked. Nothing is shown before all of them are in.")),
        (_("There"), _("The conversation is in its programme, and its results are worked out.")),
    )
    return [
        Step(title, text, "done" if number < reached else "now" if number == reached else "")
        for number, (title, text) in enumerate(words)
    ]
