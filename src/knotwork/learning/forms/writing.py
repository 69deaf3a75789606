"""The forms of this room: few boxes, all but the first may stay empty, and who reads it is said at the box."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knotwork.core.pages.forms import PlainForm, readable_by
from knotwork.core.strands.kinds import Bead, label_of
from knotwork.learning.feelings import MOST_WORDS
from knotwork.learning.kinds import LEADERSHIP_NOTE, LESSON, NOTE, STORY, Kind
from knotwork.learning.models import Outcome
from knotwork.learning.queries import PlaceChoice
from knotwork.learning.queries.ties import End
from knotwork.learning.services import LeadershipWords, LessonWords, NoteWords, StoryWords
from knotwork.learning.services.three_words import LONGEST_WORD
from knotwork.learning.services.words import PieceWords
from knotwork.learning.services.writing import LONGEST
from knotwork.programmes.models import Stage
from knotwork.programmes.written import WHO_READS, stage_field

_SAME_READERS = _("Read by those you choose below.")


def box(label: Any, *, required: bool = False, rows: int = 3, hint: Any = "") -> forms.CharField:
    """A box of a few lines; who reads it is said at it."""
    widget = forms.Textarea(attrs={"rows": rows})
    field = forms.CharField(label=label, required=required, max_length=LONGEST, widget=widget, help_text=hint)
    return readable_by(field, WHO_READS if required else _SAME_READERS)


def line(label: Any, *, required: bool = False, most: int = 160, hint: Any = "") -> forms.CharField:
    """A single line; who reads it is said at it."""
    field = forms.CharField(label=label, required=required, max_length=most, help_text=hint)
    return readable_by(field, WHO_READS if required else _SAME_READERS)


class PieceForm(PlainForm):
    """What all writing has in common: what it is tied to, how the writer is named, and who may read it."""

    ties = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    helped_by = forms.MultipleChoiceField(
        label=_("Did one of these help? It is your word, and it stands as your word."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    signed = forms.CharField(
        label=_("Who is speaking?"),
        required=False,
        max_length=120,
        help_text=_("Not your name. For example: a bus driver, a director of housing."),
    )
    visibility = forms.ChoiceField()

    words_of: type[PieceWords] = NoteWords
    ties_label: Any = ""

    def __init__(
        self,
        *args: Any,
        stages: forms.ChoiceField,
        beads: Sequence[Bead] = (),
        helpers: Sequence[Bead] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visibility"] = stages
        self._ends: dict[str, End] = {}
        self._offer("ties", beads)
        self._offer("helped_by", helpers)
        if beads:
            self.fields["ties"].label = self.ties_label

    def _offer(self, name: str, beads: Sequence[Bead]) -> None:
        """The things that may be ticked; without any there is no question."""
        if not beads:
            del self.fields[name]
            return
        named = {f"{bead.kind}:{bead.public_id}": bead for bead in beads}
        self._ends |= {code: (bead.kind, bead.public_id) for code, bead in named.items()}
        self.fields[name].choices = [  # type: ignore[attr-defined]
            (code, f"{label_of(bead.kind)}: {bead.title}") for code, bead in named.items()
        ]

    def words(self, language: str) -> PieceWords:
        """What was written, for the service."""
        written = {
            name: value for name, value in self.cleaned_data.items() if name not in ("ties", "helped_by")
        }
        return self.words_of(**written, language=language)

    def tied(self) -> list[End]:
        """What the writer ties it to."""
        return [self._ends[value] for value in self.cleaned_data.get("ties", [])]

    def helped(self) -> list[End]:
        """What the writer says helped."""
        return [self._ends[value] for value in self.cleaned_data.get("helped_by", [])]


class NoteForm(PieceForm):
    """A few lines."""

    ties_label = _("Which try-out is it about?")

    text = box(_("How is it going?"), required=True, rows=5, hint=_("A few lines are enough."))
    field_order = ("text", "ties", "visibility", "signed")


class StoryForm(PieceForm):
    """A story."""

    words_of = StoryWords
    ties_label = _("What does it tell of?")

    happened = box(_("What happened?"), required=True, rows=5)
    changed = box(_("What changed?"))
    did_not_work = box(_("What did not work?"), hint=_("This is what other places learn most from."))
    next_step = box(_("What comes next?"))
    title = line(_("A title"), hint=_("If you leave it empty, your first sentence stands there."))
    field_order = (
        "happened",
        "changed",
        "did_not_work",
        "next_step",
        "title",
        "ties",
        "visibility",
        "signed",
    )


class LeadershipNoteForm(PieceForm):
    """What somebody did differently as a leader."""

    words_of = LeadershipWords
    ties_label = _("Where did you practise it, or what came of it?")

    did = box(
        _("What did you do differently?"),
        required=True,
        hint=_("For example: I stopped chairing the meeting and sat among the others."),
    )
    why = box(_("Why?"))
    happened = box(_("What happened then?"))
    field_order = ("did", "why", "happened", "ties", "helped_by", "visibility", "signed")


class LessonForm(PieceForm):
    """A lesson."""

    words_of = LessonWords
    ties_label = _("What does it rest on?")

    title = line(
        _("What would you tell another place?"),
        required=True,
        most=200,
        hint=_("One sentence. For example: ask whoever makes the timetable."),
    )
    text = box(_("What does somebody need to know to use it?"), rows=4)
    field_order = ("title", "text", "ties", "visibility", "signed")


FORMS: dict[str, type[PieceForm]] = {
    NOTE.code: NoteForm,
    STORY.code: StoryForm,
    LEADERSHIP_NOTE.code: LeadershipNoteForm,
    LESSON.code: LessonForm,
}


def tie_kinds(kind: Kind) -> tuple[str, ...]:
    """The kinds of things that a piece of this kind can speak of."""
    return kind.tie.others if kind.tie else ()


class WithdrawForm(PlainForm):
    """Why something is taken out of sight."""

    reason = forms.CharField(
        label=_("Why is it taken out of sight?"),
        max_length=300,
        help_text=_("The reason stays in the record. What was written is not shown to anybody any more."),
    )


class UptakeForm(PlainForm):
    """'We are taking this up': which place, for which issue."""

    place = forms.TypedChoiceField(label=_("Which place takes it up?"), coerce=int)
    issue = line(
        _("For which issue?"),
        required=True,
        most=300,
        hint=_("It can be the issue of your place, or another one."),
    )
    plan = box(_("What will you do?"))
    visibility = forms.ChoiceField()

    def __init__(self, *args: Any, places: Sequence[PlaceChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        many = len({place.programme for place in places}) > 1
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            (place.id, f"{place.name} ({place.programme})" if many else place.name) for place in places
        ]
        if len(places) == 1:
            self.fields["place"].initial = places[0].id
            self.fields["place"].widget = forms.HiddenInput()
        field = stage_field(None, initial=Stage.PUBLIC.value)
        field.choices = [
            (Stage.PUBLIC.value, _("Everybody")),
            (Stage.PROGRAMME.value, _("People of our programme")),
            (Stage.PLACE.value, _("People of our place")),
        ]
        field.initial = (
            Stage.PROGRAMME.value if all(place.is_sensitive for place in places) else field.initial
        )
        field.help_text = _("The place that learned this hears of it if it may read it.")
        self.fields["visibility"] = field


class ResultForm(PlainForm):
    """How it went, and what the place that learned it could use."""

    outcome = forms.ChoiceField(
        label=_("What became of it?"),
        choices=[
            (Outcome.COPIED.value, _("We copied it: we did the same")),
            (Outcome.ADAPTED.value, _("We adapted it: we did it our way")),
            (Outcome.DROPPED.value, _("We dropped it")),
        ],
        widget=forms.RadioSelect,
    )
    result = box(_("How did it go?"), required=True, hint=_("That something did not work is worth knowing."))
    sent_back = box(
        _("An idea to send back"),
        hint=_("Something the place that learned this could use. It is shown with their lesson."),
    )


class ThreeWordsForm(PlainForm):
    """Up to three words on how the work feels."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = (_("First word"), _("Second word"), _("Third word"))
        for number, label in zip(range(1, MOST_WORDS + 1), labels, strict=True):
            field = forms.CharField(
                label=label,
                required=number == 1,
                max_length=LONGEST_WORD,
                widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
            )
            self.fields[f"word_{number}"] = field
        readable_by(
            self.fields["word_1"],
            _(
                "Nobody sees what you wrote, or that you wrote. A word is shown when the quarter is over, and only "
                "if at least five people gave it."
            ),
        )

    def given(self) -> list[str]:
        """The words that are not empty."""
        return [word for word in self.cleaned_data.values() if word]
