"""One browser in one conversation: what every page of somebody who takes part begins with."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from knotwork.conversations import rules
from knotwork.conversations.models import Conversation, Participant
from knotwork.conversations.queries.known import Known, Progress, known_at
from knotwork.conversations.queries.translations import languages_of
from knotwork.conversations.views.browser import COOKIE, token_of
from knotwork.conversations.views.found import found, surroundings
from knotwork.core.accounts.viewer import Viewer, viewer_of
from knotwork.core.pages.languages import LanguageChoice, language_choices, language_wanted


@dataclass(frozen=True)
class Here:
    """Who reads which conversation in which browser, and how far she has come."""

    request: HttpRequest
    conversation: Conversation
    participant: Participant | None
    token: str
    progress: Progress

    @property
    def viewer(self) -> Viewer:
        return viewer_of(self.request)

    @cached_property
    def language(self) -> str:
        """What she reads in; statements without a translation stay as they were written."""
        return language_wanted(self.request)

    def surroundings(self) -> dict[str, Any]:
        opens_results = rules.gives_results_for_answers(self.conversation)
        missing = max(0, self.conversation.results_after - self.progress.answered) if opens_results else 0
        return surroundings(self.conversation, self.language) | {
            "progress": self.progress,
            "missing": missing,
            "may_see_results": missing == 0 and opens_results,
            "may_add": bool(rules.can_add_statement(self.conversation, self.participant)),
            "can_take_part": rules.can_take_part(self.conversation, self.participant),
        }

    def may_see_results(self) -> bool:
        """The whole rule, with its queries; ``surroundings`` holds what the answers alone tell."""
        return bool(rules.can_see_results(self.viewer, self.conversation, self.participant))

    def all_languages(self) -> list[LanguageChoice]:
        """Ours, and those in which people wrote or translated here; two queries."""
        return language_choices(self.request, languages_of(self.conversation))


def here_in(request: HttpRequest, programme: str, conversation: str) -> Here:
    """The conversation at this address, and whom this browser is known as in it."""
    where = found(request, programme, conversation)
    return here_as(request, where, known_at(where, request.COOKIES.get(COOKIE)))


def here_as(request: HttpRequest, where: Conversation, known: Known) -> Here:
    """The same, where all of it is at hand."""
    return Here(request, where, known.participant, token_of(request), known.progress)


def not_open(here: Here) -> HttpResponse:
    """Before, after, or never: what can be done instead."""
    asks_by_invitation = rules.asks_by_invitation(here.conversation)
    context = here.surroundings() | {
        "phase": rules.phase_of(here.conversation),
        "asks_by_invitation": asks_by_invitation,
        "may_see_results": here.may_see_results(),
        "reading_languages": here.all_languages(),
    }
    is_invited = here.participant is not None and here.participant.is_invited
    status = 403 if asks_by_invitation and not is_invited else 200
    return render(here.request, "conversations/not_open.html", context, status=status)
