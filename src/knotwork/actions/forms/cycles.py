"""The forms of a cycle, of the stop rule that can be checked, and of the numbers that it watches."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from knotwork.actions.forms.boxes import WHO_SEES_IT, amount, box, day, line
from knotwork.actions.models import Comparison, NextStep
from knotwork.actions.queries import CycleView, PledgeView
from knotwork.actions.services import CheckWords, Study
from knotwork.core import clock
from knotwork.core.pages.forms import PlainForm, readable_by
from knotwork.core.strands.kinds import Bead


class CycleForm(PlainForm):
    """Plan: what you ask, and what you think will happen."""

    question = readable_by(
        line(
            _("What do you want to find out?"),
            required=True,
            most=300,
            hint=_("One small thing. For example: does anybody ride the later bus on a Tuesday?"),
        ),
        WHO_SEES_IT,
    )
    prediction = readable_by(
        box(
            _("What do you think will happen?"),
            rows=2,
            hint=_("It is fixed when the cycle begins, so that what you see can surprise you."),
        ),
        WHO_SEES_IT,
    )
    begin = forms.BooleanField(label=_("Begin at once"), required=False)

    def __init__(self, *args: Any, may_begin: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_begin:
            del self.fields["begin"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("begin") and not said.get("prediction"):
            self.add_error("prediction", _("Say what you think will happen, before it begins."))
        return said


class StudyForm(PlainForm):
    """Do, study, act: what was done, what was seen beside the prediction, what it cost, and what comes next."""

    did = readable_by(box(_("What did you do?"), rows=3), WHO_SEES_IT)
    saw = readable_by(
        box(
            _("What did you see?"), rows=3, hint=_("Hold it beside what you predicted. Surprises count most.")
        ),
        WHO_SEES_IT,
    )
    number = amount("", places=4, lowest=None)
    number_on = day(_("On which day was it counted?"))
    cash = amount(_("What did it cost in money?"))
    days = amount(_("How many days of people's work?"), places=1)
    paid_from = forms.ChoiceField(label=_("Which pledge covers it?"), required=False)
    next_step = forms.ChoiceField(
        label=_("What comes next?"),
        required=False,
        choices=[
            ("", _("We do not know yet")),
            (NextStep.ANOTHER.value, _("Another cycle")),
            (NextStep.ADOPT.value, _("Keep it as it is")),
            (NextStep.ADAPT.value, _("Keep it, changed")),
            (NextStep.ABANDON.value, _("Let it go")),
        ],
        widget=forms.RadioSelect,
        initial="",
    )
    why = readable_by(box(_("Why?"), rows=2), WHO_SEES_IT)

    def __init__(
        self, *args: Any, cycle: CycleView, number_name: str, pledges: Sequence[PledgeView], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update({name: getattr(cycle, name) for name in ("did", "saw", "cash", "days")})
        self.initial["paid_from"] = str(cycle.paid_from or "")
        if number_name:
            self.fields["number"].label = capfirst(number_name)
            self.initial["number_on"] = clock.now().date()
        else:
            del self.fields["number"], self.fields["number_on"]
        if pledges:
            listed = [(str(each.public_id), f"{each.organisation}: {each.what}") for each in pledges]
            self.fields["paid_from"].choices = [("", _("None of these")), *listed]  # type: ignore[attr-defined]
        else:
            del self.fields["paid_from"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("number") is not None and not said.get("number_on"):
            self.add_error("number_on", _("Please give a day."))
        if said.get("next_step"):
            for name, words in (
                ("saw", _("Say first what you saw, beside what you predicted.")),
                ("why", _("Say why. The next cycle stands on it.")),
            ):
                if not said.get(name):
                    self.add_error(name, words)
        return said

    def study(self) -> Study:
        """What was written, for the service."""
        said = self.cleaned_data
        paid_from = said.get("paid_from")
        return Study(
            said["did"], said["saw"], said["cash"], said["days"], UUID(paid_from) if paid_from else None
        )


class CheckForm(PlainForm):
    """How the stop rule is checked: which number, which side of which threshold, from when."""

    measure = forms.ChoiceField(label=_("Which number is watched?"), required=False)
    number_name = line(
        _("If you count it yourselves: what is it called?"),
        most=120,
        hint=_("For example: riders a trip. You enter it here. Never a number about fewer than 5 people."),
    )
    comparison = forms.ChoiceField(
        label=_("When does the rule say stop?"),
        choices=[
            (Comparison.BELOW.value, _("When the number is below the line")),
            (Comparison.ABOVE.value, _("When the number is above the line")),
        ],
        widget=forms.RadioSelect,
        initial=Comparison.BELOW.value,
    )
    threshold = amount(_("Where is the line?"), places=4, lowest=None, required=True)
    from_on = day(
        _("From which day on does it count?"),
        required=True,
        hint=_(
            "For example twelve weeks after the start. Numbers from before that day are shown and say nothing."
        ),
    )

    def __init__(self, *args: Any, measures: Sequence[Bead], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if measures:
            listed = [(str(bead.public_id), bead.title) for bead in measures]
            self.fields["measure"].choices = [("", _("One that we count ourselves")), *listed]  # type: ignore[attr-defined]
        else:
            del self.fields["measure"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("measure") and not said.get("number_name"):
            self.add_error("number_name", _("Say which number is watched."))
        return said

    def words(self) -> CheckWords:
        """What was written, for the service."""
        said = self.cleaned_data
        measure = said.get("measure")
        return CheckWords(
            said["comparison"],
            said["threshold"],
            said["from_on"],
            UUID(measure) if measure else None,
            said["number_name"],
        )


class NumberForm(PlainForm):
    """The number of a day."""

    on = day(_("On which day was it counted?"), required=True)
    value = amount("", places=4, lowest=None, required=True)
    note = readable_by(line(_("Anything to know about it?")), WHO_SEES_IT)

    def __init__(self, *args: Any, number_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].label = capfirst(number_name)
