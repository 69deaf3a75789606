"""The forms of a decision, its letters and notes on it."""

import hashlib
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from knotwork.calls.decision_queries import LineView
from knotwork.calls.models import Outcome
from knotwork.calls.services import LineWords
from knotwork.core.pages.forms import PlainForm, readable_by

LONGEST = 20_000
_PARTS = ("outcome", "reason", "seen")
_AUTHORS = _("The authors of the bid read this in their letter. The team and the reviewers read it before.")
_TEAM_AND_AUTHORS = _("The team and the authors of this bid read this, and nobody else.")


def _box(label: Any, rows: int, *, required: bool = True, hint: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=LONGEST, widget=widget, help_text=hint)


class OutcomesForm(PlainForm):
    """Outcome and reason of each bid, and what everybody reads of it. Nothing has to be filled in to be kept."""

    words = readable_by(
        _box(
            _("How was it decided?"),
            4,
            required=False,
            hint=_("A few sentences: how the panel met, and how it used the scores."),
        ),
        _("Whoever may see the call reads this once the letters are sent."),
    )

    def __init__(self, *args: Any, lines: Iterable[LineView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = tuple(lines)
        for line in self.lines:
            self.fields[f"outcome_{line.bid}"] = forms.ChoiceField(
                label=_now("Outcome"),
                choices=Outcome.choices,
                initial=line.outcome,
                widget=forms.RadioSelect,
            )
            reason = _box(_now("Reason"), 3, required=False)
            reason.initial = line.reason
            self.fields[f"reason_{line.bid}"] = reason
            self.fields[f"seen_{line.bid}"] = forms.CharField(
                required=False, widget=forms.HiddenInput, initial=_mark(line.outcome, line.reason)
            )

    def rows(self) -> list[tuple[LineView, tuple[forms.BoundField, ...]]]:
        """Each bid with its fields."""
        return [(line, tuple(self[f"{part}_{line.bid}"] for part in _PARTS)) for line in self.lines]

    def said(self) -> dict[UUID, LineWords]:
        """What was changed, for the service: a line that was not touched here keeps what somebody else wrote."""
        changed = {}
        for line in self.lines:
            outcome, reason, seen = (self.cleaned_data[f"{part}_{line.bid}"] for part in _PARTS)
            if seen != _mark(outcome, reason):
                changed[line.bid] = LineWords(outcome, reason)
        return changed


def _mark(outcome: str, reason: str) -> str:
    """A short mark of what a line said when its page was opened."""
    return hashlib.sha256(f"{outcome} {' '.join(reason.split())}".encode()).hexdigest()[:16]


class TakeBackForm(PlainForm):
    """Why a decision is taken back."""

    why = readable_by(
        forms.CharField(label=_("Why is it taken back?"), max_length=300),
        _("The team and the reviewers read this."),
    )


class SignDecisionForm(PlainForm):
    """The signature under a decision."""

    name = readable_by(
        forms.CharField(label=_("Your name, as it stands under the decision"), max_length=120),
        _("Whoever may see the call reads your name once the letters are sent."),
    )
    stands = forms.BooleanField(label=_("I have read the decision with its reasons, and I stand behind it."))


class LetterForm(PlainForm):
    """What a letter says."""

    words = readable_by(_box(_("Letter"), 18), _TEAM_AND_AUTHORS)


class AppealForm(PlainForm):
    """The note on a decision."""

    words = readable_by(
        _box(
            _("Which fact or which step was mistaken?"),
            8,
            hint=_("Say what the decision says, what is so instead, and where one can see it."),
        ),
        _TEAM_AND_AUTHORS,
    )


class AppealAnswerForm(PlainForm):
    """The answer to a note."""

    answer = readable_by(_box(_("Your answer"), 8), _TEAM_AND_AUTHORS)
