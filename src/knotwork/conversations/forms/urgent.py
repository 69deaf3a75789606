"""What is typed about an urgent question: its template, its gaps, an offer, who acts, what was done."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotwork.conversations.forms.setting_up import languages_by_name
from knotwork.conversations.models import UrgentTemplate
from knotwork.conversations.services.refusals import NotFit
from knotwork.conversations.services.urgent import GAPS, LONGEST_GAP, Prepared, gaps_in
from knotwork.conversations.services.wording import fit_text, tidy
from knotwork.core.accounts.models import Person
from knotwork.core.pages.forms import PlainForm, readable_by
from knotwork.programmes.models import Place

MOST_STATEMENTS = 30
_EVERYBODY = gettext_lazy("Everybody can read it.")


class TemplateForm(PlainForm):
    """An urgent question with its gaps, agreed beforehand."""

    name = forms.CharField(
        label=gettext_lazy("Name of the template"),
        help_text=gettext_lazy("What you will look for when there is no time. For example: A service stops."),
        max_length=120,
    )
    question = forms.CharField(
        label=gettext_lazy("The question"),
        help_text=gettext_lazy(
            "Write {what} and {where} where something is filled in later. "
            "For example: {what} has stopped in {where}. What do you need today?"
        ),
        max_length=240,
    )
    introduction = readable_by(
        forms.CharField(
            label=gettext_lazy("Why you ask"),
            required=False,
            max_length=2_000,
            widget=forms.Textarea(attrs={"rows": 3}),
        ),
        _EVERYBODY,
    )
    statements = readable_by(
        forms.CharField(
            label=gettext_lazy("Statements"),
            help_text=gettext_lazy("One on each line, agreed beforehand. Gaps may stand here too."),
            max_length=MOST_STATEMENTS * 202,
            widget=forms.Textarea(attrs={"rows": 8}),
        ),
        _EVERYBODY,
    )
    agreed_with = forms.CharField(
        label=gettext_lazy("Who agreed the words"),
        help_text=gettext_lazy(
            "Roles or bodies, no names. For example: the lunch clubs and the bus company."
        ),
        max_length=200,
    )
    place = forms.ModelChoiceField(
        label=gettext_lazy("Place"),
        queryset=Place.objects.none(),
        required=False,
        empty_label=gettext_lazy("The whole programme"),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=languages_by_name)
    open_hours = forms.IntegerField(
        label=gettext_lazy("Open for how many hours"),
        help_text=gettext_lazy("Then it closes by itself."),
        min_value=1,
        max_value=168,
        initial=6,
    )
    duty_lead = forms.ModelChoiceField(
        label=gettext_lazy("Duty lead"),
        help_text=gettext_lazy(
            "Looks at what people write, and can reach those who offer help. Without one, nobody can write statements."
        ),
        queryset=Person.objects.none(),
        required=False,
        empty_label=gettext_lazy("Nobody: no statements by people"),
    )

    def __init__(
        self,
        *args: Any,
        places: Any = None,
        programme_wide: bool = True,
        leads: Sequence[Person] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        place = cast("forms.ModelChoiceField[Place]", self.fields["place"])
        place.queryset = Place.objects.none() if places is None else places
        place.required = not programme_wide
        if not programme_wide:
            place.empty_label = str(_("Choose a place"))
        lead = cast("forms.ModelChoiceField[Person]", self.fields["duty_lead"])
        lead.queryset = Person.objects.filter(pk__in=[person.pk for person in leads]).order_by("email")

    def clean_question(self) -> str:
        return _with_known_gaps(tidy(self.cleaned_data["question"]))

    def clean_statements(self) -> tuple[str, ...]:
        """Each line is held to the rules of statements; the message says which one is not fit."""
        lines = [line for line in self.cleaned_data["statements"].splitlines() if line.strip()]
        if len(lines) > MOST_STATEMENTS:
            raise forms.ValidationError(
                _("At most %(most)d statements are possible.") % {"most": MOST_STATEMENTS}
            )
        kept = []
        for number, line in enumerate(lines, start=1):
            try:
                kept.append(_with_known_gaps(fit_text(line)))
            except NotFit as refusal:
                raise forms.ValidationError(
                    _("Line %(number)d: %(problem)s") % {"number": number, "problem": refusal.reason}
                ) from refusal
        return tuple(kept)

    def prepared(self) -> Prepared:
        """What was typed, ready for the service."""
        return Prepared(**self.cleaned_data)


def _with_known_gaps(text: str) -> str:
    """Braces hold ``what`` or ``where`` and nothing else: a misspelt gap would stand in front of everybody."""
    left = text
    for gap in GAPS:
        left = left.replace(f"{{{gap}}}", "")
    if "{" in left or "}" in left:
        raise forms.ValidationError(_("Only two gaps are known: {what} and {where}."))
    return text


def as_prepared(template: UrgentTemplate) -> dict[str, Any]:
    """A template as it stands, to fill the form with."""
    return {
        "name": template.name,
        "question": template.question,
        "introduction": template.introduction,
        "statements": "\n".join(template.statements),
        "agreed_with": template.agreed_with,
        "place": template.place_id,
        "language": template.language,
        "open_hours": template.open_hours,
        "duty_lead": template.duty_lead_id,
    }


class GapsForm(PlainForm):
    """The gaps of one template, at most two; no field for a gap that it does not have."""

    what = forms.CharField(
        label=gettext_lazy("What"),
        max_length=LONGEST_GAP,
        widget=forms.TextInput(attrs={"autofocus": True}),
        help_text=gettext_lazy("Everybody reads it within the question. Name nobody."),
    )
    where = forms.CharField(label=gettext_lazy("Where"), max_length=LONGEST_GAP)

    def __init__(self, *args: Any, template: UrgentTemplate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for gap in set(GAPS) - set(gaps_in(template.question, *template.statements)):
            del self.fields[gap]


class OfferForm(PlainForm):
    """What somebody can do."""

    text = readable_by(
        forms.CharField(
            label=gettext_lazy("I can offer"),
            help_text=gettext_lazy("One sentence. For example: I can drive two people on Thursday."),
            max_length=300,
        ),
        gettext_lazy(
            "Those who run this question read it. It is deleted when all is done, or after 30 days."
        ),
    )
    contact = readable_by(
        forms.CharField(
            label=gettext_lazy("How to reach you"),
            help_text=gettext_lazy("A phone number or an email address, if you like."),
            required=False,
            max_length=120,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        ),
        gettext_lazy("Only the duty lead reads it. It is deleted when all is done, or after 30 days."),
        is_private=True,
    )

    def __init__(self, *args: Any, has_duty_lead: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_duty_lead:
            del self.fields["contact"]


class WhoWillActForm(PlainForm):
    """Who takes it on, in a sentence."""

    who_will_act = readable_by(
        forms.CharField(
            label=gettext_lazy("Who will act"),
            help_text=gettext_lazy("One sentence. For example: Northvale Buses sends a minibus at four."),
            max_length=300,
        ),
        _EVERYBODY,
    )


class DoneForm(PlainForm):
    """What was done, in a sentence."""

    done = readable_by(
        forms.CharField(
            label=gettext_lazy("What was done"),
            help_text=gettext_lazy("One sentence. Offers are deleted when you send it."),
            max_length=300,
        ),
        _EVERYBODY,
    )
