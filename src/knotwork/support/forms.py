"""The forms of this room: few boxes, and who reads it is said at the box."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from knotwork.core.pages.forms import PlainForm, readable_by
from knotwork.programmes.models import Place, Stage
from knotwork.programmes.written import WHO_READS, stage_choices
from knotwork.support.models import MilestoneWord
from knotwork.support.services import EventWords

LONGEST = 4000
_PEOPLE = _("The people of the programme can read this.")


def _line(label: Any, *, required: bool = True, most: int = 200, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=most, help_text=hint)


def _box(label: Any, *, required: bool = True, rows: int = 4, hint: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=LONGEST, widget=widget, help_text=hint)


def _day(label: Any, hint: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, help_text=hint)


def _days(label: Any, hint: Any = "") -> forms.DecimalField:
    widget = forms.TextInput(attrs={"inputmode": "decimal"})
    return forms.DecimalField(label=label, max_digits=5, decimal_places=1, widget=widget, help_text=hint)


def _stage(place: Place | None, *stages: Stage, initial: Stage = Stage.PROGRAMME) -> forms.ChoiceField:
    """Who may read it, among these steps of the ladder, as far as the place may be shown."""
    choices = [(stage, words) for stage, words in stage_choices(place) if stage in stages]
    return forms.ChoiceField(
        label=_("Who may read this?"), choices=choices, initial=initial.value, widget=forms.RadioSelect
    )


class AgreementForm(PlainForm):
    """What programme and place promise each other."""

    words = readable_by(
        _box(
            _("What do you agree?"),
            rows=10,
            hint=_("What the place does, what the programme gives, and how you tell each other how it goes."),
        ),
        WHO_READS,
    )
    visibility = forms.ChoiceField()

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visibility"] = _stage(place, Stage.PROGRAMME, Stage.PUBLIC)


class MilestoneForm(PlainForm):
    """Something due by a day."""

    what = readable_by(
        _line(
            _("What should be there?"),
            most=300,
            hint=_("Such as: the first three people ride the later bus."),
        ),
        _("Whoever may read the agreement can read this."),
    )
    due_on = _day(_("By when?"))


class WordForm(PlainForm):
    """The place's own word on a milestone."""

    word = forms.ChoiceField(
        label=_("How does it stand?"),
        choices=[(word.value, word.label) for word in MilestoneWord if word != MilestoneWord.NOTHING],
        widget=forms.RadioSelect,
    )
    why = readable_by(
        _box(_("What changed, and why?"), required=False, hint=_("Needed if you say that it changed.")),
        _("Whoever may read the agreement can read this. Please name no person."),
    )

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        if words.get("word") == MilestoneWord.CHANGED and not words.get("why", "").strip():
            self.add_error("why", _("Say in a few words what changed and why."))
        return words


class ProfileForm(PlainForm):
    """What an enabler says of herself."""

    name = readable_by(_line(_("How do you want to be named?"), most=120), _PEOPLE)
    good_at = readable_by(
        _box(
            _("What are you good at?"),
            hint=_("In your own words. Such as: I listen well, and I know how councils buy buses."),
        ),
        _PEOPLE,
    )
    days = _days(_("How many days do you have?"), _("All together, for all places. You can change it later."))


class AskForm(PlainForm):
    """What a place hopes for."""

    asked_for = readable_by(
        _box(_("What do you hope they can help with?")),
        _("The people of your place and whom you ask can read this."),
    )


class VisitForm(PlainForm):
    """Days with a place."""

    on = _day(_("On which day?"), _("The first day, if there were several."))
    days = _days(
        _("How many days did it take?"), _("Such as 0.5 or 2. Everybody in the programme sees the days.")
    )
    note = readable_by(
        _box(_("Your note of it"), required=False, rows=6),
        _(
            "The people of the place and you can read this. The place may show it to more people. Please name no "
            "person."
        ),
    )


class ShareForm(PlainForm):
    """Who else may read a note."""

    visibility = forms.ChoiceField()

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            Stage.PLACE.value: _("The people of this place and the enabler, as now"),
            Stage.PROGRAMME.value: _("The people of the programme too"),
            Stage.PUBLIC.value: _("Everybody"),
        }
        field = _stage(place, Stage.PLACE, Stage.PROGRAMME, Stage.PUBLIC, initial=Stage.PLACE)
        field.choices = [
            (stage, choices[stage]) for stage, _words in stage_choices(place) if stage in choices
        ]
        self.fields["visibility"] = field


class HelpForm(PlainForm):
    """'We are stuck.'"""

    words = readable_by(
        _box(
            _("What are you stuck with?"),
            rows=6,
            hint=_("It is your own word. Nobody else can say it of you, and nobody counts it."),
        ),
        WHO_READS,
    )
    signed = _line(
        _("Who asks?"), required=False, most=120, hint=_("A part, not a name. Such as: the two leads.")
    )
    visibility = forms.ChoiceField()

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visibility"] = _stage(place, Stage.PLACE, Stage.PROGRAMME, Stage.PUBLIC)


class AnswerForm(PlainForm):
    """An answer for a place that is stuck."""

    words = readable_by(
        _box(_("What may help?")),
        _(
            "Whoever may read what the place asks can read this. Please name no person. A public body may have to "
            "release it."
        ),
    )
    signed = _line(
        _("Who answers?"), required=False, most=120, hint=_("Such as: Eastmere, who had the same last year.")
    )


class CloseForm(PlainForm):
    """What helped."""

    what_helped = readable_by(
        _box(_("What helped?"), required=False, hint=_("A line for whoever is stuck in the same way.")),
        _("Whoever may read what you asked can read this."),
    )


class EventForm(PlainForm):
    """A learning event. Times are those of the programme's time zone."""

    title = _line(_("What is it called?"))
    what = readable_by(_box(_("What is it about?"), required=False), WHO_READS)
    where = _line(
        _("Where is it?"),
        required=False,
        most=300,
        hint=_("A room, or the address of a call. Whoever sees the event sees it."),
    )
    day = _day(_("On which day?"))
    begins = forms.TimeField(
        label=_("From when?"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    ends = forms.TimeField(
        label=_("Until when?"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    most = forms.IntegerField(
        label=_("How many can come?"),
        required=False,
        min_value=1,
        max_value=30000,
        help_text=_("Who signs up later waits, and moves up. Leave it empty if there is room for all."),
    )
    visibility = forms.ChoiceField()

    def __init__(self, *args: Any, time_zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(time_zone)
        self.fields["visibility"] = _stage(None, Stage.PROGRAMME, Stage.PUBLIC)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("begins") and said.get("ends") and said["ends"] <= said["begins"]:
            self.add_error("ends", _("It ends after it begins."))
        return said

    def words(self) -> EventWords:
        """What was filled in, with its moments in UTC."""
        said: Mapping[str, Any] = self.cleaned_data
        begins, ends = (datetime.combine(said["day"], said[name], self.zone) for name in ("begins", "ends"))
        return EventWords(
            said["title"], begins, ends, said["what"], said["where"], said["most"], said["visibility"]
        )


class NotesForm(PlainForm):
    """What was learned."""

    notes = readable_by(_box(_("What was learned?"), rows=10), WHO_READS)
    visibility = forms.ChoiceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visibility"] = _stage(None, Stage.PROGRAMME, Stage.PUBLIC)
