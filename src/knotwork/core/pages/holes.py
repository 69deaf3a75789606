"""Pages that are alike for many readers but for a few words: made once with holes in them, filled for each reader.

The page on which somebody answers is read at every vote. Writing it out takes longer than everything else that a vote
needs, though all that changes from one reader to the next is a statement and a key against forged forms.
"""

import secrets
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.translation import get_language

MOST_KEPT = 200
# A script says this when it puts the page in the place of the one that it stands on: it is sent title and main alone.
IN_PLACE = "HTTP_X_NEXT_PAGE"
# Nobody can guess this, so that no words of anybody can pass for a hole.
_EDGE = secrets.token_hex(16)

Context = Callable[[Mapping[str, str]], dict[str, Any]]


@dataclass(frozen=True)
class KeptPages:
    """Pages with holes, for as long as what they were made of stands: whoever keeps it throws it away with that."""

    pieces: dict[Hashable, tuple[str, ...]] = field(default_factory=dict)

    def answer(
        self, request: HttpRequest, template: str, alike: Hashable, words: Mapping[str, str], context: Context
    ) -> HttpResponse:
        """The template with ``words`` in it; ``context`` makes what it needs from them, once for all who are ``alike``.

        ``alike`` holds everything else that the page depends on, but for its address and the language. An address with
        a query, and whoever brings a session, is always answered anew.
        """
        if settings.SESSION_COOKIE_NAME in request.COOKIES or request.META.get("QUERY_STRING"):
            return render(request, template, context(words))
        is_in_place = IN_PLACE in request.META
        where = (request.path, request.META.get("HTTP_HOST"), request.scheme, get_language(), is_in_place)
        key = (alike, template, *where)
        pieces = self.pieces.get(key)
        if pieces is None:
            names = (*words, "csrf_token")
            holes = {name: f"{_EDGE}{name}{_EDGE}" for name in names}
            page = render_to_string(template, context(holes) | {"csrf_token": holes["csrf_token"]}, request)
            pieces = tuple((_title_and_main(page) if is_in_place else page).split(_EDGE))
            if len(self.pieces) >= MOST_KEPT:
                self.pieces.clear()
            self.pieces[key] = pieces
        filling = {name: str(conditional_escape(word)) for name, word in words.items()}
        filling["csrf_token"] = _key_against_forged_forms(request)
        # Cut at both edges of each hole, every second piece is the name of one.
        return HttpResponse(
            "".join(filling[piece] if turn % 2 else piece for turn, piece in enumerate(pieces))
        )


def _title_and_main(page: str) -> str:
    """What is another on the next page; the rest of it is shown already."""
    return "".join(_element(page, name) for name in ("title", "main"))


def _element(page: str, name: str) -> str:
    begin, end = page.find(f"<{name}"), f"</{name}>"
    return page[begin : page.index(end, begin) + len(end)] if begin >= 0 else ""


def _key_against_forged_forms(request: HttpRequest) -> str:
    """The key that this form came with and was let in by, which opens the next one too; otherwise a fresh one."""
    came_with = request.POST.get("csrfmiddlewaretoken", "") if request.method == "POST" else ""
    return str(conditional_escape(came_with)) or get_token(request)
