"""What somebody who takes part types: a statement, a code for coming back."""

from django import forms
from django.utils.translation import gettext_lazy

from knotwork.conversations.services.refusals import NotFit
from knotwork.conversations.services.wording import fit_text
from knotwork.core.pages.forms import PlainForm, readable_by

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
