"""Signals for hosts: what is unusual among the answers, and flags that never drop anybody."""

from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from knotwork.conversations import rules, services
from knotwork.conversations.models import Conversation
from knotwork.conversations.queries import address_of
from knotwork.conversations.services.refusals import NotTaken
from knotwork.conversations.signals_of import flagged_by_reason, signals_of
from knotwork.conversations.views.found import crumbs_to, found, not_taken, surroundings
from knotwork.core.accounts.viewer import Viewer, viewer_of
from knotwork.core.pages.answers import SeeOther
from knotwork.core.rules import require


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def integrity(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """What is unusual, in sentences; a host flags the people of a signal or takes flags away."""
    where = found(request, programme, conversation)
    viewer = viewer_of(request)
    require(rules.can_host(viewer, where))
    if request.method == "POST":
        try:
            _act(request, where, viewer)
        except NotTaken as refusal:
            return not_taken(request, where, refusal)
        return SeeOther(address_of(where, "integrity"))
    with timezone.override(ZoneInfo(where.programme.time_zone)):
        context = surroundings(where) | {
            "crumbs": crumbs_to(where, _("Unusual answers")),
            "page_title": _("Unusual answers"),
            "signals": signals_of(where),
            "flagged": flagged_by_reason(where),
        }
        return render(request, "conversations/integrity.html", context)


def _act(request: HttpRequest, where: Conversation, viewer: Viewer) -> None:
    if "unflag" in request.POST:
        services.unflag_participants(where, request.POST["unflag"], by=viewer)
        return
    key = request.POST.get("signal", "")
    signal = next((one for one in signals_of(where) if one.key == key), None)
    if signal is None:
        raise NotTaken(_("This has changed since you looked. Please look at the page again."))
    services.flag_participants(where, signal.numbers, signal.why, by=viewer)
