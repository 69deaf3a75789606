"""Somebody who takes part says that a statement should not be here."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from knotwork.conversations import rules, services
from knotwork.conversations.forms.moderating import FlagForm
from knotwork.conversations.models import Conversation, Statement, StatementState
from knotwork.conversations.queries import address_of
from knotwork.conversations.services.refusals import NotOpen, NotTaken
from knotwork.conversations.views.browser import participant_of, remember, token_of
from knotwork.conversations.views.found import found, not_taken, surroundings
from knotwork.core.limits.services import address_of as network_of
from knotwork.core.pages.answers import SeeOther
from knotwork.core.pages.languages import in_the_readers_language


@in_the_readers_language
@never_cache
@require_http_methods(["GET", "POST"])
def flag(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """Say which rule a statement breaks; ``?statement=`` names it. Without one there is only the way back."""
    where = found(request, programme, conversation)
    if request.GET.get("just") == "flagged":
        context = surroundings(where) | {"just": "flagged", "page_title": _("Thank you")}
        return render(request, "conversations/flag.html", context)
    typed = request.GET.get("statement", "")
    if not typed:
        return SeeOther(address_of(where))
    if not (may_take_part := rules.can_take_part(where, participant_of(request, where))):
        return not_taken(request, where, NotOpen(may_take_part.reason))
    statement = _shown(where, typed)
    form = FlagForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        token = token_of(request)
        try:
            services.flag_statement(where, statement, form.cleaned_data["reason"], token, network_of(request))
        except NotTaken as refusal:
            return not_taken(request, where, refusal)
        return remember(request, SeeOther(f"{address_of(where, 'flag')}?just=flagged"), token)
    context = surroundings(where) | {
        "form": form,
        "statement": statement,
        "page_title": _("This should not be here"),
    }
    return render(request, "conversations/flag.html", context, status=422 if form.is_bound else 200)


def _shown(where: Conversation, typed: str) -> Statement:
    try:
        wanted = UUID(typed)
    except ValueError:
        raise Http404 from None
    found_one = Statement.objects.filter(
        conversation=where, public_id=wanted, state=StatementState.LIVE
    ).first()
    if found_one is None:
        raise Http404
    return found_one
