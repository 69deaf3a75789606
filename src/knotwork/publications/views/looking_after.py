"""What the team does with a publication outside the editing pages: publish it, ask a question, take it out."""

from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from knotwork.conversations.queries import conversations_for
from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.pages.answers import SeeOther
from knotwork.core.rules import require
from knotwork.programmes.found import found_programme
from knotwork.programmes.views.team import FormPage, answer_form, posted
from knotwork.publications import queries, rules, services
from knotwork.publications.forms import QuestionForm, WithdrawForm
from knotwork.publications.rules import Act
from knotwork.publications.views.reading import found_publication


def editing_door(request: HttpRequest) -> HttpResponse:
    """The way to the editing pages: straight to the list of what one may change."""
    viewer = viewer_of(request)
    if viewer.is_stranger:
        return redirect_to_login(request.get_full_path())
    require(rules.can_edit_somewhere(viewer))
    return redirect("publication:index")


@require_POST
def publish(request: HttpRequest, programme: str, publication: str) -> HttpResponse:
    """Show it to everybody."""
    viewer = viewer_of(request)
    if viewer.is_stranger:
        return redirect_to_login(request.get_full_path())
    row = found_publication(programme, publication, viewer)
    services.publish(row.pk, by=viewer)
    return SeeOther(queries.url_of(row))


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, programme: str, publication: str) -> HttpResponse:
    """Ask its readers something: a new question, or a conversation that is there already."""
    viewer = viewer_of(request)
    if viewer.is_stranger:
        return redirect_to_login(request.get_full_path())
    where = found_programme(programme, viewer)
    row = found_publication(programme, publication, viewer)
    require(rules.can(viewer, Act.ASK, row))
    there = [
        (str(one.public_id), one.question) for one in conversations_for(viewer, programme=where.public_id)
    ]
    now = str(row.question_conversation or "")
    form = QuestionForm(posted(request), initial={"conversation": now}, conversations=there)

    def write(said: dict[str, Any]) -> str:
        if said["question"]:
            services.open_a_question(row.pk, said["question"], said["statements"], by=viewer)
        else:
            chosen = UUID(said["conversation"]) if said["conversation"] else None
            services.ask_a_question(row.pk, chosen, by=viewer)
        return queries.url_of(row)

    page = FormPage(
        _("Ask its readers a question"),
        _("Readers of “%(title)s” answer in a minute, without an account.") % {"title": row.title},
        _("Ask"),
        "asked",
    )
    return answer_form(request, page, form, where, write)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, programme: str, publication: str) -> HttpResponse:
    """Take it out of the library, with a reason."""
    viewer = viewer_of(request)
    if viewer.is_stranger:
        return redirect_to_login(request.get_full_path())
    where = found_programme(programme, viewer)
    row = found_publication(programme, publication, viewer)
    require(rules.can(viewer, Act.WITHDRAW, row))

    def write(said: dict[str, Any]) -> str:
        services.withdraw(row.pk, said["reason"], by=viewer)
        return reverse("publications:of-programme", args=[where.slug])

    page = FormPage(_("Take it out of the library"), row.title, _("Take it out"), "withdrawn")
    return answer_form(request, page, WithdrawForm(posted(request)), where, write)
