"""Fair moderation: one statement at a time, plain buttons and keys, and a log for all to read."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from knotwork.conversations import rules, services
from knotwork.conversations.forms.moderating import SpellingForm
from knotwork.conversations.models import Conversation, Statement
from knotwork.conversations.queries import (
    address_of,
    asked_by,
    decided,
    flags_on,
    mended_statements,
    statements_looked_at,
    statements_that_may_say_the_same,
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
from knotwork.core.rules import Refused, require

AT_ONCE = 50
LINES = 50


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def moderate(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """The statement that has waited longest, or the one after ``?after=``; and the decision on one."""
    where = found(request, programme, conversation)
    require(rules.can_moderate(viewer_of(request), where))
    if request.method == "GET":
        return _page(request, where)
    statement = None
    try:
        statement = _statement(where, request.POST.get("statement", ""))
        _decide(request, where, statement)
    except NotTaken as refusal:
        return _page(request, where, statement, refusal)
    except Refused as refusal:
        return _page(request, where, statement, NotTaken(refusal.decision.reason))
    return SeeOther(address_of(where, "moderate"))


@never_cache
@login_required
@require_safe
def one_statement(request: HttpRequest, programme: str, conversation: str, statement: UUID) -> HttpResponse:
    """One statement by its address, decided on already or not."""
    where = found(request, programme, conversation)
    require(rules.can_moderate(viewer_of(request), where))
    try:
        return _page(request, where, _statement(where, str(statement)))
    except NotTaken as refusal:
        return _page(request, where, None, refusal)


def _decide(request: HttpRequest, where: Conversation, statement: Statement) -> None:
    viewer, sent = viewer_of(request), request.POST
    match sent.get("decision", ""):
        case "show":
            services.accept(statement, by=viewer)
        case "do-not-show":
            services.do_not_show(statement, sent.get("reason", ""), reply=sent.get("reply", ""), by=viewer)
        case "second-opinion":
            services.ask_second_opinion(statement, by=viewer)
        case "merge":
            services.merge_statements(statement, _other(where, sent.get("into", "")), by=viewer)
        case "undo-merge":
            services.undo_merge(statement, by=viewer)
        case _:
            raise NotTaken(_("Please choose one of the buttons."))


def _other(where: Conversation, typed: str) -> Statement:
    if not typed:
        raise NotTaken(_("Please choose the statement that says the same."))
    return _statement(where, typed)


def _statement(where: Conversation, typed: str) -> Statement:
    try:
        public_id = UUID(typed)
    except ValueError:
        raise UnknownStatement from None
    rows = Statement.objects.select_related("merged_into").exclude(text="")
    statement = rows.filter(conversation=where, public_id=public_id).first()
    if statement is None:
        raise UnknownStatement
    statement.conversation = where
    return statement


def _page(
    request: HttpRequest,
    where: Conversation,
    statement: Statement | None = None,
    refusal: NotTaken | None = None,
) -> HttpResponse:
    viewer = viewer_of(request)
    waiting = statements_to_look_at(where, viewer)
    if statement is None and refusal is None:
        statement = _next(waiting, request.GET.get("after", ""))
    context = surroundings(where) | {
        "crumbs": crumbs_to(where, _("Moderate")),
        "page_title": _("Moderate"),
        "statement": statement,
        "others": [one for one in waiting if one != statement][:AT_ONCE],
        "waiting_count": len(waiting),
        "asked_count": len(asked_by(where, viewer)),
        "refusal": refusal,
        "refused": request.POST.get("decision", ""),
        "page_has_errors": refusal is not None,
        "log_url": address_of(where, "moderation-log"),
    }
    if statement is not None:
        statement.conversation = where
        flags = flags_on(statement)
        is_waiting = statement in waiting and len(waiting) > 1
        context |= {
            "may_decide": rules.can_decide(viewer, statement),
            "may_mend": bool(rules.can_host(viewer, where)),
            "policy": rules.POLICY.items(),
            "candidates": statements_that_may_say_the_same(statement),
            "flags": flags,
            "flags_count": sum(count for _reason, count in flags),
            "later_url": f"{address_of(where, 'moderate')}?after={statement.public_id}" if is_waiting else "",
        }
    return render(request, "conversations/moderate.html", context, status=refusal.status if refusal else 200)


def _next(waiting: list[Statement], after: str) -> Statement | None:
    """The first that waits; after the named one comes the one behind it, and after the last the first again."""
    position = next((at for at, one in enumerate(waiting, start=1) if str(one.public_id) == after), 0)
    return waiting[position % len(waiting)] if waiting else None


@never_cache
@login_required
@require_safe
def decided_list(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """Everything that moderators decided, the latest first, to be looked at again."""
    where = found(request, programme, conversation)
    require(rules.can_moderate(viewer_of(request), where))
    context = surroundings(where) | {
        "crumbs": crumbs_to(where, _("What was decided")),
        "page_title": _("What was decided"),
        "page": Paginator(statements_looked_at(where), AT_ONCE).get_page(request.GET.get("page")),
    }
    return render(request, "conversations/decided.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def spelling(request: HttpRequest, programme: str, conversation: str, statement: UUID) -> HttpResponse:
    """Mend a few letters of a statement; the wording until now stays readable, with the reason."""
    where = found(request, programme, conversation)
    require(rules.can_host(viewer_of(request), where))
    try:
        row = _statement(where, str(statement))
    except NotTaken as refusal:
        return _page(request, where, None, refusal)
    form = SpellingForm(request.POST if request.method == "POST" else None, initial={"text": row.text})
    if form.is_valid():
        try:
            services.edit_statement(row, **form.cleaned_data, by=viewer_of(request))
        except NotTaken as refusal:
            form.add_error("text", refusal.reason)
        else:
            return SeeOther(f"{address_of(where, 'moderation-log')}#mended")
    context = surroundings(where) | {
        "form": form,
        "statement": row,
        "crumbs": crumbs_to(where, _("Spelling")),
        "page_title": _("Mend its spelling"),
    }
    return render(request, "conversations/spelling.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET"])
def moderation_log(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """Everything that was done to people's statements, for all to read; nobody's name and no word that is not shown."""
    where = found(request, programme, conversation)
    page = Paginator(log_of(where), LINES).get_page(request.GET.get("page"))
    context = surroundings(where) | {
        "crumbs": crumbs_to(where, _("How statements were moderated")),
        "page_title": _("How statements were moderated"),
        "page": page,
        "tally": tally_of(where),
        "lines": [decided(event) for event in page],
        "policy": rules.POLICY.values(),
        "mended": [] if rules.is_sensitive(where) else mended_statements(where),
    }
    return render(request, "conversations/moderation_log.html", context)
