from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from knotwork.core.limits.services import address_of
from knotwork.core.mail import queries, services

LOOPBACK = ("127.0.0.1", "::1")


@require_GET
def local_mail(request: HttpRequest) -> HttpResponse:
    """Letters that would have gone out; only on this very machine and only while no mail server is set."""
    if (
        settings.KNOTWORK_MAIL_SERVER_SET
        or settings.KNOTWORK_BEHIND_PROXY
        or address_of(request) not in LOOPBACK
    ):
        raise Http404
    return render(request, "mail/local_mail.html", {"letters": queries.kept_letters()})


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
