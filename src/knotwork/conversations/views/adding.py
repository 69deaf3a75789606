"""Say something that others can answer; first, what others have said already."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from knotwork.conversations import rules, services
from knotwork.conversations.forms import StatementForm
from knotwork.conversations.models import StatementState
from knotwork.conversations.queries import address_of
from knotwork.conversations.queries.alike import Close, said_already
from knotwork.conversations.queries.translations import said_in
from knotwork.conversations.services.refusals import NotOpen, NotTaken, SaidBefore
from knotwork.conversations.services.wording import same_words
from knotwork.conversations.views.browser import remember
from knotwork.conversations.views.found import not_taken
from knotwork.conversations.views.here import Here, here_in, not_open
from knotwork.core.limits.services import address_of as network_of
from knotwork.core.pages.answers import SeeOther
from knotwork.core.pages.errors import SlowDown
from knotwork.core.pages.languages import in_the_readers_language, plain_code


@in_the_readers_language
@never_cache
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """Take a statement. If others said nearly the same, they are shown first, unless she has seen them."""
    here = here_in(request, programme, conversation)
    decision = rules.can_add_statement(here.conversation, here.participant)
    if request.method == "GET" and not decision:
        if not rules.can_take_part(here.conversation, here.participant):
            return not_open(here)
        return not_taken(request, here.conversation, NotOpen(decision.reason))
    form = StatementForm(request.POST or None, languages=_languages_to_write_in(here))
    if request.method == "GET" or not form.is_valid():
        return _page(here, form, 422 if form.is_bound else 200)
    if decision and request.POST.get("mine") != "different":
        text = form.cleaned_data["text"]
        close = said_already(here.conversation, text, here.participant, here.language)
        if close and not any(same_words(one.statement.text) == same_words(text) for one in close):
            return _others_first(here, form, close)
    return _take(here, form)


def _languages_to_write_in(here: Here) -> list[str]:
    """The conversation's language and the reader's own, hers first; one where they are the same."""
    return list(dict.fromkeys([here.language, plain_code(here.conversation.language)]))


def _take(here: Here, form: StatementForm) -> HttpResponse:
    try:
        services.add_statement(
            here.conversation,
            form.cleaned_data["text"],
            here.token,
            network_of(here.request),
            language=form.cleaned_data.get("language") or here.conversation.language,
        )
    except SaidBefore as refusal:
        return _said_before(here, form, refusal)
    except (NotTaken, SlowDown) as refusal:
        return _refused_with_text(here, form, refusal)
    yours = f"{address_of(here.conversation, 'yours')}?just=added"
    return remember(here.request, SeeOther(yours), here.token)


def _others_first(here: Here, form: StatementForm, close: list[Close]) -> HttpResponse:
    """Nothing is taken yet: she may answer what is there, or say that hers is different."""
    return _page(here, form, 200, close=close)


def _said_before(here: Here, form: StatementForm, refusal: SaidBefore) -> HttpResponse:
    """The very same words are there: hers to answer when others can answer them, and never there twice."""
    said = said_in([refusal.statement], here.language)[refusal.statement.pk]
    close = [Close(refusal.statement, said, "")] if refusal.statement.state == StatementState.LIVE else []
    return _page(here, form, refusal.status, close=close, said_before=refusal)


def _refused_with_text(here: Here, form: StatementForm, refusal: NotTaken | SlowDown) -> HttpResponse:
    """The box again with what was typed, and why it was not taken."""
    form.add_error("text", refusal.reason)
    if isinstance(refusal, NotTaken):
        return _page(here, form, refusal.status)
    response = _page(here, form, 429)
    response["Retry-After"] = str(refusal.seconds)
    return response


def _page(
    here: Here,
    form: StatementForm,
    status: int,
    *,
    close: list[Close] | None = None,
    said_before: SaidBefore | None = None,
) -> HttpResponse:
    context = here.surroundings() | {
        "form": form,
        "close": close or [],
        "said_before": said_before,
        "page_title": _("Say something"),
    }
    response = render(here.request, "conversations/add.html", context, status=status)
    return remember(here.request, response, here.token)
