"""For a room: the question and its link on one screen, results on another, never both; each looks again by itself."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from knotwork.conversations import room_rules, rules
from knotwork.conversations.models import Conversation
from knotwork.conversations.queries import address_of, people_in_words, people_who_answered
from knotwork.conversations.results.published import published_snapshot
from knotwork.conversations.results.reading import ResultsView, StatementView, results_of
from knotwork.conversations.rules import Phase
from knotwork.conversations.services.screens import is_shown_to_a_room_now, show_results_to_a_room
from knotwork.conversations.short_links import short_link_of
from knotwork.conversations.views.found import crumbs_to, found, surroundings
from knotwork.conversations.views.own_language import in_its_own_language
from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.pages.answers import SeeOther
from knotwork.core.rules import require

LOOKS_AGAIN_AFTER = 20
STILL = "still"
LINES = 12
LETTERS_IN_A_LINE = 44


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """What the room will see: only the question and the link, or results."""
    where = found(request, programme, conversation)
    require(room_rules.can_put_on_screen(viewer_of(request), where))
    if request.method == "POST":
        if rules.phase_of(where) is Phase.OPEN:
            show_results_to_a_room(where, by=viewer_of(request))
        return SeeOther(address_of(where, "screen-results"))
    context = surroundings(where) | {
        "is_open": rules.phase_of(where) is Phase.OPEN,
        "crumbs": crumbs_to(where, _("Big screen")),
        "page_title": _("On a big screen"),
    }
    return render(request, "conversations/big_screen/choose.html", context)


@never_cache
@login_required
@require_safe
def question(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """The question, the link as words and as a square, and how many have taken part. No result."""
    where = found(request, programme, conversation)
    require(room_rules.can_put_on_screen(viewer_of(request), where))
    with in_its_own_language(where):
        return _screen(request, where, "conversations/big_screen/question.html", {})


@never_cache
@login_required
@require_safe
def results(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """What was found so far; while people can still answer only by choice of its hosts, and without the link."""
    where = found(request, programme, conversation)
    require(room_rules.can_put_on_screen(viewer_of(request), where))
    if rules.phase_of(where) is Phase.OPEN and not is_shown_to_a_room_now(where):
        return SeeOther(address_of(where, "screen"))
    snapshot = published_snapshot(where)
    with in_its_own_language(where):
        view = results_of(where, snapshot) if snapshot else None
        context = {"snapshot": snapshot, "view": view} | (_chosen(view, where.question) if view else {})
        return _screen(request, where, "conversations/big_screen/results.html", context)


def _chosen(view: ResultsView, question: str) -> dict[str, Any]:
    """As many statements as fit without scrolling, whole: none is cut short."""
    room = LINES if len(question) <= LETTERS_IN_A_LINE else LINES - 3
    if not view.has_groups:
        known = [one for one in view.shared if any(answers.agree for answers in one.answers)]
        return {"shared": _fitting(known, room, LETTERS_IN_A_LINE * 2)}
    return {
        "agreed": [_with_lines(one) for one in _fitting(view.agreed, room)],
        "dividing": [_with_lines(one) for one in _fitting(view.dividing, room)],
    }


def _fitting(
    statements: Sequence[StatementView], room: int, letters: int = LETTERS_IN_A_LINE
) -> list[StatementView]:
    """The first one always, and those after it that still fit into so many lines."""
    kept: list[StatementView] = []
    for one in statements:
        room -= -(-len(one.text) // letters) + len(one.answers)
        if kept and room < 0:
            break
        kept.append(one)
    return kept


def _with_lines(statement: StatementView) -> tuple[StatementView, list[str]]:
    disagrees = statement.direction == "disagree"
    return statement, [one.disagree_line if disagrees else one.agree_line for one in statement.answers]


def _screen(
    request: HttpRequest, where: Conversation, template: str, context: dict[str, Any]
) -> HttpResponse:
    is_still = STILL in request.GET
    everything = surroundings(where) | {
        "link": short_link_of(where),
        "people": people_in_words(people_who_answered(where), exact=where.publishes_votes),
        "is_open": rules.phase_of(where) is Phase.OPEN,
        "is_still": is_still,
        "looks_again_after": LOOKS_AGAIN_AFTER,
        "choose_url": address_of(where, "screen"),
        "page_title": _("Big screen: %(question)s") % {"question": where.question},
    }
    response = render(request, template, everything | context)
    if not is_still:
        response["Refresh"] = str(LOOKS_AGAIN_AFTER)
    return response
