"""What somebody who takes part types: a statement, a code for coming back."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy

from knotwork.conversations.services.refusals import NotFit
from knotwork.conversations.services.wording import fit_text
from knotwork.core.pages.forms import PlainForm, readable_by
from knotwork.core.pages.languages import name_of

LONGEST_TYPED = 5_000


class StatementForm(PlainForm):
    """One idea in a few words."""

    text = readable_by(
        forms.CharField(
            label=gettext_lazy("What do you think?"),
            help_text=gettext_lazy("One idea, up to 200 characters: about two lines."),
            error_messages={"required": gettext_lazy("Please write what you think.")},
            widget=forms.Textarea(attrs={"rows": 4}),
            max_length=LONGEST_TYPED,
            strip=True,
        ),
        gettext_lazy("Everybody who takes part can read it. Please name nobody."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("The language that you write in"), required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, languages: Sequence[str] = (), **kwargs: Any) -> None:
        """``languages``: those to choose from, the likeliest first; there is nothing to choose with one or none."""
        super().__init__(*args, **kwargs)
        if len(languages) > 1:
            field = cast(forms.ChoiceField, self.fields["language"])
            field.choices = [(code, name_of(code)) for code in languages]
            field.initial = languages[0]
        else:
            del self.fields["language"]

    def clean_text(self) -> str:
        return _fit(self.cleaned_data["text"])


def _fit(typed: str) -> str:
    try:
        return fit_text(typed)
    except NotFit as refusal:
        raise forms.ValidationError(refusal.reason) from refusal


class CodeForm(PlainForm):
    """The code for coming back."""

    code = forms.CharField(
        label=gettext_lazy("Your code"),
        help_text=gettext_lazy(
            "Eleven letters and numbers, such as 7K2M 9QXW 4TC. Spaces and small letters are fine."
        ),
        error_messages={"required": gettext_lazy("Please type your code.")},
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class AddressForm(PlainForm):
    """An email address for one letter."""

    email = readable_by(
        forms.EmailField(
            label=gettext_lazy("Your email address"),
            error_messages={"required": gettext_lazy("Please write your email address.")},
            max_length=254,
            widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        ),
        gettext_lazy(
            "Nobody reads it. It is kept apart from your answers, and deleted when the letter goes."
        ),
    )
