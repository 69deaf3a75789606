"""The forms of what else could explain it, of a contribution claim and its check, of a turn, and of handing over."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from knotwork.actions.forms.boxes import WHO_SEES_IT, box, day, line
from knotwork.actions.models import ChangeState, Likelihood
from knotwork.actions.services import OtherCauseWords
from knotwork.core.pages.forms import PlainForm, readable_by
from knotwork.core.strands.kinds import Bead


class OtherCauseForm(PlainForm):
    """Something else that could explain it."""

    words = readable_by(
        box(
            _("What else could explain it?"),
            required=True,
            rows=2,
            hint=_("For example: fares were capped in the same month."),
        ),
        WHO_SEES_IT,
    )
    since = day(_("Since when?"))
    likelihood = forms.ChoiceField(
        label=_("How likely is it that this explains it?"),
        choices=[
            (Likelihood.UNLIKELY.value, _("Unlikely")),
            (Likelihood.POSSIBLE.value, _("Possible")),
            (Likelihood.LIKELY.value, _("Likely")),
        ],
        widget=forms.RadioSelect,
    )
    said_by = line(
        _("Who says so?"),
        required=True,
        most=120,
        hint=_("A part or an organisation, never somebody's name."),
    )
    measure = forms.ChoiceField(label=_("Which measure shows it?"), required=False)

    def __init__(self, *args: Any, measures: Sequence[Bead], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if measures:
            listed = [(str(bead.public_id), bead.title) for bead in measures]
            self.fields["measure"].choices = [("", _("None of these")), *listed]  # type: ignore[attr-defined]
        else:
            del self.fields["measure"]

    def said(self) -> OtherCauseWords:
        """What was written, for the service."""
        given = self.cleaned_data
        measure = given.get("measure")
        return OtherCauseWords(
            given["words"],
            given["likelihood"],
            given["said_by"],
            given["since"],
            UUID(measure) if measure else None,
        )


class ClaimForm(PlainForm):
    """What changed, and what part the try-out had in it."""

    what_changed = readable_by(
        box(_("What changed?"), required=True, hint=_("With its figures, and from when to when.")),
        WHO_SEES_IT,
    )
    our_part = readable_by(
        box(
            _("What was our part in it?"),
            required=True,
            hint=_("What helped, who helped, and what you do not know. A try-out is never alone in a place."),
        ),
        WHO_SEES_IT,
    )


class CheckClaimForm(PlainForm):
    """Somebody of another organisation confirms it."""

    looked_at = forms.BooleanField(
        label=_("I have looked at what else could explain it, and find this claim fair.")
    )
    name = readable_by(
        line(_("Your name, as it should stand there"), required=True, most=120),
        _("Whoever may see this try-out can read your name. It goes when your account is erased."),
    )
    organisation = forms.ChoiceField(label=_("For which organisation?"))
    says = readable_by(line(_("Anything to add?"), most=300), WHO_SEES_IT)

    def __init__(self, *args: Any, organisations: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [(name, name) for name in organisations]  # type: ignore[attr-defined]


class TurnForm(PlainForm):
    """How far something has come that must change."""

    state = forms.ChoiceField(
        label=_("How far is it?"),
        choices=[
            (ChangeState.NOT_YET.value, _("Not yet")),
            (ChangeState.MOVING.value, _("Moving")),
            (ChangeState.CHANGED.value, _("Changed")),
        ],
        widget=forms.RadioSelect,
    )
    on = day(_("On which day?"), required=True)
    words = readable_by(line(_("How do you see it?"), most=300), WHO_SEES_IT)


class HandOverForm(PlainForm):
    """To whom, and what she should know."""

    to = forms.ChoiceField(label=_("Who leads it from now on?"))
    note = readable_by(
        box(
            _("What comes next, and what should she know?"),
            required=True,
            rows=4,
            hint=_("Who was promised what, what is due, what you would do differently."),
        ),
        _("People of this place and the team can read this. Please name no person who did not agree to it."),
    )

    def __init__(self, *args: Any, people: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(str(public_id), words) for public_id, words in people]  # type: ignore[attr-defined]
