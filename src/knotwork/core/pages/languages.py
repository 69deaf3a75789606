"""In which language a page is read, and how its reader chooses another.

No address bears a language (a link that is passed on opens for everybody in her own). The browser says what its reader
speaks; a small form sets a cookie that says it better. Only views marked ``in_the_readers_language`` answer in it: the
catalogue is whole for those, and half a page in a second language is worse than none.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from knotwork.core.pages.answers import SeeOther

OF_THE_WHOLE_HOUSE: Final = "en"
KEPT_FOR: Final = 60 * 60 * 24 * 365

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class LanguageChoice:
    """A language that one can read here, under its own name."""

    code: str
    name: str
    is_current: bool


def in_the_readers_language(view: View) -> View:
    """Mark a view whose every word is in the catalogue of each of our languages."""
    view.is_in_the_readers_language = True  # type: ignore[attr-defined]
    return view


class LanguageMiddleware(LocaleMiddleware):
    """The reader's language where the whole page is translated; elsewhere that of the whole house."""

    def process_view(self, request: HttpRequest, view: View, _args: Any, _named: Any) -> None:
        if not getattr(view, "is_in_the_readers_language", False):
            translation.activate(OF_THE_WHOLE_HOUSE)
            request.LANGUAGE_CODE = OF_THE_WHOLE_HOUSE

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """What the same thread does next is not for this reader."""
        answered = super().process_response(request, response)
        translation.deactivate()
        return answered


def plain_code(code: str) -> str:
    """``en-gb`` is ``en`` to readers; other languages keep what tells their scripts and countries apart."""
    return "en" if code.startswith("en-") else code


def language_wanted(request: HttpRequest) -> str:
    """What the reader chose, also where only what people wrote is in it; else what her browser asks for."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return plain_code(chosen if chosen in LANG_INFO else translation.get_language() or OF_THE_WHOLE_HOUSE)


def name_of(code: str) -> str:
    """The language's own name, as its speakers look for it."""
    return str(LANG_INFO.get(code, {}).get("name_local", code)).capitalize()


def language_choices(request: HttpRequest, further: Iterable[str] = ()) -> list[LanguageChoice]:
    """Our own languages, and ``further`` ones in which people wrote."""
    current = language_wanted(request)
    codes = dict.fromkeys([*(code for code, _name in settings.LANGUAGES), *map(plain_code, further)])
    return [LanguageChoice(code, name_of(code), code == current) for code in codes]


@require_http_methods(["GET", "POST"])
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember the language in a cookie and show the same page again; whoever only looks here is led to the start."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = SeeOther(back)
    wanted = request.POST.get("language", "")
    if wanted in LANG_INFO:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            wanted,
            max_age=KEPT_FOR,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response
