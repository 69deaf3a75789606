"""Who takes part, what each gives, what became of it, and what its organisation says."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knotwork.actions.forms.boxes import WHO_SEES_IT, amount, day, line, organisation
from knotwork.actions.models import PledgeState, Reply
from knotwork.actions.nouns import PledgeView
from knotwork.actions.services import PledgeWords
from knotwork.core.pages.forms import PlainForm, readable_by
from knotwork.programmes.models import LedgerKind

STILL_OPEN = "open"


class PartnerForm(PlainForm):
    """An organisation and what it does."""

    organisation = organisation(_("Which organisation?"))
    does = readable_by(line(_("What does it do here?"), most=300), WHO_SEES_IT)


class PledgeForm(PlainForm):
    """What somebody offers or pledges."""

    organisation = organisation(_("Who gives it?"))
    what = readable_by(
        line(
            _("What is it?"),
            required=True,
            most=300,
            hint=_("For example: somebody who counts the riders on two days a month."),
        ),
        WHO_SEES_IT,
    )
    kind = forms.ChoiceField(
        label=_("How is it given?"),
        choices=[(kind.value, kind.label) for kind in (LedgerKind.IN_KIND, LedgerKind.CASH)],
        initial=LedgerKind.IN_KIND.value,
        widget=forms.RadioSelect,
    )
    is_firm = forms.ChoiceField(
        label=_("Can you count on it?"),
        choices=[("offer", _("It is an offer")), ("pledge", _("It is a firm pledge"))],
        initial="offer",
        widget=forms.RadioSelect,
        help_text=_("A firm pledge with an amount goes on the ledger too, as not given yet."),
    )
    amount = amount(_("What is it worth in money?"))
    currency = forms.RegexField(
        r"^[A-Za-z]{3}$",
        label=_("Currency"),
        initial="GBP",
        error_messages={"invalid": _("A currency has three letters, such as GBP.")},
    )
    is_approximate = forms.BooleanField(label=_("This is about right, not exact"), required=False)
    due_on = day(
        _("By when should it come?"),
        hint=_("A week before, the people of the organisation are asked once how a firm pledge stands."),
    )

    def words(self) -> PledgeWords:
        """What was written, for the service."""
        return PledgeWords(**{name: self.cleaned_data[name] for name in PledgeWords.__dataclass_fields__})


class SettleForm(PlainForm):
    """What became of an offer or a pledge."""

    became = forms.ChoiceField(label=_("What became of it?"), widget=forms.RadioSelect)
    amount = amount(_("What is it worth in money?"), hint=_("With an amount it goes on the ledger too."))
    due_on = day(_("If it is still to come: by when?"))
    reason = readable_by(line(_("If it is taken back: why?"), most=300), WHO_SEES_IT)

    def __init__(self, *args: Any, pledge: PledgeView, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        firm = [(PledgeState.PLEDGED.value, _("It is a firm pledge now"))] if pledge.is_offer else []
        self.fields["became"].choices = [  # type: ignore[attr-defined]
            *firm,
            (STILL_OPEN, _("It is still to come")),
            (PledgeState.GIVEN.value, _("It was given")),
            (PledgeState.WITHDRAWN.value, _("It is taken back")),
        ]
        self.initial["due_on"] = pledge.due_on
        if pledge.amount or not pledge.is_offer:
            del self.fields["amount"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("became") == PledgeState.WITHDRAWN and not said.get("reason"):
            self.add_error("reason", _("Say in a few words why it is taken back."))
        return said


class AnswerForm(PlainForm):
    """How a pledge stands, by the organisation that made it."""

    reply = forms.ChoiceField(
        label=_("How does it stand?"),
        choices=[
            (Reply.DONE.value, _("Done: it has come")),
            (Reply.NOT_YET.value, _("Not yet")),
            (Reply.CANNOT.value, _("It cannot be")),
        ],
        widget=forms.RadioSelect,
    )
    words = readable_by(
        line(_("A few words"), most=300, hint=_("If it cannot be, please say why.")),
        _(
            "This stands on the page of the try-out, with the name of your organisation. Please name no person."
        ),
    )
    due_on = day(_("If not yet: by when?"))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("reply") == Reply.CANNOT and not said.get("words"):
            self.add_error("words", _("Say in a few words why it cannot be."))
        return said
