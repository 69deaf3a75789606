"""The programs' door of the whole house, below ``/api/v1/``: assembled here from the rooms' own ``api`` modules.

Nobody signs in here. Whoever reads is a stranger and reads what is public; whoever takes part shows a participant's
token. No cookie is looked at, so no page of another site can act through somebody's browser.
"""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from pydantic import Field

from knotwork import __version__
from knotwork.conversations.api import router as conversations
from knotwork.conversations.services.refusals import NotTaken
from knotwork.core.api.pace import PerNetwork
from knotwork.core.api.refusals import REFUSALS
from knotwork.core.pages.errors import SlowDown
from knotwork.core.rules import Refused

api = NinjaAPI(
    title="Knotwork",
    version=__version__,
    description=(
        "Read what is public, and take part in a conversation. Every figure is of those who took part, who are not the "
        "population; counts of people are rounded to 5 and those below 5 are left out, unless a conversation publishes "
        "its votes. Within version 1 of the address, what is there stays and keeps its meaning."
    ),
    urls_namespace="api",
    docs_url=None,
    openapi_url="/openapi.json",
    throttle=[PerNetwork()],
)
api.add_router("", conversations)


class Door(Schema):
    """Where to begin."""

    name: str
    version: str
    description: str = Field(description="The address of this description.")
    conversations: str


@api.get("/", response={200: Door} | REFUSALS, summary="Where to begin")
def door(request: HttpRequest) -> Door:
    """What this is, and the first addresses to ask."""
    stem = request.build_absolute_uri(request.path)
    return Door(
        name=api.title,
        version=api.version,
        description=f"{stem}openapi.json",
        conversations=f"{stem}conversations",
    )


def _refusal(request: HttpRequest, status: int, reason: str) -> HttpResponse:
    return api.create_response(request, {"status": int(status), "reason": reason}, status=int(status))


@api.exception_handler(Http404)
def _not_there(request: HttpRequest, problem: Http404) -> HttpResponse:
    return _refusal(
        request, HTTPStatus.NOT_FOUND, _("There is nothing at this address, or not for everybody.")
    )


@api.exception_handler(Refused)
def _refused(request: HttpRequest, problem: Refused) -> HttpResponse:
    return _refusal(request, HTTPStatus.FORBIDDEN, str(problem))


@api.exception_handler(NotTaken)
def _not_taken(request: HttpRequest, problem: NotTaken) -> HttpResponse:
    return _refusal(request, problem.status, problem.reason)


@api.exception_handler(SlowDown)
def _too_fast(request: HttpRequest, problem: SlowDown) -> HttpResponse:
    reason = problem.reason or _("That was very fast. Please wait a while.")
    response = _refusal(request, HTTPStatus.TOO_MANY_REQUESTS, reason)
    response["Retry-After"] = str(problem.seconds)
    return response


@api.exception_handler(Throttled)
def _reads_too_fast(request: HttpRequest, problem: Throttled) -> HttpResponse:
    return _too_fast(request, SlowDown(max(1, int(problem.wait or 1))))


@api.exception_handler(RequestDataTooBig)
def _too_large(request: HttpRequest, problem: RequestDataTooBig) -> HttpResponse:
    return _refusal(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _("What was sent is too large."))


@api.exception_handler(AuthenticationError)
def _no_token(request: HttpRequest, problem: AuthenticationError) -> HttpResponse:
    response = _refusal(
        request, HTTPStatus.UNAUTHORIZED, _("Please send a participant's token: Authorization: Bearer ...")
    )
    response["WWW-Authenticate"] = 'Bearer realm="participant"'
    return response


@api.exception_handler(HttpError)
def _refused_by_the_library(request: HttpRequest, problem: HttpError) -> HttpResponse:
    return _refusal(request, problem.status_code, str(problem))


@api.exception_handler(ValidationError)
def _not_understood(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    return _refusal(request, HTTPStatus.UNPROCESSABLE_ENTITY, "; ".join(map(_said, problem.errors)))


def _said(error: dict[str, Any]) -> str:
    """``answer: Input should be ...``: where it stands and what was expected; what was sent is not repeated."""
    source, *path = error["loc"]
    named = path[1:] if source == "body" else path  # the first step into a body is a name of our own
    return f"{'.'.join(map(str, named)) or source}: {error['msg']}"
