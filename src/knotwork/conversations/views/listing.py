"""Conversations for people who look: the list, and what one of them is about."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knotwork.conversations import rules
from knotwork.conversations.models import Moderation, StatementState
from knotwork.conversations.queries import (
    address_of,
    conversations_for,
    people_in_words,
    people_who_answered,
    programmes_hosted_by,
    statements_to_look_at,
)
from knotwork.conversations.queries.background import asks_background
from knotwork.conversations.queries.translations import languages_of
from knotwork.conversations.queries.urgent import urgent_question_of, urgent_view
from knotwork.conversations.rules import Act, Part, Phase
from knotwork.conversations.services.screens import shown_to_a_room_at
from knotwork.conversations.views.browser import participant_of
from knotwork.conversations.views.found import crumbs_to, found, surroundings
from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.pages.kept import kept_until_something_happens
from knotwork.core.pages.languages import in_the_readers_language, language_choices, language_wanted


@require_http_methods(["GET"])
@kept_until_something_happens
def conversation_list(request: HttpRequest) -> HttpResponse:
    """Every conversation that the viewer may see, open ones first."""
    viewer = viewer_of(request)
    listed = conversations_for(viewer)
    context = {
        "page_title": _("Listen"),
        "page_description": _(
            "Questions that places ask everybody, answered on a phone in a minute and without an account."
        ),
        "open_now": [row for row in listed if row.phase is Phase.OPEN],
        "to_come": [row for row in listed if row.phase in (Phase.NOT_YET, Phase.DRAFT)],
        "closed": [row for row in listed if row.phase is Phase.CLOSED],
        "hosted": [] if viewer.is_stranger else programmes_hosted_by(viewer),
    }
    return render(request, "conversations/list.html", context)


@in_the_readers_language
@require_http_methods(["GET"])
def about(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """What is asked, until when, how many took part, how it is moderated; and its hosts' buttons."""
    where = found(request, programme, conversation)
    words = surroundings(where, language_wanted(request))
    viewer = viewer_of(request)
    participant = participant_of(request, where)
    people = people_who_answered(where)
    part = rules.part_of(viewer, where)
    context = words | {
        "crumbs": crumbs_to(where),
        "reading_languages": language_choices(request, languages_of(where)),
        "phase": rules.phase_of(where),
        "people": (took_part := people_in_words(people, exact=where.publishes_votes)),
        "page_description": f"{words['asked'].question.text} {took_part}",
        "statement_count": where.statements.filter(state=StatementState.LIVE).count(),
        "is_shown_at_once": where.moderation == Moderation.AFTER,
        "can_take_part": rules.can_take_part(where, participant),
        "can_see_results": rules.can_see_results(viewer, where, participant),
        "is_sensitive": rules.is_sensitive(where),
        "asks_by_invitation": rules.asks_by_invitation(where),
        "policy": rules.POLICY.values(),
        "log_url": address_of(where, "moderation-log"),
        "share_url": request.build_absolute_uri(address_of(where)),
        "urgent": urgent_view(urgent) if (urgent := urgent_question_of(where)) else None,
        "shown_to_a_room": shown_to_a_room_at(where),
        "former_wordings": list(where.former_wordings.all()),
        "asks_background": asks_background(where),
        "acts": _acts(part, rules.phase_of(where)),
    }
    if part is not Part.ANYBODY:
        context |= {
            "waiting_count": len(statements_to_look_at(where)),
            "flagged_count": where.participants.filter(is_flagged=True).count(),
            "can_open": rules.can_open(viewer, where),
        }
    return render(request, "conversations/about.html", context)


def _acts(part: Part, phase: Phase) -> dict[str, bool]:
    """Which of the hosts' buttons are there, read from the one table."""
    return {
        act.value: act in rules.ACTS[phase, part]
        for act in (Act.MODERATE, Act.SET_UP, Act.OPEN, Act.CLOSE, Act.PRINT, Act.PUT_ON_SCREEN)
    }
