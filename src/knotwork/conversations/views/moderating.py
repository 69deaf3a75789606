"""Fair moderation: people's statements one under the other, two buttons each, and a log for all to read."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from knotwork.conversations import rules, services
from knotwork.conversations.models import Conversation, Statement
from knotwork.conversations.queries import (
    address_of,
    decided,
    statements_looked_at,
    statements_to_look_at,
    tally_of,
)
from knotwork.conversations.queries import (
    moderation_log as log_of,
)
from knotwork.conversations.services.refusals import NotTaken, UnknownStatement
from knotwork.conversations.views.found import crumbs_to, found, surroundings
from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.pages.answers import SeeOther
from knotwork.core.rules import require

AT_ONCE = 50
LINES = 50


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def moderate(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """What people have added: show it, or do not show it for one of the published reasons."""
    where = found(request, programme, conversation)
    require(rules.can_moderate(viewer_of(request), where))
    if request.method == "GET":
        return _page(request, where)
    try:
        _decide(request, where)
    except NotTaken as refusal:
        return _page(request, where, refusal)
    return SeeOther(f"{address_of(where, 'moderate')}#to-look-at")


def _decide(request: HttpRequest, where: Conversation) -> None:
    statement = _statement(where, request.POST.get("statement", ""))
    decision = request.POST.get("decision", "")
    if decision == "show":
        services.accept(statement, by=viewer_of(request))
    elif decision == "do-not-show":
        reason, reply = request.POST.get("reason", ""), request.POST.get("reply", "")
        services.do_not_show(statement, reason, reply=reply, by=viewer_of(request))
    else:
        raise NotTaken(_("Please choose one of the two buttons."))


def _statement(where: Conversation, typed: str) -> Statement:
    try:
        public_id = UUID(typed)
    except ValueError:
        raise UnknownStatement from None
    statement = Statement.objects.filter(conversation=where, public_id=public_id).exclude(text="").first()
    if statement is None:
        raise UnknownStatement
    return statement


def _page(request: HttpRequest, where: Conversation, refusal: NotTaken | None = None) -> HttpResponse:
    waiting = statements_to_look_at(where)
    context = surroundings(where) | {
        "crumbs": crumbs_to(where, _("Moderate")),
        "page_title": _("Moderate"),
        "waiting": waiting[:AT_ONCE],
        "waiting_count": len(waiting),
        "looked_at": Paginator(statements_looked_at(where), AT_ONCE).get_page(request.GET.get("page")),
        "policy": rules.POLICY.items(),
        "refusal": refusal,
        "refused_statement": request.POST.get("statement", ""),
        "page_has_errors": refusal is not None,
        "log_url": address_of(where, "moderation-log"),
    }
    return render(request, "conversations/moderate.html", context, status=refusal.status if refusal else 200)


@require_http_methods(["GET"])
def moderation_log(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """Everything that was done to people's statements, for all to read; nobody's name and nobody's words."""
    where = found(request, programme, conversation)
    page = Paginator(log_of(where), LINES).get_page(request.GET.get("page"))
    context = surroundings(where) | {
        "crumbs": crumbs_to(where, _("How statements were moderated")),
        "page_title": _("How statements were moderated"),
        "page": page,
        "tally": tally_of(where),
        "lines": [decided(event) for event in page],
        "policy": rules.POLICY.values(),
    }
    return render(request, "conversations/moderation_log.html", context)
