"""How django-allauth fits this house: no open sign-up, no password, and its mail goes through ``core.mail``."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from knotwork.core.limits.services import address_of
from knotwork.core.mail.services import send


class KnotworkAccountAdapter(DefaultAccountAdapter):
    """Sign in by a code sent by email; accounts are made by invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        if template_prefix == "account/email/login_code":
            send("sign_in_code", email, {"code": context["code"]})

    def get_client_ip(self, request: HttpRequest) -> str:
        """Behind a declared proxy its word counts, so that one reader's haste never locks out a whole council."""
        return address_of(request)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Pages say what happened themselves; flash messages of the library would repeat it."""
