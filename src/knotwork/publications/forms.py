"""Forms of this room's own pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knotwork.core.pages.forms import PlainForm, readable_by


class QuestionForm(PlainForm):
    """A question to readers: a new one, or a conversation that is there already."""

    question = readable_by(
        forms.CharField(label=_("A new question"), required=False, max_length=300),
        _("Everybody can read this as soon as you press the button."),
    )
    statements = readable_by(
        forms.CharField(
            label=_("Statements to begin with, one on each line"),
            required=False,
            widget=forms.Textarea(attrs={"rows": 6}),
            help_text=_(
                "People agree, disagree or pass, and add their own. Put views of more than one side."
            ),
        ),
        _("Everybody can read these as soon as you press the button."),
    )
    conversation = forms.ChoiceField(
        label=_("Or a conversation of this programme"),
        required=False,
        help_text=_("Choose none to take the question away."),
    )

    def __init__(self, *args: Any, conversations: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["conversation"].choices = [("", _("None")), *conversations]  # type: ignore[attr-defined]

    def clean_statements(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["statements"].splitlines() if line.strip()]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("question") and not said.get("statements"):
            self.add_error("statements", _("There has to be something to answer. Please write at least one."))
        if said.get("statements") and not said.get("question"):
            self.add_error("question", _("Please write the question to which these are answers."))
        return said


class WithdrawForm(PlainForm):
    """Why a publication is taken out."""

    reason = forms.CharField(
        label=_("Why is it taken out?"),
        max_length=300,
        help_text=_("The reason stays in the record, for the team."),
    )
