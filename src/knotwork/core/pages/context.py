"""What the shell of every page needs to know. Nothing here asks the database, but for readers on a walk."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse

from knotwork.core.feeds.links import links_for
from knotwork.core.pages import navigation, walk
from knotwork.core.pages.languages import language_choices


def shell(request: HttpRequest) -> dict[str, Any]:
    """Navigation, account corner, footer and the preview card. A view's own context wins over each name."""
    if getattr(request, "has_a_shell_of_its_own", False):
        return {}
    origin = getattr(settings, "KNOTWORK_ORIGIN", "") or f"{request.scheme}://{request.get_host()}"
    return {
        "navigation": tuple(entry for entry in navigation.header_entries(request) if entry.url),
        "footer_links": tuple(entry for entry in navigation.footer_entries(request) if entry.url),
        "sign_in_url": _address("account_request_login_code"),
        "sign_out_url": _address("account_logout"),
        "home_url": _address("home") or "/",
        "contact_url": _address("contact"),
        "canonical_url": origin + request.path,
        "card_image_url": origin + static("pages/card.png"),
        "example_mark": None,
        "feed_links": links_for(request),
        "search_url": _address("search:page"),
        "reading_languages": language_choices(request),
        "walk_strip": walk.strip_of(request),
    }


def _address(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""
