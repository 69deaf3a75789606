"""Answering on a phone in a minute: one statement on a page, no account, no script."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from knotwork.conversations import codes, rules, services
from knotwork.conversations.fates import fates_of
from knotwork.conversations.forms import CodeForm
from knotwork.conversations.kept_conversations import KeptConversation, kept_conversation
from knotwork.conversations.models import Conversation, Statement, Vote
from knotwork.conversations.next_statement import ShownStatements, next_statement
from knotwork.conversations.queries import address_of, answers_of
from knotwork.conversations.queries.background import ASKED_AFTER, background_to_ask
from knotwork.conversations.queries.known import Known
from knotwork.conversations.queries.translations import Said, said_in
from knotwork.conversations.services.refusals import CodeNotKnown, NotTaken
from knotwork.conversations.views.browser import COOKIE, remember, token_of
from knotwork.conversations.views.found import not_taken
from knotwork.conversations.views.here import Here, here_as, here_in, not_open
from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.limits.services import address_of as network_of
from knotwork.core.pages.answers import SeeOther
from knotwork.core.pages.errors import SlowDown
from knotwork.core.pages.holes import IN_PLACE, KeptPages
from knotwork.core.pages.languages import in_the_readers_language
from knotwork.core.pages.walk import still_on_the_walk

SKIPPED = "none"


@in_the_readers_language
@never_cache
@require_http_methods(["GET", "POST"])
def take_part(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """One statement and the answers to it; or thank you, when there is nothing more to ask.

    A press is answered with 303, so that "back" and "load again" are harmless; or with the next statement at once,
    where ``answering.js`` puts it in the place of this one.
    """
    found = kept_conversation(programme, conversation, viewer_of(request), request.COOKIES.get(COOKIE))
    if found is None:
        raise Http404
    where, known = found
    if request.method == "POST":
        return _take_answer(request, where, known)
    here = here_as(request, where.conversation, known)
    if not rules.can_take_part(here.conversation, here.participant):
        return not_open(here)
    more = request.GET.get("more", "")
    statement = _statement_for(here, more, where.shown)
    if where.asks_background and _is_asked_about_herself(here, is_last=statement is None):
        return SeeOther(address_of(here.conversation, "about-you"))
    if statement is None:
        return _end(request, here)
    said_part = request.GET.get("part", "")
    if _is_asked_which(here) and not _is_part(here.conversation, said_part) and said_part != SKIPPED:
        return _which_are_you(request, here)
    return remember(request, _ask(here, where.pages, statement), here.token)


def _ask(here: Here, pages: KeptPages, statement: Statement) -> HttpResponse:
    """The page of one statement: the same for all who have come equally far, but for the statement itself."""
    said = said_in([statement], here.language)[statement.pk]
    words = {"public_id": str(statement.public_id), **asdict(said)}
    part, more = here.request.GET.get("part", ""), here.request.GET.get("more", "")
    # The first page alone names all languages; somebody may just have translated into another.
    languages = () if here.progress.met else tuple(here.all_languages())

    def context(words: Mapping[str, str]) -> dict[str, Any]:
        return here.surroundings() | {
            "statement": {"public_id": words["public_id"]},
            "said": {**words, "is_translated": said.is_translated},
            "answer_to_change": here.progress.answered > 0,
            "more": more if _blocks(more) else "",
            "named_part": part if _is_part(here.conversation, part) else "",
            "reading_languages": languages,
        }

    alike = (here.progress, here.language, said.is_translated, languages)
    return pages.answer(here.request, "conversations/statement.html", alike, words, context)


def _is_asked_about_herself(here: Here, *, is_last: bool) -> bool:
    """Whether it is time for the optional questions: after a few answers, and once."""
    met = here.progress.met
    is_time = met >= ASKED_AFTER or (is_last and met > 0)
    return is_time and bool(background_to_ask(here.conversation, here.participant))


def _is_asked_which(here: Here) -> bool:
    """Whether she is asked which part she is of: once, before her first answer."""
    knows = here.participant is not None and here.participant.named_part is not None
    return bool(here.conversation.named_parts) and here.progress.met == 0 and not knows


def _is_part(conversation: Conversation, typed: str) -> bool:
    return typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(conversation.named_parts)


def _which_are_you(request: HttpRequest, here: Here) -> HttpResponse:
    context = here.surroundings() | {
        "skipped": SKIPPED,
        "reading_languages": here.all_languages(),
    }
    return remember(request, render(request, "conversations/which_part.html", context), here.token)


def _statement_for(here: Here, more: str, shown: ShownStatements) -> Statement | None:
    if here.progress.met >= here.conversation.asked_at_most * (1 + _blocks(more)):
        return None
    return _left_for(here, shown)


def _blocks(typed: str) -> int:
    """How many times she chose to go on past what we ask of one person; the page's address carries it along."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 3 else 0


def _left_for(here: Here, shown: ShownStatements | None = None) -> Statement | None:
    return next_statement(here.conversation, here.participant, here.token, here.progress, shown)


def _take_answer(request: HttpRequest, kept: KeptConversation, known: Known) -> HttpResponse:
    token, where = token_of(request), kept.conversation
    said_part = request.POST.get("part", "")
    try:
        known = services.answer(
            where,
            _uuid(request.POST.get("statement", "")),
            request.POST.get("answer", ""),
            token,
            network_of(request),
            named_part=int(said_part) if _is_part(where, said_part) else None,
            known=known,
        )
    except NotTaken as refusal:
        return not_taken(request, where, refusal)
    more = request.POST.get("more", "")
    wants_next = IN_PLACE in request.META and request.COOKIES.get(COOKIE) == token and not _blocks(more)
    if wants_next and (next_page := _next_page(here_as(request, where, known), kept)):
        return next_page
    return remember(request, SeeOther(address_of(where) + (f"?more={more}" if _blocks(more) else "")), token)


def _next_page(here: Here, kept: KeptConversation) -> HttpResponse | None:
    """The page of the next statement, where that is what comes next for her."""
    statement = _statement_for(here, "", kept.shown)
    if statement is None or (kept.asks_background and _is_asked_about_herself(here, is_last=False)):
        return None
    return _ask(here, kept.pages, statement)


def _uuid(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


@in_the_readers_language
@never_cache
@require_http_methods(["GET"])
def end(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """That is enough, thank you, and what happens next: for whoever stops, whenever she does."""
    here = here_in(request, programme, conversation)
    if not rules.can_take_part(here.conversation, here.participant):
        return not_open(here)
    if not here.progress.met and not here.progress.added:
        return SeeOther(address_of(here.conversation))
    return _end(request, here)


def _end(request: HttpRequest, here: Here) -> HttpResponse:
    most, met = here.conversation.asked_at_most, here.progress.met
    go_on_url = address_of(here.conversation) + (f"?more={met // most}" if met >= most else "")
    context = here.surroundings() | {
        "may_see_results": here.may_see_results(),
        "reached_the_most": met >= most,
        "go_on_url": go_on_url if _left_for(here) else "",
        "answer_to_change": here.progress.answered > 0,
        "may_ask_for_letter": bool(rules.can_ask_for_letter(here.conversation, here.participant)),
        "share_url": request.build_absolute_uri(address_of(here.conversation)),
        "page_title": _("Thank you"),
    }
    return remember(request, render(request, "conversations/end.html", context), here.token)


@in_the_readers_language
@never_cache
@require_http_methods(["GET"])
def change_answer(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """The statement answered last, or the one that ``?statement=`` names, to answer it differently."""
    here = here_in(request, programme, conversation)
    if not rules.can_take_part(here.conversation, here.participant):
        return not_open(here)
    given = answers_of(here.participant) if here.participant else Vote.objects.none()
    if wanted := _uuid(request.GET.get("statement", "")):
        given = given.filter(statement__public_id=wanted)
    vote = given.first()
    context = here.surroundings() | {
        "given": vote,
        "said": said_in([vote.statement], here.language)[vote.statement_id] if vote else None,
        "page_title": _("Change an answer"),
    }
    return render(request, "conversations/change.html", context)


@in_the_readers_language
@never_cache
@require_http_methods(["GET"])
def yours(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """What became of what she said, and the way on."""
    here = here_in(request, programme, conversation)
    context = here.surroundings() | {
        "fates": fates_of(here.participant, here.viewer) if here.participant else [],
        "answers": _answers(here),
        "participant": here.participant,
        "just": request.GET.get("just", ""),
        "may_see_results": here.may_see_results(),
        "may_ask_for_letter": bool(rules.can_ask_for_letter(here.conversation, here.participant)),
        "page_title": _("What became of what you said"),
    }
    return render(request, "conversations/yours.html", context)


def _answers(here: Here) -> list[tuple[Vote, Said]]:
    """What she answered, each with the statement in her language."""
    given = list(answers_of(here.participant)) if here.participant else []
    said = said_in([vote.statement for vote in given], here.language)
    return [(vote, said[vote.statement_id]) for vote in given]


@in_the_readers_language
@never_cache
@sensitive_variables("new_code")
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """A code for coming back from anywhere; made at the press of a button and shown once."""
    here = here_in(request, programme, conversation)
    context = here.surroundings() | {
        "participant": here.participant,
        "page_title": _("A code to come back with"),
    }
    if request.method == "POST" and here.participant is not None:
        new_code = services.new_return_code(here.participant)
        context |= {"code": codes.grouped(new_code), "spelled": codes.spelled(new_code)}
    return render(request, "conversations/code.html", context)


@in_the_readers_language
@never_cache
@require_http_methods(["GET", "POST"])
def forget(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """Break the link between this person and her answers."""
    here = here_in(request, programme, conversation)
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


@in_the_readers_language
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
    context = {
        "form": form,
        "page_title": _("Come back"),
        "page_description": _("Type your code to see what became of what you said."),
    }
    return render(request, "conversations/come_back.html", context, status=status)
