"""The fence around Wagtail: who gets in, which of its pages are open at all, and what a browser may do there.

Wagtail brings many pages that we have no use for: a tree of pages, users and groups, passwords, workflows, an API.
What is not named here does not exist on this website.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.contrib.auth.views import redirect_to_login
from django.contrib.messages.middleware import MessageMiddleware
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.decorators import decorator_from_middleware

from knotwork.core.accounts.viewer import viewer_of
from knotwork.core.pages.answers import SeeOther
from knotwork.core.rules import require
from knotwork.publications import rules

OPEN = frozenset(
    {
        "publication:index",
        "publication:index_results",
        "publication:add",
        "publication:edit",
        "wagtailadmin_choose_page_external_link",
        "wagtailadmin_dismissibles",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_sprite",
    }
)
ELSEWHERE = {"wagtailadmin_account": "home", "wagtailadmin_logout": "account_logout"}
"""Wagtail's own corners of an account lead to ours."""

POLICY: dict[str, Any] = {
    "default-src": [SELF],
    "script-src": [SELF],
    # Its text editor lays itself out with styles that it writes into the page.
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
    "frame-src": [NONE],
    "object-src": [NONE],
    "base-uri": [NONE],
    "manifest-src": [SELF],
}

View = Callable[..., HttpResponseBase]


def behind_the_fence(view: View) -> View:
    """One of Wagtail's views, for those who may edit, with a policy of its own."""
    speaking = decorator_from_middleware(MessageMiddleware)(view)

    @wraps(view)
    def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        viewer = viewer_of(request)
        if viewer.is_stranger:
            return redirect_to_login(request.get_full_path())
        require(rules.can_edit_somewhere(viewer))
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in ELSEWHERE:
            return SeeOther(reverse(ELSEWHERE[name]))
        if name not in OPEN:
            raise Http404
        # Wagtail's templates use some of the names of our shell for something else.
        request.has_a_shell_of_its_own = True  # type: ignore[attr-defined]
        response = speaking(request, *arguments, **named)
        response._csp_replace = POLICY  # type: ignore[attr-defined]
        return response

    return answer
