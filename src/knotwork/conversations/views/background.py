"""A few optional questions about oneself: the page of whoever takes part, and the page on which a host chooses them."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from knotwork.conversations import report_rules, rules, services
from knotwork.conversations.forms.background import BackgroundForm, as_chosen
from knotwork.conversations.models import BackgroundQuestion, Conversation, Participant
from knotwork.conversations.queries import address_of
from knotwork.conversations.queries.background import background_to_ask
from knotwork.conversations.services.background import questions_of
from knotwork.conversations.services.refusals import NotTaken
from knotwork.conversations.views.browser import participant_of
from knotwork.conversations.views.found import crumbs_to, found, not_taken, surroundings
from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.pages.answers import SeeOther
from knotwork.core.pages.languages import in_the_readers_language
from knotwork.core.rules import Refused, require
from knotwork.programmes.queries import population_of_place

RATHER_NOT = "none"


@in_the_readers_language
@never_cache
@require_http_methods(["GET", "POST"])
def about_you(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """Asked once, after a few answers; each question can be left, and so can all of them."""
    where = found(request, programme, conversation)
    participant = participant_of(request, where)
    left = background_to_ask(where, participant)
    if participant is None or not left or not rules.can_take_part(where, participant):
        return SeeOther(address_of(where))
    if request.method == "POST":
        return _keep(request, where, participant, left)
    context = surroundings(where) | {
        "questions": [_asked(question) for question in left],
        "rather_not": RATHER_NOT,
        "page_title": _("A little about you"),
    }
    return render(request, "conversations/about_you.html", context)


def _asked(question: BackgroundQuestion) -> dict[str, Any]:
    """A question in its own words or in ours, with the numbers and names of its choices."""
    ours = {
        "age": _("How old are you?"),
        "area": _("Where do you live?"),
        "role": _("Which of these are you?"),
    }
    return {
        "kind": question.kind,
        "words": question.words or ours[question.kind],
        "is_ours": not question.words,
        "choices": [(choice.number, choice.name) for choice in question.choices.all()],
    }


def _keep(
    request: HttpRequest, where: Conversation, participant: Participant, left: list[BackgroundQuestion]
) -> HttpResponse:
    said: dict[str, int | None] = {}
    if request.POST.get("all") != RATHER_NOT:
        for question in left:
            typed = request.POST.get(question.kind, "")
            said[question.kind] = (
                int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else None
            )
    try:
        services.say_background(participant, said)
    except NotTaken as refusal:
        return not_taken(request, where, refusal)
    return SeeOther(address_of(where))


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def background(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """Choose what people are asked about themselves."""
    where = found(request, programme, conversation)
    viewer = viewer_of(request)
    require(rules.can_host(viewer, where))
    may_change = report_rules.can_ask_background(viewer, where)
    population = population_of_place(where.place.public_id) if where.place else None
    form = BackgroundForm(
        request.POST if request.method == "POST" else None,
        initial=as_chosen(questions_of(where), population),
        population=population,
        named_parts=where.named_parts,
    )
    for field in () if may_change else form.fields.values():
        field.disabled = True
    if request.method == "POST" and form.is_valid() and _changed(form, where, request):
        return SeeOther(f"{address_of(where, 'background')}?just=kept")
    context = surroundings(where) | {
        "form": form,
        "may_change": may_change,
        "population": population,
        "just": request.GET.get("just", ""),
        "crumbs": crumbs_to(where, _("Who have we not heard?")),
        "page_title": _("Who have we not heard?"),
    }
    return render(request, "conversations/background.html", context, status=422 if form.is_bound else 200)


def _changed(form: BackgroundForm, where: Conversation, request: HttpRequest) -> bool:
    """Whether it was taken; if somebody answered in the meantime, the form says so."""
    try:
        services.ask_background(where, form.questions(), by=viewer_of(request))
    except (Refused, NotTaken) as refusal:
        form.add_error(None, refusal.decision.reason if isinstance(refusal, Refused) else refusal.reason)
        return False
    return True
