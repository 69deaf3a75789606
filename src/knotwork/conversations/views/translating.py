"""Put a conversation into another language: its words and its statements, a box for each."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from knotwork.conversations import rules, services
from knotwork.conversations.forms import LanguageForm
from knotwork.conversations.models import Conversation
from knotwork.conversations.queries import address_of
from knotwork.conversations.queries.translations import languages_of
from knotwork.conversations.queries.translators import boxes_of_statements, boxes_of_words, how_far
from knotwork.conversations.services.refusals import NotTaken
from knotwork.conversations.views.found import crumbs_to, found, surroundings
from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.pages.answers import SeeOther
from knotwork.core.pages.languages import name_of, plain_code
from knotwork.core.rules import require

AT_ONCE = 50


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def languages(request: HttpRequest, programme: str, conversation: str) -> HttpResponse:
    """Into which languages it has been put and how far; and a further one."""
    where = _for_translators(request, programme, conversation)
    form = LanguageForm(request.POST or None, own=where.language)
    if form.is_valid():
        return SeeOther(_address(where, form.cleaned_data["language"]))
    own, *others = languages_of(where)
    context = surroundings(where) | {
        "form": form,
        "own_language": name_of(own),
        "progress": [(name_of(code), _address(where, code), how_far(where, code)) for code in others],
        "crumbs": crumbs_to(where, _("Translate")),
        "page_title": _("Translate this conversation"),
    }
    return render(request, "conversations/translations.html", context, status=422 if form.is_bound else 200)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def translation(request: HttpRequest, programme: str, conversation: str, language: str) -> HttpResponse:
    """One language: what stands there, beside a box for the same in that language."""
    where = _for_translators(request, programme, conversation)
    if language not in dict(LanguageForm(own=where.language).codes()):
        raise Http404
    if request.method == "GET":
        return _page(request, where, language)
    try:
        services.translate(
            where,
            language,
            words={key.removeprefix("words-"): text for key, text in _typed(request, "words-")},
            statements=dict(_by_id(request)),
            by=viewer_of(request),
        )
    except NotTaken as refusal:
        return _page(request, where, language, refusal)
    number = request.POST.get("page", "")
    page = f"&page={int(number)}" if number.isascii() and number.isdigit() else ""
    return SeeOther(f"{_address(where, language)}?just=saved{page}")


def _page(
    request: HttpRequest, where: Conversation, language: str, refusal: NotTaken | None = None
) -> HttpResponse:
    page = Paginator(boxes_of_statements(where, language), AT_ONCE).get_page(
        request.GET.get("page") or request.POST.get("page")
    )
    typed = {key: text for prefix in ("words-", "statement-") for key, text in _typed(request, prefix)}
    words = boxes_of_words(where, language) if page.number == 1 else []
    context = surroundings(where) | {
        "into": language,
        "words": [box.with_typed(typed) for box in words],
        "statements": [box.with_typed(typed) for box in page.object_list],
        "page": page,
        "just": request.GET.get("just", ""),
        "refusal": refusal,
        "page_has_errors": refusal is not None,
        "translations_url": address_of(where, "translations"),
        "crumbs": crumbs_to(where, name_of(language)),
        "page_title": _("Translate into: %(language)s") % {"language": name_of(language)},
    }
    status = refusal.status if refusal else 200
    return render(request, "conversations/translation.html", context, status=status)


def _for_translators(request: HttpRequest, programme: str, conversation: str) -> Conversation:
    where = found(request, programme, conversation)
    require(rules.can_translate(viewer_of(request), where))
    return where


def _address(where: Conversation, language: str) -> str:
    return reverse("conversations:translation", args=[where.programme.slug, where.slug, plain_code(language)])


def _typed(request: HttpRequest, prefix: str) -> list[tuple[str, str]]:
    return [(key, str(text)) for key, text in request.POST.items() if key.startswith(prefix)]


def _by_id(request: HttpRequest) -> list[tuple[UUID, str]]:
    """What was typed for each statement; a name that is no statement's is passed over."""
    found = []
    for key, text in _typed(request, "statement-"):
        try:
            found.append((UUID(key.removeprefix("statement-")), text))
        except ValueError:
            continue
    return found
