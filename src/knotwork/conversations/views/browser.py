"""How a browser is known: one random token in a cookie that no script can read."""

import re
import secrets
from typing import Final, TypeVar

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from knotwork.conversations.models import Conversation, Participant
from knotwork.conversations.queries.known import known_by

COOKIE: Final = "knotwork_browser"
KEPT_FOR: Final = 60 * 60 * 24 * 365
ResponseT = TypeVar("ResponseT", bound=HttpResponseBase)
TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{32}\Z")


def new_token() -> str:
    """A fresh random token of 32 characters."""
    return secrets.token_urlsafe(24)


def token_of(request: HttpRequest) -> str:
    """This browser's token; a fresh one when it has none, or one that we did not make."""
    token = request.COOKIES.get(COOKIE, "")
    return token if TOKEN.match(token) else new_token()


def remember(request: HttpRequest, response: ResponseT, token: str) -> ResponseT:
    """Leave the token with the browser. It says nothing about anybody; no two conversations hash it alike."""
    if request.COOKIES.get(COOKIE) != token:
        response.set_cookie(
            COOKIE,
            token,
            max_age=KEPT_FOR,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


def participant_of(request: HttpRequest, conversation: Conversation) -> Participant | None:
    """The participant whom this browser is known as in this conversation, if she has begun."""
    return known_by(conversation, request.COOKIES.get(COOKIE))
