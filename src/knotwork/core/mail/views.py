from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from knotwork.core.limits.services import address_of
from knotwork.core.mail import queries, services
from knotwork.core.pages.languages import in_the_readers_language

LOOPBACK = ("127.0.0.1", "::1")
SIGNS_OF_A_PROXY = (
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "Forwarded",
    "X-Real-IP",
    "Via",
)


@require_GET
def local_mail(request: HttpRequest) -> HttpResponse:
    """Letters that would have gone out; only on this very machine and only while no mail server is set."""
    if settings.KNOTWORK_MAIL_SERVER_SET or not _is_on_this_machine(request):
        raise Http404
    return render(request, "mail/local_mail.html", {"letters": queries.kept_letters()})


def _is_on_this_machine(request: HttpRequest) -> bool:
    """Whether only somebody at this machine can have asked.

    A proxy on the same machine would look alike, so any sign of one counts against it.
    """
    names = {urlsplit(settings.KNOTWORK_ORIGIN).hostname, urlsplit(f"//{request.get_host()}").hostname}
    is_forwarded = settings.KNOTWORK_BEHIND_PROXY or any(name in request.headers for name in SIGNS_OF_A_PROXY)
    return address_of(request) in LOOPBACK and names <= {*LOOPBACK, "localhost"} and not is_forwarded


@in_the_readers_language
@csrf_exempt  # mail programs post here with one click and carry no session (RFC 8058); the signed token is the proof
@require_http_methods(["GET", "POST"])
def refuse_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, then switch off one kind of mail."""
    if request.method == "GET":
        return render(request, "mail/refuse.html", {"asked": True})
    kind = services.refuse(token)
    if kind is None:
        raise Http404
    return render(request, "mail/refuse.html", {"kind": kind})
