"""What is typed about invitations: how many codes a host wants, and the code that somebody was given."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotwork.conversations.services.invitations import MOST_AT_ONCE
from knotwork.core.pages.forms import PlainForm


class InvitationsForm(PlainForm):
    """Codes to be made together."""

    how_many = forms.IntegerField(
        label=gettext_lazy("How many codes"),
        help_text=gettext_lazy("One for each person. Up to 500 at once."),
        min_value=1,
        max_value=MOST_AT_ONCE,
        error_messages={
            "required": gettext_lazy("Please say how many."),
            "min_value": gettext_lazy("Please ask for 1 to 500 codes."),
            "max_value": gettext_lazy("Please ask for 1 to 500 codes."),
        },
    )
    label = forms.CharField(
        label=gettext_lazy("Who they are for"),
        help_text=gettext_lazy("For you to tell them apart, such as: letters of 3 May. Please name nobody."),
        required=False,
        max_length=120,
    )
    named_part = forms.TypedChoiceField(
        label=gettext_lazy("Counted with"),
        help_text=gettext_lazy(
            "Whoever uses one of these codes reads this first, and is not asked which part they are of."
        ),
        required=False,
        coerce=int,
        empty_value=None,
    )

    def __init__(self, *args: Any, parts: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not parts:
            del self.fields["named_part"]
            return
        self.fields["named_part"].choices = [  # type: ignore[attr-defined]
            ("", _("No part: the codes say nothing about a person")),
            *enumerate(parts, start=1),
        ]


class InvitedForm(PlainForm):
    """The code of an invitation."""

    code = forms.CharField(
        label=gettext_lazy("The code of your invitation"),
        help_text=gettext_lazy(
            "Eleven letters and numbers, such as 7K2M 9QXW 4TC. Spaces and small letters are fine."
        ),
        error_messages={"required": gettext_lazy("Please type your code.")},
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
