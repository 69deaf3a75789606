"""What the pages of one conversation share: finding it, its surroundings, a refusal in plain words."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from knotwork.conversations import rules
from knotwork.conversations.models import Conversation
from knotwork.conversations.queries import address_of, conversation_at, results_address_of
from knotwork.conversations.queries.translations import asked_in
from knotwork.conversations.services.refusals import NotTaken
from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.pages.languages import language_wanted
from knotwork.programmes.addresses import (
    QUICK_EXIT_URL,
    contact_url,
    place_url,
    privacy_url,
    programme_url,
)
from knotwork.programmes.consultation import consultation_note
from knotwork.programmes.hold import notice_of
from knotwork.programmes.models import Programme, Provenance


def found(
    request: HttpRequest, programme: str, conversation: str, *, told: Mapping[str, Exists] | None = None
) -> Conversation:
    """The conversation at this address, or 'page not found' for whoever may not see it."""
    where = conversation_at(programme, conversation, viewer_of(request), told=told)
    if where is None:
        raise Http404
    return where


def about_programme(programme: Programme) -> dict[str, Any]:
    """What every page below a programme needs."""
    mark = None if programme.provenance == Provenance.OWN else programme.provenance.replace("_", "-")
    return {
        "programme": programme,
        "programme_url": programme_url(programme.slug),
        "example_mark": mark,
        "time_zone": ZoneInfo(programme.time_zone),
        "contact_url": contact_url(programme.slug),
        "hold": notice_of(programme, programme.time_zone),
    }


def surroundings(conversation: Conversation, language: str = "") -> dict[str, Any]:
    """What every page of a conversation needs: its words in the reader's language, its addresses, and the way back.

    Without a language the words are as they were written.
    """
    asked = asked_in(conversation, language)
    place = conversation.place
    where = place or conversation.programme
    where_url = (
        place_url(conversation.programme.slug, place.slug)
        if place
        else programme_url(conversation.programme.slug)
    )
    context = about_programme(conversation.programme)
    if context["example_mark"] == "open-data" and not conversation.held_elsewhere:
        context["example_mark"] = None  # asked here: its answers are not the open data of the programme
    return context | {
        "conversation": conversation,
        "where": where,
        "where_url": where_url,
        "asked": asked,
        "page_title": asked.question.text,
        "page_description": _("%(question)s Asked in %(where)s: what people said, and what came of it.")
        % {"question": asked.question.text, "where": where},
        "take_part_url": address_of(conversation),
        "consultation_note": "" if conversation.held_elsewhere else consultation_note(conversation.programme),
        "privacy_url": privacy_url(conversation.programme.slug),
        "about_url": address_of(conversation, "about"),
        "add_url": address_of(conversation, "add"),
        "yours_url": address_of(conversation, "yours"),
        "code_url": address_of(conversation, "code"),
        "end_url": address_of(conversation, "end"),
        "letter_url": address_of(conversation, "letter"),
        "results_url": results_address_of(conversation),
        "quick_exit_url": QUICK_EXIT_URL if rules.is_sensitive(conversation) else "",
    }


def crumbs_to(conversation: Conversation, here: str = "") -> list[tuple[str, str]]:
    """The way from the list to this page."""
    crumbs = [(_("Listen"), reverse("conversations:list"))]
    if here:
        return [*crumbs, (conversation.question, address_of(conversation, "about")), (here, "")]
    return [*crumbs, (conversation.question, "")]


def not_taken(request: HttpRequest, conversation: Conversation, refusal: NotTaken) -> HttpResponse:
    """One clear message, the right status, and the way on; nothing was written."""
    words = {"reason": refusal.reason, "page_title": _("This was not taken")}
    context = surroundings(conversation, language_wanted(request)) | words
    return render(request, "conversations/not_taken.html", context, status=refusal.status)
