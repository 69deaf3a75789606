"""The forms of this room: few boxes, and who reads it is said at the box."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from knotwork.actions.models import Ending, PledgeState
from knotwork.actions.nouns import KeySetView, PledgeView
from knotwork.actions.services import PledgeWords, TryOutWords
from knotwork.actions.services.words import FIXED
from knotwork.core.pages.forms import PlainForm, readable_by
from knotwork.core.strands.kinds import Bead
from knotwork.programmes.models import LedgerKind, Place
from knotwork.programmes.written import WHO_READS, stage_field

LONGEST = 4000
_SAME_READERS = _("Read by those you choose below.")
_WHO_SEES_IT = _("Whoever may see this try-out can read this. Please name no person.")


def _line(label: Any, *, required: bool = False, most: int = 200, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=most, help_text=hint)


def _box(label: Any, *, required: bool = False, rows: int = 3, hint: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=LONGEST, widget=widget, help_text=hint)


def _organisation(label: Any, hint: Any = "") -> forms.CharField:
    """A name; the page lists the organisations that are known, so that one is not written in two ways."""
    widget = forms.TextInput(attrs={"list": "organisations", "autocomplete": "off"})
    return forms.CharField(label=label, max_length=200, widget=widget, help_text=hint)


class TryOutForm(PlainForm):
    """A try-out on one page. Only its name is needed now; three more boxes are, before it starts."""

    title = readable_by(_line(_("What do you call it?"), required=True), WHO_READS)
    what = readable_by(
        _box(_("What do you try?"), rows=2, hint=_("Small, with an end. Two sentences do.")), _SAME_READERS
    )
    signed = _line(
        _("Who leads it?"),
        most=120,
        hint=_("A part or an organisation, not a name. For example: a scheduler and the chair of the Forum."),
    )
    expects = readable_by(
        _box(
            _("What do you expect?"),
            rows=2,
            hint=_(
                "Something that can be counted. For example: at least 8 more trips for every 1,000 passes."
            ),
        ),
        _SAME_READERS,
    )
    how_seen = readable_by(
        _box(_("How would you see it?"), rows=2, hint=_("Who counts what, and where.")), _SAME_READERS
    )
    by_when = forms.DateField(
        label=_("By when?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    stop_rule = readable_by(
        _box(
            _("When would you stop?"),
            rows=2,
            hint=_("For example: fewer than 8 riders a trip after 12 weeks."),
        ),
        _SAME_READERS,
    )
    visibility = forms.ChoiceField()

    def __init__(self, *args: Any, place: Place | None, is_fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visibility"] = stage_field(place)
        for name in FIXED if is_fixed else ():
            del self.fields[name]

    def words(self, stands: TryOutWords) -> TryOutWords:
        """What was written, with what stands where nothing was asked."""
        said = {
            name: self.cleaned_data[name] for name in TryOutWords.__dataclass_fields__ if name in self.fields
        }
        return TryOutWords(**{**vars(stands), **said})


class LinksForm(PlainForm):
    """What a try-out grew out of, acts on and is measured by; a question with nothing to choose from is not asked."""

    statement = forms.ChoiceField(label=_("Which statement did it grow out of?"), required=False)
    factor = forms.ChoiceField(label=_("Which factor of the map does it act on?"), required=False)
    measure = forms.ChoiceField(label=_("Which measure would show it?"), required=False)

    def __init__(self, *args: Any, choices: Mapping[str, Sequence[Bead]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in ("statement", "factor", "measure"):
            if choices.get(kind):
                listed = [(str(bead.public_id), bead.title) for bead in choices[kind]]
                self.fields[kind].choices = [("", _("None of these")), *listed]  # type: ignore[attr-defined]
            else:
                del self.fields[kind]

    def chosen(self) -> dict[str, UUID]:
        """What was chosen, by its kind."""
        return {
            kind: UUID(value) for kind, value in self.cleaned_data.items() if kind in self.fields and value
        }


class NewTryOutForm(TryOutForm):
    """All of it at once: its words, and who takes part."""

    partners = forms.CharField(
        label=_("Which organisations take part?"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One on each line."),
    )

    def partner_names(self) -> list[str]:
        """The names, one for each line."""
        return [line.strip() for line in self.cleaned_data["partners"].splitlines() if line.strip()]


class PartnerForm(PlainForm):
    """An organisation and what it does."""

    organisation = _organisation(_("Which organisation?"))
    does = readable_by(_line(_("What does it do here?"), most=300), _WHO_SEES_IT)


class PledgeForm(PlainForm):
    """What somebody offers or pledges."""

    organisation = _organisation(_("Who gives it?"))
    what = readable_by(
        _line(
            _("What is it?"),
            required=True,
            most=300,
            hint=_("For example: somebody who counts the riders on two days a month."),
        ),
        _WHO_SEES_IT,
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
    amount = forms.DecimalField(
        label=_("What is it worth in money?"),
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    currency = forms.RegexField(
        r"^[A-Za-z]{3}$",
        label=_("Currency"),
        initial="GBP",
        error_messages={"invalid": _("A currency has three letters, such as GBP.")},
    )
    is_approximate = forms.BooleanField(label=_("This is about right, not exact"), required=False)

    def words(self) -> PledgeWords:
        """What was written, for the service."""
        return PledgeWords(**{name: self.cleaned_data[name] for name in PledgeWords.__dataclass_fields__})


class SettleForm(PlainForm):
    """What became of an offer or a pledge."""

    became = forms.ChoiceField(label=_("What became of it?"), widget=forms.RadioSelect)
    amount = forms.DecimalField(
        label=_("What is it worth in money?"),
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=_("With an amount it goes on the ledger too."),
    )
    reason = readable_by(_line(_("If it is taken back: why?"), most=300), _WHO_SEES_IT)

    def __init__(self, *args: Any, pledge: PledgeView, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        firm = [(PledgeState.PLEDGED.value, _("It is a firm pledge now"))] if pledge.is_offer else []
        self.fields["became"].choices = [  # type: ignore[attr-defined]
            *firm,
            (PledgeState.GIVEN.value, _("It was given")),
            (PledgeState.WITHDRAWN.value, _("It is taken back")),
        ]
        if pledge.amount or not pledge.is_offer:
            del self.fields["amount"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("became") == PledgeState.WITHDRAWN and not said.get("reason"):
            self.add_error("reason", _("Say in a few words why it is taken back."))
        return said


class HappenedForm(PlainForm):
    """What happened, beside what was expected."""

    happened = readable_by(
        _box(
            _("What happened so far?"),
            rows=5,
            hint=_("Also what did not work. What you expected stands beside it."),
        ),
        _WHO_SEES_IT,
    )


class StopForm(HappenedForm):
    """Why it stops."""

    why = readable_by(
        _box(_("Why do you stop?"), required=True, hint=_("This is what other places learn most from.")),
        _WHO_SEES_IT,
    )
    field_order = ("why", "happened")


class EndForm(HappenedForm):
    """What becomes of it."""

    ending = forms.ChoiceField(
        label=_("What becomes of it?"),
        choices=[
            (Ending.ADOPTED.value, _("It stays as it is")),
            (Ending.ADAPTED.value, _("It stays, changed")),
            (Ending.ABANDONED.value, _("It does not stay")),
        ],
        widget=forms.RadioSelect,
    )
    why = readable_by(_box(_("Why?"), required=True), _WHO_SEES_IT)
    field_order = ("ending", "why", "happened")


class AroundForm(PlainForm):
    """What must change around it: one box for each key, all may stay empty."""

    def __init__(self, *args: Any, key_sets: Sequence[KeySetView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in (key for each in key_sets for key in each.keys):
            self.fields[key.code] = readable_by(_box(key.title, rows=2, hint=key.question), _WHO_SEES_IT)
            self.initial[key.code] = key.words
