"""The page that finds things by their words."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.search.engines import words_in
from knotwork.core.search.queries import Found, search

LONGEST_QUESTION = 200


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """What has the words that were typed, by its kind; without words, what can be found."""
    typed = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:LONGEST_QUESTION]
    found = search(typed, viewer_of(request))
    context = {
        "page_title": _("Search: %(words)s") % {"words": typed} if typed else _("Search"),
        "page_description": _(
            "Find programmes, places, statements, try-outs, stories and lessons by their words."
        ),
        "typed": typed,
        "has_words": bool(words_in(typed)),
        "found": found,
        "groups": grouped(found),
    }
    return render(request, "search/page.html", context)


def grouped(found: list[Found]) -> list[tuple[str, list[Found]]]:
    """By kind; the kind of the best result first, and within a kind the best first."""
    order = {one.kind: at for at, one in reversed(list(enumerate(found)))}
    by_kind = sorted(found, key=lambda one: order[one.kind])
    return [(label, list(some)) for label, some in groupby(by_kind, key=lambda one: one.label)]
