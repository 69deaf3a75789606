"""What is typed about a statement: a flag by somebody who takes part, and better spelling by a host."""

from django import forms
from django.utils.translation import gettext_lazy

from knotwork.conversations import rules
from knotwork.conversations.services.wording import MOST_CHARACTERS
from knotwork.core.pages.forms import PlainForm, readable_by


class FlagForm(PlainForm):
    """Which of the published rules a statement breaks."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why should it not be here?"),
        choices=list(rules.POLICY.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose a reason.")},
    )


class SpellingForm(PlainForm):
    """The same statement, better spelled, and why."""

    text = readable_by(
        forms.CharField(
            label=gettext_lazy("The statement, better spelled"),
            max_length=MOST_CHARACTERS * 2,
            error_messages={"required": gettext_lazy("Please write the statement.")},
            widget=forms.Textarea(attrs={"rows": 3}),
        ),
        gettext_lazy("Everybody can read it."),
    )
    reason = readable_by(
        forms.CharField(
            label=gettext_lazy("Why"),
            help_text=gettext_lazy("For example: A letter was missing."),
            max_length=300,
            error_messages={"required": gettext_lazy("Please say why.")},
        ),
        gettext_lazy("Everybody can read it, beside the wording until now."),
    )
