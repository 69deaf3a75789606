"""Forms for the days and words that the law, and fairness, ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knotwork.core.pages.forms import PlainForm, readable_by


def _day(label: Any, *, required: bool = True, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, **more)


class HoldForm(PlainForm):
    """The days before an election, and what is said of them."""

    first_day = _day(_("First day"))
    last_day = _day(
        _("Last day"), help_text=_("Often the day of the election itself. The day after, all is as before.")
    )
    words = readable_by(
        forms.CharField(
            label=_("What should people read about it?"),
            help_text=_("Leave it empty for our own sentence: that an election is near, and until when."),
            required=False,
            max_length=600,
            widget=forms.Textarea(attrs={"rows": 3}),
        ),
        _("People of the programme read it at each form; everybody, if you tick the box below."),
    )
    is_shown = forms.BooleanField(
        label=_("Show it to everybody, on all pages of the programme"), required=False
    )

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        first, last = words.get("first_day"), words.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day does not come before the first."))
        return words


class ConsultationForm(PlainForm):
    """Whether it is said, and how."""

    is_said = forms.BooleanField(label=_("Say that this is not a statutory consultation"), required=False)
    words = readable_by(
        forms.CharField(
            label=_("In which words?"),
            help_text=_("Leave it empty for our own sentence, which is there in English and Welsh."),
            required=False,
            max_length=600,
            widget=forms.Textarea(attrs={"rows": 4}),
        ),
        _("Everybody who takes part can read it."),
    )


class KeepingForm(PlainForm):
    """The day from which what is about people goes."""

    keep_until = _day(
        _("From which day on is it no longer kept?"),
        required=False,
        help_text=_("Leave it empty while you do not know. The team gets a letter 30 days before."),
    )
