"""The forms of this room: few boxes, and who reads it is said at the box."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from knotwork.calls import knotty
from knotwork.calls.deadlines import NoSuchTime, local_in, moment_in
from knotwork.calls.models import Brings
from knotwork.calls.services import CallWords, CriterionWords, PartnerWords, QuestionWords
from knotwork.core.pages.forms import PlainForm, readable_by
from knotwork.programmes.models import Stage

LONGEST = 20_000
_SEALED = _(
    "Sealed: only those who write this bid and the board that signs it can read this, until the deadline has "
    "passed and the bids are opened. Then the team and the reviewers read it."
)
_EVERYBODY = _("Whoever may see the call can read this.")


def _line(label: Any, *, required: bool = False, most: int = 200, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=most, help_text=hint)


def _box(label: Any, *, required: bool = False, rows: int = 3, hint: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=LONGEST, widget=widget, help_text=hint)


def _day(label: Any, hint: Any = "") -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), help_text=hint)


def _time(label: Any, hint: Any = "") -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput({"type": "time"}, "%H:%M"), help_text=hint)


class MomentsMixin:
    """Days and times of the programme's clocks, put together to moments."""

    zone: str

    def moment(self, words: dict[str, Any], name: str) -> datetime | None:
        """The moment of ``<name>_day`` and ``<name>_time``; an error at the time when the clocks jump over it."""
        day, time = words.get(f"{name}_day"), words.get(f"{name}_time")
        if day is None or time is None:
            return None
        try:
            return moment_in(self.zone, datetime.combine(day, time))
        except NoSuchTime:
            self.add_error(  # type: ignore[attr-defined]
                f"{name}_time", _now("On this night the clocks jump over this time. Please choose another.")
            )
            return None


class CallForm(MomentsMixin, PlainForm):
    """A whole call on one page."""

    title = _line(_("What is the call named?"), required=True)
    aims = readable_by(_box(_("What is it for?"), rows=3, required=True), _EVERYBODY)
    number_of_places = forms.IntegerField(
        label=_("How many places will be chosen?"), min_value=1, max_value=1000
    )
    money = forms.DecimalField(
        label=_("Money that each place gets"),
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    enabler_days = forms.IntegerField(
        label=_("Days of an enabler that each place gets"), required=False, min_value=0, max_value=2000
    )
    learning_events = forms.IntegerField(
        label=_("Learning events that each place joins"), required=False, min_value=0, max_value=200
    )
    eligibility = readable_by(_box(_("Who can bid?"), rows=2), _EVERYBODY)
    who_decides = readable_by(_box(_("Who decides, and how?"), rows=2), _EVERYBODY)
    opens_day = _day(_("Opens on"))
    opens_time = _time(_("Opens at"))
    closes_day = _day(_("Deadline: day"))
    closes_time = _time(_("Deadline: time"), _("Times are those of the programme's clocks."))
    needs_sign_off = forms.BooleanField(
        label=_("A named member of the sponsor's board signs each bid"), required=False
    )
    has_interview = forms.BooleanField(label=_("Reviewers talk with places"), required=False)
    has_moderation = forms.BooleanField(
        label=_("Reviewers meet to compare their reasons"), required=False, initial=True
    )
    criteria = readable_by(
        _box(
            _("What are bids judged by?"),
            rows=5,
            required=True,
            hint=_("One on each line: what | how much it weighs (1 to 10) | what reviewers look for"),
        ),
        _EVERYBODY,
    )
    questions = readable_by(
        _box(
            _("What does a bid answer?"),
            rows=6,
            required=True,
            hint=_(
                "One on each line: question | most words | a hint. Put a star before a question that may stay "
                "unanswered."
            ),
        ),
        _EVERYBODY,
    )
    visibility = forms.ChoiceField(
        label=_("Who can see the call, once it is published?"),
        choices=(
            (Stage.PUBLIC.value, _("Everybody")),
            (Stage.PROGRAMME.value, _("The people of the programme")),
        ),
        initial=Stage.PUBLIC.value,
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: Any, zone: str, template: str = "", currency: str = "GBP", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.template, self.currency = zone, template, currency

    def clean_criteria(self) -> tuple[CriterionWords, ...]:
        """The lines as criteria; the first bad one is named with its number."""
        return tuple(_criterion(number, parts) for number, parts in _lines(self.cleaned_data["criteria"]))

    def clean_questions(self) -> tuple[QuestionWords, ...]:
        """The lines as questions; the first bad one is named with its number."""
        return tuple(_question(number, parts) for number, parts in _lines(self.cleaned_data["questions"]))

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        words["opens_at"], words["closes_at"] = self.moment(words, "opens"), self.moment(words, "closes")
        if words["opens_at"] and words["closes_at"] and words["closes_at"] <= words["opens_at"]:
            self.add_error("closes_day", _now("The deadline comes after the moment at which the call opens."))
        return words

    def words(self) -> CallWords:
        """What was said, for the service."""
        taken = ("opens_day", "opens_time", "closes_day", "closes_time")
        said = {name: value for name, value in self.cleaned_data.items() if name not in taken}
        return CallWords(**said, template=self.template, currency=self.currency)


def call_initial(words: CallWords, zone: str) -> dict[str, Any]:
    """What the boxes of a call hold when it is changed."""
    opens, closes = local_in(zone, words.opens_at), local_in(zone, words.closes_at)
    return vars(words) | {
        "criteria": criteria_lines(words.criteria),
        "questions": question_lines(words.questions),
        "opens_day": opens.date(),
        "opens_time": opens.time(),
        "closes_day": closes.date(),
        "closes_time": closes.time(),
    }


def criteria_lines(criteria: Iterable[CriterionWords]) -> str:
    """Criteria as the lines of the box."""
    return "\n".join(f"{one.title} | {one.weight} | {one.guidance}".rstrip(" |") for one in criteria)


def question_lines(questions: Iterable[QuestionWords]) -> str:
    """Questions as the lines of the box."""
    return "\n".join(
        f"{'' if one.is_required else '* '}{one.words} | {one.word_limit or ''} | {one.guidance}".rstrip(" |")
        for one in questions
    )


def _lines(text: str) -> list[tuple[int, list[str]]]:
    numbered = enumerate(text.splitlines(), start=1)
    lines = [
        (number, [part.strip() for part in line.split("|", 2)]) for number, line in numbered if line.strip()
    ]
    if len(lines) > 40:
        raise forms.ValidationError(_now("At most 40 lines, please."))
    for number, parts in lines:
        if len(parts[0]) > 200:
            raise forms.ValidationError(
                _now("Line %(number)d is longer than 200 letters before its first stroke.")
                % {"number": number}
            )
    return lines


def _criterion(number: int, parts: list[str]) -> CriterionWords:
    weight = parts[1] if len(parts) > 1 else ""
    if weight and not (weight.isascii() and weight.isdigit() and 1 <= int(weight) <= 10):
        raise forms.ValidationError(
            _now("Line %(number)d, weight: found “%(found)s”, expected a whole number from 1 to 10.")
            % {"number": number, "found": weight[:20]}
        )
    return CriterionWords(parts[0], parts[2] if len(parts) > 2 else "", int(weight or 1))


def _question(number: int, parts: list[str]) -> QuestionWords:
    limit = parts[1] if len(parts) > 1 else ""
    if limit and not (limit.isascii() and limit.isdigit() and 1 <= int(limit) <= 5000):
        raise forms.ValidationError(
            _now("Line %(number)d, most words: found “%(found)s”, expected a whole number from 1 to 5000.")
            % {"number": number, "found": limit[:20]}
        )
    is_required = not parts[0].startswith("*")
    words = parts[0].lstrip("* ")
    return QuestionWords(
        words, parts[2] if len(parts) > 2 else "", int(limit) if limit else None, is_required
    )


class DeadlineForm(MomentsMixin, PlainForm):
    """Another deadline, and why."""

    closes_day = _day(_("New deadline: day"))
    closes_time = _time(_("New deadline: time"))
    why = _line(_("Why is it moved?"), required=True, most=300, hint=_("Everybody can read this."))

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        return words | {"closes_at": self.moment(words, "closes")}


class ComeInForm(PlainForm):
    """The address of somebody who wants to bid and has no account yet."""

    email = forms.EmailField(
        label=_("Your email address"),
        help_text=_(
            "It becomes your account. A code is sent to it whenever you sign in; you need no password."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class AboutForm(PlainForm):
    """Where the place is and what its issue is."""

    place_name = readable_by(_line(_("What is the place called?"), required=True, most=120), _SEALED)
    issue = readable_by(_box(_("What is the knotty issue, in one or two sentences?"), rows=3), _SEALED)
    areas = readable_by(
        _box(
            _("Which council areas is it made of?"),
            rows=2,
            hint=_("The name or the official code of each, one on each line."),
        ),
        _SEALED,
    )
    sponsor = _line(_("Which organisation sponsors it?"), hint=_("Its board may have to sign the bid."))
    themes = readable_by(
        _box(
            _("What is it about?"),
            rows=2,
            hint=_("A word or two on each line, such as: ageing well. It helps to see a mix of places."),
        ),
        _SEALED,
    )


class SectionForm(PlainForm):
    """The answer to one question. Words are counted when the bid is handed in, not while somebody types."""

    text = readable_by(
        forms.CharField(
            label=_("Answer"),
            required=False,
            max_length=200_000,
            strip=False,
            widget=forms.Textarea(attrs={"rows": 12}),
        ),
        _SEALED,
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class KnottyForm(PlainForm):
    """Is this knotty? One group of three answers for each question."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        replies = (
            (knotty.Reply.YES, _("Yes")),
            (knotty.Reply.NO, _("No")),
            (knotty.Reply.NOT_SURE, _("Not sure")),
        )
        for asked in knotty.QUESTIONS:
            self.fields[asked.key] = forms.ChoiceField(
                label=str(asked.words),
                required=False,
                choices=[(reply.value, words) for reply, words in replies],
                widget=forms.RadioSelect,
            )


class BidPartnerForm(PlainForm):
    """An organisation and what it brings. Names that others wrote are not offered: they may be of sealed bids."""

    organisation = readable_by(_line(_("Which organisation?"), required=True), _SEALED)
    brings = forms.ChoiceField(
        label=_("What does it bring?"),
        choices=Brings.choices,
        initial=Brings.IN_KIND.value,
        widget=forms.RadioSelect,
    )
    what = _line(
        _("In a few words"),
        most=300,
        hint=_("For example: a room each week, or two days of somebody's time."),
    )
    amount = forms.DecimalField(
        label=_("What is it worth in money?"),
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )

    def words(self, currency: str) -> PartnerWords:
        """What was said, for the service."""
        return PartnerWords(**self.cleaned_data, currency=currency)


class AuthorForm(PlainForm):
    """Somebody who writes along."""

    email = forms.EmailField(
        label=_("Email address"),
        max_length=254,
        help_text=_("We write to this address how to sign in. There is no password."),
    )
    organisation = _line(_("From which organisation?"))
    is_lead = forms.BooleanField(label=_("Would be one of the two leads of the place"), required=False)


class AuthorWordsForm(PlainForm):
    """Where an author works, and whether she would lead."""

    organisation = _line(_("From which organisation?"))
    is_lead = forms.BooleanField(label=_("Would be one of the two leads of the place"), required=False)


class BoardForm(PlainForm):
    """Which member of which board is asked to sign."""

    board = _line(
        _("Which board?"), required=True, hint=_("For example: Health and Wellbeing Board of Ferryford.")
    )
    email = forms.EmailField(
        label=_("Email address of a member of the board"),
        max_length=254,
        help_text=_("We write to this address. The member can read the whole bid first."),
    )


class SignForm(PlainForm):
    """The signature."""

    name = _line(_("Your name, as it stands under the bid"), required=True)
    signed_on = _day(_("On which day did the board agree?"))
    how = _line(
        _("How did it agree?"),
        most=300,
        hint=_("For example: at its meeting, or by the chair between meetings."),
    )
    stands = forms.BooleanField(label=_("I have read the bid, and the board stands behind it."))


class FileForm(PlainForm):
    """A file for the bid."""

    file = readable_by(
        forms.FileField(
            label=_("Which file?"),
            help_text=_("PDF, a table (CSV) or a picture, at most 10 MB. Ten files at most."),
        ),
        _SEALED,
    )


class WithdrawBidForm(PlainForm):
    """Why a bid is withdrawn, if its authors like to say."""

    reason = _line(_("Why? Only you and the other authors read this."), most=300)
