"""Answering on a phone in a minute: one statement on a page, no account, no script."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from knotwork.conversations import codes, rules, services
from knotwork.conversations.fates import fates_of
from knotwork.conversations.forms import CodeForm, StatementForm
from knotwork.conversations.models import Conversation, Participant, Statement, StatementState, Vote
from knotwork.conversations.next_statement import next_statement
from knotwork.conversations.queries import (
    Progress,
    address_of,
    answers_of,
    progress_of,
)
from knotwork.conversations.services.refusals import CodeNotKnown, NotOpen, NotTaken, SaidBefore
from knotwork.conversations.views.browser import participant_of, remember, token_of
from knotwork.conversations.views.found import found, not_taken, surroundings
from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.limits.services import address_of as network_of
from knotwork.core.pages.answers import SeeOther
from knotwork.core.pages.errors import SlowDown
from knotwork.core.pages.walk import still_on_the_walk

SKIPPED = "none"


@dataclass(frozen=True)
class _Here:
    """One browser in one conversation."""

    conversation: Conversation
    participant: Participant | None
    token: str
    progress: Progress

    def surroundings(self) -> dict[str, Any]:
        opens_results = rules.gives_results_for_answers(self.conversation)
        missing = max(0, self.conversation.results_after - self.progress.answered) if opens_results else 0
        return surroundings(self.conversation) | {
            "progress": self.progress,
            "missing": missing,
            "may_see_results": missing == 0 and opens_results,
            "may_add": bool(rules.can_add_statement(self.conversation, self.participant)),
            "can_take_part": rules.can_take_part(self.conversation, self.participant),
        }


def _here(request: HttpRequest, programme: str, conversation: str) -> _Here:
    where = found(request, programme, conversation)
    participant = participant_of(request, where)
    return _Here(where, participant, token_of(request), progress_of(participant))


@never_cache
@require_http_methods(["GET", "POST"])
def take_part(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """One statement and the answers to it; or thank you, when there is nothing more to ask."""
    if request.method == "POST":
        return _take_answer(request, found(request, programme, conversation))
    here = _here(request, programme, conversation)
    if not rules.can_take_part(here.conversation, here.participant):
        return _not_open(request, here)
    statement = _statement_for(here)
    if statement is None:
        return _end(request, here)
    said_part = request.GET.get("part", "")
    if _is_asked_which(here) and not _is_part(here.conversation, said_part) and said_part != SKIPPED:
        return _which_are_you(request, here)
    context = here.surroundings() | {
        "statement": statement,
        "answer_to_change": here.progress.answered > 0,
        "named_part": said_part if _is_part(here.conversation, said_part) else "",
    }
    return remember(request, render(request, "conversations/statement.html", context), here.token)


def _is_asked_which(here: _Here) -> bool:
    """Whether she is asked which part she is of: once, before her first answer."""
    knows = here.participant is not None and here.participant.named_part is not None
    return bool(here.conversation.named_parts) and here.progress.met == 0 and not knows


def _is_part(conversation: Conversation, typed: str) -> bool:
    return typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(conversation.named_parts)


def _which_are_you(request: HttpRequest, here: _Here) -> HttpResponse:
    context = here.surroundings() | {
        "parts": list(enumerate(here.conversation.named_parts, start=1)),
        "skipped": SKIPPED,
    }
    return remember(request, render(request, "conversations/which_part.html", context), here.token)


def _statement_for(here: _Here) -> Statement | None:
    if here.progress.met >= here.conversation.asked_at_most:
        return None
    return next_statement(here.conversation, here.participant, here.token, here.progress.met)


def _take_answer(request: HttpRequest, where: Conversation) -> HttpResponse:
    token = token_of(request)
    said_part = request.POST.get("part", "")
    try:
        services.answer(
            where,
            _uuid(request.POST.get("statement", "")),
            request.POST.get("answer", ""),
            token,
            network_of(request),
            named_part=int(said_part) if _is_part(where, said_part) else None,
        )
    except NotTaken as refusal:
        return not_taken(request, where, refusal)
    return remember(request, SeeOther(address_of(where)), token)


def _uuid(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def _not_open(request: HttpRequest, here: _Here) -> HttpResponse:
    """Before, after, or never: what can be done instead."""
    context = here.surroundings() | {
        "phase": rules.phase_of(here.conversation),
        "asks_by_invitation": rules.asks_by_invitation(here.conversation),
        "may_see_results": bool(
            rules.can_see_results(viewer_of(request), here.conversation, here.participant)
        ),
    }
    is_invited = here.participant is not None and here.participant.is_invited
    status = 403 if context["asks_by_invitation"] and not is_invited else 200
    return render(request, "conversations/not_open.html", context, status=status)


def _end(request: HttpRequest, here: _Here) -> HttpResponse:
    context = here.surroundings() | {
        "may_see_results": bool(
            rules.can_see_results(viewer_of(request), here.conversation, here.participant)
        ),
        "reached_the_most": here.progress.met >= here.conversation.asked_at_most,
        "share_url": request.build_absolute_uri(address_of(here.conversation)),
    }
    return remember(request, render(request, "conversations/end.html", context), here.token)


@never_cache
@require_http_methods(["GET"])
def change_answer(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """The statement answered last, or the one that ``?statement=`` names, to answer it differently."""
    here = _here(request, programme, conversation)
    if not rules.can_take_part(here.conversation, here.participant):
        return _not_open(request, here)
    given = answers_of(here.participant) if here.participant else Vote.objects.none()
    if wanted := _uuid(request.GET.get("statement", "")):
        given = given.filter(statement__public_id=wanted)
    context = here.surroundings() | {"given": given.first(), "page_title": _("Change an answer")}
    return render(request, "conversations/change.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """Say something that others can answer."""
    here = _here(request, programme, conversation)
    decision = rules.can_add_statement(here.conversation, here.participant)
    if request.method == "GET" and not decision:
        return (
            _not_open(request, here)
            if not here.surroundings()["can_take_part"]
            else _no_box(request, here, decision.reason)
        )
    form = StatementForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _add_page(request, here, form, 422 if form.is_bound else 200)
    try:
        services.add_statement(here.conversation, form.cleaned_data["text"], here.token, network_of(request))
    except SaidBefore as refusal:
        return _add_page(request, here, form, refusal.status, said_before=refusal)
    except (NotTaken, SlowDown) as refusal:
        return _refused_with_text(request, here, form, refusal)
    return remember(request, SeeOther(f"{address_of(here.conversation, 'yours')}?just=added"), here.token)


def _no_box(request: HttpRequest, here: _Here, reason: str) -> HttpResponse:
    if not rules.can_take_part(here.conversation, here.participant):
        return _not_open(request, here)
    return not_taken(request, here.conversation, NotOpen(reason))


def _refused_with_text(
    request: HttpRequest, here: _Here, form: StatementForm, refusal: NotTaken | SlowDown
) -> HttpResponse:
    """The box again with what was typed, and why it was not taken."""
    form.add_error("text", refusal.reason)
    if isinstance(refusal, NotTaken):
        return _add_page(request, here, form, refusal.status)
    response = _add_page(request, here, form, 429)
    response["Retry-After"] = str(refusal.seconds)
    return response


def _add_page(
    request: HttpRequest, here: _Here, form: BaseForm, status: int, said_before: SaidBefore | None = None
) -> HttpResponse:
    context = here.surroundings() | {"form": form, "page_title": _("Say something")}
    if said_before is not None:
        context["said_before"] = said_before
        context["can_answer_it"] = said_before.statement.state == StatementState.LIVE
    return remember(request, render(request, "conversations/add.html", context, status=status), here.token)


@never_cache
@require_http_methods(["GET"])
def yours(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """What became of what she said, and the way on."""
    here = _here(request, programme, conversation)
    context = here.surroundings() | {
        "fates": fates_of(here.participant, viewer_of(request)) if here.participant else [],
        "answers": answers_of(here.participant) if here.participant else [],
        "participant": here.participant,
        "just": request.GET.get("just", ""),
        "may_see_results": bool(
            rules.can_see_results(viewer_of(request), here.conversation, here.participant)
        ),
        "page_title": _("What became of what you said"),
    }
    return render(request, "conversations/yours.html", context)


@never_cache
@sensitive_variables("new_code")
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """A code for coming back from anywhere; made at the press of a button and shown once."""
    here = _here(request, programme, conversation)
    context = here.surroundings() | {
        "participant": here.participant,
        "page_title": _("A code to come back with"),
    }
    if request.method == "POST" and here.participant is not None:
        new_code = services.new_return_code(here.participant)
        context |= {"code": codes.grouped(new_code), "spelled": codes.spelled(new_code)}
    return render(request, "conversations/code.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def forget(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """Break the link between this person and her answers."""
    here = _here(request, programme, conversation)
    if request.method == "POST":
        if here.participant is not None:
            services.forget(here.participant)
        return SeeOther(f"{address_of(here.conversation, 'forget')}?just=forgotten")
    context = here.surroundings() | {
        "participant": here.participant,
        "just": request.GET.get("just", ""),
        "page_title": _("Forget me"),
    }
    return render(request, "conversations/forget.html", context)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def come_back(request: HttpRequest) -> HttpResponse:
    """Type a code, and this browser knows the answers that belong to it."""
    form = CodeForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        token = token_of(request)
        try:
            participant = services.come_back(form.cleaned_data["code"], token, network_of(request))
        except CodeNotKnown as refusal:
            form.add_error("code", refusal.reason)
            status = refusal.status
        except SlowDown as refusal:
            form.add_error("code", refusal.reason)
            status = 429
        else:
            yours = f"{address_of(participant.conversation, 'yours')}?just=back"
            return remember(request, SeeOther(still_on_the_walk(request, yours)), token)
    return render(
        request, "conversations/come_back.html", {"form": form, "page_title": _("Come back")}, status=status
    )
