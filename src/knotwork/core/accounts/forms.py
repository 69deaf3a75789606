"""Signing in: an address, a code, and the host's first step."""

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from django import forms
from django.utils.translation import gettext_lazy as _

from knotwork.core.pages.forms import PlainForm, PlainMixin


def _email_field(help_text: Any) -> forms.EmailField:
    widget = forms.EmailInput(
        attrs={"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}
    )
    return forms.EmailField(label=_("Your email address"), help_text=help_text, widget=widget)


class AskForCodeForm(PlainMixin, RequestLoginCodeForm):
    """The address to which a code is sent."""

    email = _email_field(_("We send a code to it. You need no password."))

    def clean_email(self) -> str:
        self.cleaned_data["email"] = self.cleaned_data["email"].lower()
        return str(super().clean_email())


class EnterCodeForm(PlainMixin, ConfirmLoginCodeForm):
    """The code from the letter."""

    code = forms.CharField(
        label=_("The code"),
        help_text=_("For example, ABCD-2345. It lasts 15 minutes."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )


class StartForm(PlainForm):
    """The host's address, asked on the first start."""

    email = _email_field(_("From now on you sign in with a code sent to this address."))
