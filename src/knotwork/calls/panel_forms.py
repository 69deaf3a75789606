"""The forms of the panel: who sits on it, who reads what, and a review of one bid."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from knotwork.calls.models import Criterion, DraftScore
from knotwork.calls.review_queries import BidToName
from knotwork.calls.services import DraftWords, ReviewerWords, ScoreWords
from knotwork.core.pages.forms import PlainForm, readable_by

SCALE = (
    ("1", _("1 - not at all")),
    ("2", _("2 - a little")),
    ("3", _("3 - in part")),
    ("4", _("4 - well")),
    ("5", _("5 - very well")),
)
_TEAM_READS = _("The team reads this.")
_REASON_READ_BY = _(
    "Nobody else reads this until you hand it in. Then those who handed in theirs of this bid read it, and the team "
    "when the reasons are compared. Reasons may go into the letter to the place."
)


def _why(label: Any, hint: Any = "") -> forms.CharField:
    return readable_by(forms.CharField(label=label, max_length=300, help_text=hint), _TEAM_READS)


def _organisations() -> forms.CharField:
    return readable_by(
        forms.CharField(
            label=_("For which organisations does she work or speak?"),
            required=False,
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("One on each line. Bids that name one of them are kept from her."),
        ),
        _TEAM_READS,
    )


class ReviewerForm(PlainForm):
    """Somebody for the panel."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("Reviewers and the team see it."))
    email = forms.EmailField(
        label=_("Email address"),
        max_length=254,
        help_text=_("We write to this address how to sign in. There is no password."),
    )
    organisations = _organisations()

    def words(self) -> ReviewerWords:
        """What was said, for the service."""
        return ReviewerWords(**self.cleaned_data)


class OrganisationsForm(PlainForm):
    """For whom a reviewer works or speaks, in her own words."""

    organisations = _organisations()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisations"].label = _now("For which organisations do you work or speak?")
        self.fields["organisations"].help_text = _now(
            "One on each line. Bids that name one of them are kept from you."
        )


class WhyForm(PlainForm):
    """Why something of the panel ends."""

    why = _why(_("Why?"))


class EachForm(PlainForm):
    """How many read each bid."""

    each = forms.IntegerField(label=_("How many read each bid?"), min_value=1, max_value=50, initial=3)


class ByHandForm(PlainForm):
    """One pair that the method would not have chosen."""

    reviewer = forms.ChoiceField(label=_("Who reads it?"))
    bid = forms.ChoiceField(label=_("Which bid?"))
    why = _why(_("Why?"), _("For example: nobody else knows the subject."))

    def __init__(
        self, *args: Any, reviewers: list[tuple[str, str]], bids: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reviewer"].choices = reviewers  # type: ignore[attr-defined]
        self.fields["bid"].choices = bids  # type: ignore[attr-defined]


class DeclareForm(PlainForm):
    """A line for each bid that may still be named; empty where there is no conflict."""

    def __init__(self, *args: Any, listed: Iterable[BidToName], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in listed:
            if not each.conflict:
                self.fields[str(each.public_id)] = readable_by(
                    forms.CharField(
                        label=each.name,
                        required=False,
                        max_length=300,
                        help_text=", ".join(each.organisations),
                    ),
                    _TEAM_READS,
                )

    def whys(self) -> dict[UUID, str]:
        """What was said of which bid."""
        return {UUID(name): why for name, why in self.cleaned_data.items() if why}


class LeadOnForm(PlainForm):
    """The next stage; nearly always there is one."""

    stage = forms.ChoiceField(label=_("Next"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, stages: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stage"].choices = stages  # type: ignore[attr-defined]
        if len(stages) == 1:
            self.fields["stage"].widget = forms.HiddenInput()
            self.fields["stage"].initial = stages[0][0]


def _score(label: Any, *, required: bool) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=SCALE, coerce=int, empty_value=None, required=required, widget=forms.RadioSelect
    )


def _reason(label: Any, *, required: bool) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4})
    box = forms.CharField(label=label, required=required, max_length=20_000, widget=widget)
    return readable_by(box, _REASON_READ_BY)


class ReviewForm(PlainForm):
    """A score and a reason for each criterion. Anything may still be missing: it is asked for at handing in."""

    def __init__(
        self, *args: Any, criteria: Iterable[Criterion], drafts: Iterable[DraftScore] = (), **kwargs: Any
    ) -> None:
        self.criteria = list(criteria)
        known = {draft.criterion_id: draft for draft in drafts}
        super().__init__(*args, **kwargs)
        for number, one in enumerate(self.criteria, start=1):
            draft = known.get(one.pk)
            score = _score(_now("Score"), required=False)
            reason = _reason(_now("Reason"), required=False)
            if draft is not None:
                score.initial, reason.initial = draft.score, draft.reason
            score.label = _now("%(number)d. How well does the bid do?") % {"number": number}
            reason.label = _now("%(number)d. Why? Name what in the bid led you to it.") % {"number": number}
            self.fields[f"score-{one.public_id}"] = score
            self.fields[f"reason-{one.public_id}"] = reason

    def parts(self) -> list[tuple[Criterion, forms.BoundField, forms.BoundField]]:
        """For each criterion its two boxes."""
        return [
            (one, self[f"score-{one.public_id}"], self[f"reason-{one.public_id}"]) for one in self.criteria
        ]

    def drafts(self) -> dict[UUID, DraftWords]:
        """What was noted, for the service."""
        said = self.cleaned_data
        return {
            one.public_id: DraftWords(said[f"score-{one.public_id}"], said[f"reason-{one.public_id}"])
            for one in self.criteria
        }


class CorrectForm(PlainForm):
    """Another score in the place of one that was handed in."""

    score = _score(_("How well does the bid do?"), required=True)
    reason = _reason(_("Why? Name what in the bid led you to it."), required=True)
    why = _why(
        _("What led you to change it?"), _("It stands beside the new score. The one before stays on record.")
    )

    def words(self) -> ScoreWords:
        """What was said, for the service."""
        return ScoreWords(self.cleaned_data["score"], self.cleaned_data["reason"])
