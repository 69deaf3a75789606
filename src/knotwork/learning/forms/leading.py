"""The forms of leading differently: a session, a knot, a perspective."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knotwork.core import clock
from knotwork.core.pages.forms import PlainForm, readable_by
from knotwork.core.strands.kinds import Bead, label_of
from knotwork.learning.forms.writing import box, line
from knotwork.learning.models import SessionMethod
from knotwork.learning.queries import RoundView, SessionView
from knotwork.learning.queries.ties import End
from knotwork.learning.services import PerspectiveWords, RoundWords, SessionWords
from knotwork.learning.services.sessions import LONGEST_MINUTES, SHORTEST
from knotwork.programmes.models import Role, Stage

_WHEN = {"type": "datetime-local", "step": "60"}
_TAKE_PART = (
    Role.PLACE_LEAD,
    Role.PLACE_MEMBER,
    Role.ENABLER,
    Role.FACILITATOR,
    Role.SPONSOR_BOARD_MEMBER,
    Role.ORGANISATION_MEMBER,
)
_SIGNED = _("Not your name. For example: a bus driver, a director of housing.")


def _moment(label: Any, hint: Any = "") -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        help_text=hint,
        widget=forms.DateTimeInput(attrs=_WHEN, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"],
        error_messages={
            "required": _("Please give a day and a time."),
            "invalid": _("Please give a day and a time, such as 2026-03-01T09:30."),
        },
    )


class _Signed(PlainForm):
    """Who may read it, and how the writer is named."""

    visibility = forms.ChoiceField()
    signed = forms.CharField(label=_("Who is speaking?"), required=False, max_length=120, help_text=_SIGNED)

    def __init__(self, *args: Any, stages: forms.ChoiceField, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visibility"] = stages


class SessionForm(_Signed):
    """Plan a session."""

    title = line(
        _("What is the session about?"),
        required=True,
        hint=_("For example: who speaks for men over 80?"),
    )
    method = forms.ChoiceField(
        label=_("How will you run it?"),
        choices=SessionMethod.choices,
        widget=forms.RadioSelect,
        help_text=_("Each has a short guide for an hour. You see it when the session is planned."),
    )
    begins_at = _moment(_("When does it begin?"))
    minutes = forms.IntegerField(
        label=_("How many minutes?"),
        min_value=SHORTEST,
        max_value=LONGEST_MINUTES,
        initial=60,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    aim = box(_("What is it for?"), hint=_("What should be different when you leave the room?"))
    steps = box(
        _("The steps"),
        rows=6,
        hint=_("One on each line: minutes, then what you do. For example: 10 Everybody writes alone"),
    )
    roles = forms.MultipleChoiceField(
        label=_("Who takes part?"),
        required=False,
        choices=[(role.value, role.label) for role in _TAKE_PART],
        widget=forms.CheckboxSelectMultiple,
    )
    others = line(
        _("Who else, in a few words?"),
        most=300,
        hint=_("No names of people who did not say yes. For example: two drivers, the bowls club."),
    )
    field_order = (
        "title", "method", "begins_at", "minutes", "aim", "steps", "roles", "others", "visibility", "signed",
    )  # fmt: skip

    def clean_steps(self) -> list[tuple[int, str]]:
        """Each line begins with its minutes."""
        steps = []
        for number, text in enumerate(self.cleaned_data["steps"].splitlines(), start=1):
            if not text.strip():
                continue
            minutes, _space, words = text.strip().partition(" ")
            if (
                not minutes.isascii()
                or not minutes.isdigit()
                or not words.strip()
                or int(minutes) > LONGEST_MINUTES
            ):
                raise forms.ValidationError(
                    _(
                        "Line %(line)d: found “%(found)s”, expected minutes and words, such as 10 Everybody writes."
                    ),
                    params={"line": number, "found": text.strip()[:60]},
                )
            steps.append((int(minutes), words.strip()))
        return steps

    def words(self, language: str) -> SessionWords:
        """The plan, for the service."""
        return SessionWords(**self.cleaned_data, language=language)


def stands_in_session(session: SessionView) -> dict[str, Any]:
    """What stands in the boxes, for changing a plan."""
    return {
        "title": session.title,
        "method": session.method,
        "begins_at": session.begins_at,
        "minutes": session.minutes,
        "aim": session.aim,
        "steps": "\n".join(f"{step.minutes} {step.words}" for step in session.steps),
        "roles": list(session.roles),
        "others": session.others,
        "visibility": session.stage,
        "signed": session.signed,
    }


class OutcomeForm(PlainForm):
    """What came out, in words and as things that came of it."""

    outcomes = forms.MultipleChoiceField(
        label=_("Did one of these come of it?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, beads: Sequence[Bead] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ends = {f"{bead.kind}:{bead.public_id}": (bead.kind, bead.public_id) for bead in beads}
        if not beads:
            del self.fields["outcomes"]
            return
        self.fields["outcomes"].choices = [  # type: ignore[attr-defined]
            (f"{bead.kind}:{bead.public_id}", f"{label_of(bead.kind)}: {bead.title}") for bead in beads
        ]

    def tied(self) -> list[End]:
        """The things that came of it."""
        return [self._ends[value] for value in self.cleaned_data.get("outcomes", [])]


class HeldForm(OutcomeForm):
    """What came out of a session."""

    came_out = box(
        _("What came out?"),
        required=True,
        rows=5,
        hint=_(
            "Also if it was little. For example: we do not know yet whom to ask, but we know where they sit."
        ),
    )
    field_order = ("came_out", "outcomes")


class CallOffForm(PlainForm):
    """Why a session does not take place."""

    why = box(_("Why is it called off?"), required=True)


class RoundForm(_Signed):
    """Post a knot."""

    title = line(
        _("What are you stuck with, as a question?"),
        required=True,
        most=200,
        hint=_("For example: who speaks for men over 80?"),
    )
    text = box(_("What have you tried, and what do you know?"), rows=5)
    opens_at = _moment(_("From when can others answer?"))
    closes_at = _moment(
        _("Until when?"),
        _("A week or two is good. At this time it is too late, and you read what was given."),
    )
    field_order = ("title", "text", "opens_at", "closes_at", "visibility", "signed")

    def __init__(self, *args: Any, initial: dict[str, Any] | None = None, **kwargs: Any) -> None:
        given = {"opens_at": clock.now(), "closes_at": clock.now() + timedelta(days=14)} | (initial or {})
        super().__init__(*args, initial=given, **kwargs)

    def words(self, language: str) -> RoundWords:
        """The knot, for the service."""
        return RoundWords(**self.cleaned_data, language=language)


def stands_in_round(consulting: RoundView) -> dict[str, Any]:
    """What stands in the boxes, for changing a knot."""
    names = ("title", "text", "opens_at", "closes_at", "signed")
    return {name: getattr(consulting, name) for name in names} | {"visibility": consulting.stage}


class PerspectiveForm(_Signed):
    """How somebody sees the knot."""

    text = box(
        _("How do you see it?"),
        required=True,
        rows=6,
        hint=_(
            "What do you notice? What would you ask? What did you try yourself? It cannot be changed afterwards."
        ),
    )
    field_order = ("text", "visibility", "signed")

    def words(self, language: str) -> PerspectiveWords:
        """The perspective, for the service."""
        return PerspectiveWords(**self.cleaned_data, language=language)


class TakeForm(OutcomeForm):
    """What the place takes."""

    takes = box(
        _("What do you take from it?"),
        required=True,
        rows=5,
        hint=_("You may also say that you take nothing."),
    )
    why = box(_("Why?"), rows=3)
    field_order = ("takes", "why", "outcomes")


class ConfirmForm(PlainForm):
    """One button, for something that cannot be taken back."""


class ReflectionRoundForm(PlainForm):
    """Until when a team reflects."""

    closes_at = _moment(
        _("Until when?"),
        _("Two weeks are enough. Once closed it does not open again, so that nobody can be found out."),
    )

    def __init__(self, *args: Any, moments: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["moment"] = forms.ChoiceField(
            label=_("Which round?"), choices=moments, widget=forms.RadioSelect, initial=moments[0][0]
        )
        self.order_fields(("moment", "closes_at"))


def perspective_stages(*, is_sensitive: bool) -> forms.ChoiceField:
    """Who may read a perspective: at least the place that asked."""
    choices = [
        (Stage.PLACE.value, _("People of the place that asks")),
        (
            Stage.PROGRAMME.value,
            _("People of the programme: the other places, the team and the steering group"),
        ),
        (Stage.PUBLIC.value, _("Everybody")),
    ]
    return readable_by(
        forms.ChoiceField(
            label=_("Who may read this?"),
            choices=choices[:2] if is_sensitive else choices,
            initial=Stage.PROGRAMME.value,
            widget=forms.RadioSelect,
        ),
        _("While the round is open, only those who have given their own."),
    )


def round_stages(*, is_sensitive: bool, initial: str = Stage.PROGRAMME.value) -> forms.ChoiceField:
    """Who may read a knot: at least those who can answer it."""
    choices = [
        (
            Stage.PROGRAMME.value,
            _("People of the programme: the other places, the team and the steering group"),
        ),
        (Stage.PUBLIC.value, _("Everybody")),
    ]
    return forms.ChoiceField(
        label=_("Who may read this?"),
        choices=choices[:1] if is_sensitive else choices,
        initial=initial,
        widget=forms.RadioSelect,
    )
