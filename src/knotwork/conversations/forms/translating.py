"""What a translator chooses."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy

from knotwork.conversations.forms.setting_up import languages_by_name
from knotwork.core.pages.forms import PlainForm
from knotwork.core.pages.languages import plain_code


class LanguageForm(PlainForm):
    """A language other than the conversation's own; Welsh first, because the whole way of taking part speaks it."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        error_messages={"required": gettext_lazy("Please choose a language.")},
    )

    def __init__(self, *args: Any, own: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._own = plain_code(own)
        cast(forms.ChoiceField, self.fields["language"]).choices = self.codes()

    def codes(self) -> list[tuple[str, str]]:
        """Code and own name of each language to choose from."""
        others = [(code, name) for code, name in languages_by_name() if code == plain_code(code) != self._own]
        return sorted(others, key=lambda named: named[0] != "cy")
