"""What a clerk types: how many sheets to make, and what stands on one that came back."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotwork.conversations.models import Conversation, Way
from knotwork.conversations.services.paper import MOST_PRINTED, MOST_SHEETS, TypedSheet
from knotwork.conversations.services.refusals import NotFit
from knotwork.conversations.services.wording import fit_text
from knotwork.core.pages.forms import PlainForm, readable_by

_NO_CORRECTION = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}


class PackForm(PlainForm):
    """How many sheets, and how many statements on each."""

    sheet_count = forms.IntegerField(
        label=gettext_lazy("How many sheets"),
        help_text=gettext_lazy(
            "One for each person, each with its own number. Do not copy a sheet: print another."
        ),
        min_value=1,
        max_value=MOST_SHEETS,
        initial=20,
    )
    statement_count = forms.IntegerField(
        label=gettext_lazy("Statements on a sheet, at most"),
        help_text=gettext_lazy(
            "Seven to ten fit on a page in large type. The first ones of the conversation are taken."
        ),
        min_value=1,
        max_value=MOST_PRINTED,
        initial=18,
    )


class SheetForm(PlainForm):
    """One sheet: its number, one key for each statement, and what somebody wrote."""

    sheet = forms.CharField(
        label=gettext_lazy("Sheet"),
        help_text=gettext_lazy("Its letter and number, such as A-14."),
        max_length=12,
        error_messages={"required": gettext_lazy("Type the sheet’s letter and number, such as A-14.")},
        widget=forms.TextInput(attrs=_NO_CORRECTION),
    )
    answers = forms.CharField(
        label=gettext_lazy("Answers"),
        help_text=gettext_lazy(
            "One key for each statement: a or 1 agree, d or 2 disagree, p or 3 pass, - nothing ticked. Then Enter."
        ),
        max_length=1_000,
        error_messages={"required": gettext_lazy("Type one key for each statement.")},
        widget=forms.TextInput(attrs=_NO_CORRECTION | {"data-typing-in": ""}),
    )
    written = readable_by(
        forms.CharField(
            label=gettext_lazy("Something else they wrote"),
            help_text=gettext_lazy(
                "One idea on each line, up to 200 characters. A moderator looks at it first."
            ),
            required=False,
            max_length=2_000,
            widget=forms.Textarea(attrs={"rows": 3}),
        ),
        gettext_lazy("Moderators read it first; if it is shown, everybody can."),
    )
    named_part = forms.ChoiceField(label=gettext_lazy("Which they are"), required=False)
    way = forms.ChoiceField(
        label=gettext_lazy("How they took part"),
        choices=[(way.value, way.label) for way in (Way.PAPER, Way.HELPED)],
        initial=Way.PAPER,
    )

    def __init__(self, *args: Any, conversation: Conversation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not conversation.takes_statements:
            del self.fields["written"]
        if conversation.named_parts:
            parts = list(enumerate(conversation.named_parts, start=1))
            self.fields["named_part"].choices = [("", _("They did not say")), *parts]  # type: ignore[attr-defined]
        else:
            del self.fields["named_part"]

    def clean_written(self) -> tuple[str, ...]:
        """Each line as it will be kept; the message says which line is not fit."""
        kept = []
        lines = [line for line in self.cleaned_data["written"].splitlines() if line.strip()]
        for number, line in enumerate(lines, start=1):
            try:
                kept.append(fit_text(line))
            except NotFit as refusal:
                raise forms.ValidationError(
                    _("Line %(number)d: %(problem)s") % {"number": number, "problem": refusal.reason}
                ) from refusal
        return tuple(kept)

    def typed(self) -> TypedSheet:
        """What was typed, ready for the service."""
        part = self.cleaned_data.get("named_part", "")
        return TypedSheet(
            sheet=self.cleaned_data["sheet"],
            answers=self.cleaned_data["answers"],
            written=self.cleaned_data.get("written", ()),
            way=self.cleaned_data["way"],
            named_part=int(part) if part else None,
        )
