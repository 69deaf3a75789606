"""The form that writes to the team."""

from django import forms
from django.utils.translation import gettext_lazy as _

from knotwork.core.pages.forms import PlainForm, readable_by

_WHO_READS = _(
    "Only the team reads this. If the team works for a public body, the law may ask it to release "
    "what people write."
)


class ContactForm(PlainForm):
    """A name if one likes, where the answer goes, and the message.

    ``website`` is hidden from people; programs that fill in every box give themselves away by it.
    """

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your email address"),
        help_text=_("We use it to answer you, and for nothing else."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Write in your email address, so that we can answer."),
            "invalid": _("This does not look like an email address. It needs an @, like name@example.org"),
        },
    )
    message = readable_by(
        forms.CharField(
            label=_("Your message"),
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 8}),
            error_messages={
                "required": _("Write in your message."),
                "max_length": _("This is longer than 4,000 letters. Please make it shorter."),
            },
        ),
        _WHO_READS,
    )
    website = forms.CharField(required=False, max_length=200)

    @property
    def is_by_a_program(self) -> bool:
        return bool(self.cleaned_data.get("website"))
