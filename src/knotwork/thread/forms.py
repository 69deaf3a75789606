"""What people fill in on these pages: a letter to the team, and ties of the golden thread."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knotwork.actions.forms import TryOutForm
from knotwork.core.pages.forms import PlainForm, readable_by
from knotwork.programmes.models import LoopStage
from knotwork.thread.ties import Choice, ChoiceGroup

_WHO_READS = _("Only the team reads this.")
_STEERING_READS = _("The steering group, the team and the people concerned read it.")


class ContactForm(PlainForm):
    """A name if one likes, where the answer goes, and the message.

    ``website`` is hidden from people; programs that fill in every box give themselves away by it.
    """

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your email address"),
        help_text=_("We use it to answer you, and for nothing else."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Write in your email address, so that we can answer."),
            "invalid": _("This does not look like an email address. It needs an @, like name@example.org"),
        },
    )
    message = readable_by(
        forms.CharField(
            label=_("Your message"),
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 8}),
            error_messages={
                "required": _("Write in your message."),
                "max_length": _("This is longer than 4,000 letters. Please make it shorter."),
            },
        ),
        _WHO_READS,
    )
    website = forms.CharField(required=False, max_length=200)

    @property
    def is_by_a_program(self) -> bool:
        return bool(self.cleaned_data.get("website"))


class ActOnForm(TryOutForm):
    """A try-out that acts on a factor: its words, and which of the place's organisations take part."""

    partners = forms.MultipleChoiceField(
        label=_("Which organisations take part?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One alone can seldom change much. Others can be added later."),
    )
    field_order = ("title", "what", "partners")

    def __init__(self, *args: Any, organisations: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if organisations:
            self.fields["partners"].choices = [(name, name) for name in organisations]  # type: ignore[attr-defined]
        else:
            del self.fields["partners"]


class TieForm(PlainForm):
    """What the thing at hand is tied to; each choice says by which relation."""

    choice = forms.ChoiceField(
        label=_("What is it tied to?"),
        help_text=_(
            "Only what people of this place can see is in the list. A tie is shown to whoever may see both."
        ),
        error_messages={"required": _("Please choose what it is tied to.")},
    )

    def __init__(self, *args: Any, groups: Sequence[ChoiceGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._by_code = {choice.code: choice for group in groups for choice in group.choices}
        self.fields["choice"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *((group.label, [(one.code, one.other.title) for one in group.choices]) for group in groups),
        ]

    def clean_choice(self) -> Choice:
        return self._by_code[self.cleaned_data["choice"]]


class UntieForm(PlainForm):
    """Why a tie is taken back."""

    reason = readable_by(
        forms.CharField(
            label=_("Why is it taken back?"),
            max_length=300,
            error_messages={"required": _("Please say why. One sentence is enough.")},
        ),
        _("It is kept with the tie, for those who look after the record. Please name no person."),
    )


class FactorForm(PlainForm):
    """A statement as a factor of a map: on which one, and in which few words."""

    map = forms.TypedChoiceField(label=_("On which map?"), coerce=int)
    label = forms.CharField(
        label=_("In a few words"),
        help_text=_("Something that can be more or less: getting home after four, money left."),
        max_length=120,
        error_messages={"required": _("Please write a few words.")},
    )

    def __init__(self, *args: Any, maps: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["map"].choices = list(maps)  # type: ignore[attr-defined]


class OwnWordForm(PlainForm):
    """Where a place is, by its own word: what it does now, and one sentence."""

    stages = forms.MultipleChoiceField(
        label=_("What are you doing now?"),
        help_text=_("One or several. Going back is as good as going on."),
        choices=LoopStage.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose at least one.")},
    )
    sentence = readable_by(
        forms.CharField(
            label=_("Say it in one sentence"),
            help_text=_("For example: We go back to listening, because nobody has asked the night staff."),
            max_length=300,
            widget=forms.Textarea(attrs={"rows": 3}),
        ),
        _(
            "The steering group, the team and the other places of the programme read it. Please name no person."
        ),
    )


class DecisionForm(PlainForm):
    """Something that has to be decided."""

    what = readable_by(forms.CharField(label=_("What has to be decided?"), max_length=300), _STEERING_READS)
    by_when = forms.DateField(
        label=_("By which day?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    who_decides = readable_by(
        forms.CharField(
            label=_("Who decides?"), help_text=_("A body or a role, not a name."), max_length=200
        ),
        _STEERING_READS,
    )
    options = readable_by(
        forms.CharField(
            label=_("Between what?"),
            help_text=_("One way on each line. Put 'leave it as it is' among them."),
            required=False,
            max_length=2500,
            widget=forms.Textarea(attrs={"rows": 4}),
        ),
        _STEERING_READS,
    )
    place = forms.TypedChoiceField(
        label=_("About which place?"),
        help_text=_("Its people read it too. Leave it empty for the programme as a whole."),
        required=False,
        coerce=int,
        empty_value=None,
    )

    def __init__(self, *args: Any, places: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", _("The programme as a whole")), *places]  # type: ignore[attr-defined]


class OutcomeForm(PlainForm):
    """What was decided, why, and when."""

    outcome = readable_by(forms.CharField(label=_("What was decided?"), max_length=300), _STEERING_READS)
    reason = readable_by(
        forms.CharField(label=_("Why?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})),
        _STEERING_READS,
    )
    decided_on = forms.DateField(
        label=_("On which day?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class BoardPaperForm(PlainForm):
    """What stands above a paper for a board: its title, and what the team says first."""

    title = forms.CharField(label=_("Title"), max_length=200)
    introduction = readable_by(
        forms.CharField(
            label=_("In short"),
            help_text=_("What should the board know first? An empty line begins a new paragraph."),
            required=False,
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 6}),
        ),
        _("Whoever reads the paper reads this."),
    )
