"""The forms of a programme's team: small, in plain words, one thing per page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knotwork.core.pages.forms import PlainForm, readable_by
from knotwork.programmes.models import LedgerKind, LedgerState, LedgerUnit, Part, Role, Stage
from knotwork.programmes.queries import EntryView

_SHOWN_TO = (
    (Stage.PROGRAMME.value, _("The people of the programme")),
    (Stage.PUBLIC.value, _("Everybody")),
)
_EVERYBODY_READS = _("Whoever may see the programme can read this.")
LARGEST_LEDGER_FILE = 10_000_000
_OTHER_THAN_THE_ENABLER = _("The two leads of a place come from different organisations.")


def _text(label: Any, *, required: bool = False, most: int = 200, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=most, **more)


def _lines(label: Any, *, rows: int = 4, most: int = 4000, **more: Any) -> forms.CharField:
    required = more.pop("required", False)
    widget = forms.Textarea(attrs={"rows": rows})
    field = forms.CharField(label=label, required=required, max_length=most, widget=widget, **more)
    return readable_by(field, _EVERYBODY_READS)


def _organisation(label: Any, *, required: bool = False, **more: Any) -> forms.CharField:
    """A name; the page lists the organisations that are known, so that one is not written in two ways."""
    widget = forms.TextInput(attrs={"list": "organisations", "autocomplete": "off"})
    return forms.CharField(label=label, required=required, max_length=200, widget=widget, **more)


class NewProgrammeForm(PlainForm):
    """Enough to begin; all else can be said later."""

    name = _text(_("What is the programme called?"), required=True)
    short_name = _text(_("A short name"), most=80, help_text=_("Used in lists and in its address."))
    summary = _lines(_("What is it, in two or three sentences?"))
    visibility = forms.ChoiceField(
        label=_("Who can see it?"),
        choices=_SHOWN_TO,
        initial=Stage.PROGRAMME.value,
        widget=forms.RadioSelect,
        help_text=_("You can begin among yourselves and show it to everybody later."),
    )


class ProgrammeWordsForm(NewProgrammeForm):
    """All that a programme says of itself."""

    slug = forms.SlugField(
        label=_("Address"),
        max_length=80,
        help_text=_(
            "The last part of the programme's address: small letters, digits and hyphens. "
            "The old address keeps working."
        ),
    )
    thesis = _lines(_("The thought behind it"))
    country = _text(_("Country"), most=80)
    began = forms.IntegerField(
        label=_("Year in which it began"), required=False, min_value=1800, max_value=2200
    )
    overseen_by = _lines(
        _("Who oversees it"), rows=2, help_text=_("For example a steering group, and who is in it.")
    )
    bid_sponsor = _lines(_("Who sponsors the bid of a place"), rows=2)
    sites_stated = forms.IntegerField(
        label=_("Number of places, as its sources state it"),
        required=False,
        min_value=0,
        max_value=30000,
        help_text=_("Only if it may differ from the number of places listed here. Then both are shown."),
    )
    mailbox = forms.EmailField(
        label=_("Mailbox of the team"),
        required=False,
        max_length=254,
        help_text=_("Letters from the page 'Contact the team' go there. It is never shown."),
    )
    attribution = _lines(
        _("Where its facts come from"), rows=3, help_text=_("Shown at the foot of its pages.")
    )

    field_order = ("name", "short_name", "slug", "summary", "thesis")


class AimsForm(PlainForm):
    """All aims at once, one per line."""

    aims = _lines(_("The aims, one on each line"), rows=8)


class FactForm(PlainForm):
    """Something known, with its source."""

    text = _lines(_("What is known?"), required=True)
    source = _text(
        _("Who says so?"),
        required=True,
        most=300,
        help_text=_("A report, a page, a paper. No fact without its source."),
    )
    place = forms.TypedChoiceField(
        label=_("About which place?"), required=False, coerce=int, empty_value=None
    )


class PartnerForm(PlainForm):
    """An organisation and its part."""

    organisation = _organisation(_("Which organisation?"), required=True)
    part = forms.ChoiceField(
        label=_("What is its part?"),
        choices=Part.choices,
        initial=Part.PARTNER.value,
        widget=forms.RadioSelect,
    )
    place = forms.TypedChoiceField(
        label=_("In one place only?"), required=False, coerce=int, empty_value=None
    )
    note = _text(_("A note"), most=300, help_text=_("For example: closed in 2021."))


class PlaceForm(PlainForm):
    """A place with its issue."""

    name = _text(_("What is the place called?"), required=True, most=120)
    slug = forms.SlugField(label=_("Address"), max_length=80, help_text=_("The old address keeps working."))
    issue = readable_by(
        _lines(
            _("What is its knotty issue?"),
            help_text=_("In plain words, as somebody who lives there would say it."),
        ),
        _EVERYBODY_READS,
    )
    themes = _text(
        _("Themes"),
        most=400,
        help_text=_(
            "A few words with commas between them, so that places with alike issues find each other."
        ),
    )
    areas = _lines(
        _("Which council areas is it made of?"),
        rows=3,
        help_text=_("The name or the official code of each, one on each line. The map is drawn from them."),
    )
    sponsor = _organisation(_("Who sponsors it?"), help_text=_("For example its Health and Wellbeing Board."))
    visibility = forms.ChoiceField(
        label=_("Who can see it?"), choices=_SHOWN_TO, initial=Stage.PROGRAMME.value, widget=forms.RadioSelect
    )
    is_sensitive = forms.BooleanField(
        label=_("Its issue is a sensitive one"),
        required=False,
        help_text=_("Then its page shows where to find help, and nobody is asked to write there."),
    )
    help_text = _lines(_("Where to find help"), rows=3, help_text=_("Needed for a sensitive issue."))
    help_url = forms.URLField(
        label=_("A page where help is found"),
        required=False,
        assume_scheme="https",
        help_text=_("Needed for a sensitive issue."),
    )

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        if words.get("is_sensitive"):
            for name in ("help_text", "help_url"):
                if not words.get(name) and name not in self.errors:
                    self.add_error(name, _("A place with a sensitive issue says where to find help."))
        return words


class InviteForm(PlainForm):
    """Somebody's address; used by leads for members of their own place."""

    email = forms.EmailField(
        label=_("Email address"),
        max_length=254,
        help_text=_("We write to this address how to sign in. There is no password."),
    )
    organisation = _organisation(_("From which organisation?"))


class MemberForm(InviteForm):
    """Somebody's address and a role."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    place = forms.TypedChoiceField(
        label=_("For which place?"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Leave it empty for a role in the whole programme."),
    )

    field_order = ("email", "role", "place", "organisation")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].help_text = _OTHER_THAN_THE_ENABLER


class EntryForm(PlainForm):
    """One thing that a partner gives."""

    what = _text(
        _("What is given?"),
        required=True,
        most=300,
        help_text=_("For example: 60 days of an enabler's time."),
    )
    kind = forms.ChoiceField(
        label=_("How is it given?"),
        choices=LedgerKind.choices,
        initial=LedgerKind.IN_KIND.value,
        widget=forms.RadioSelect,
    )
    state = forms.ChoiceField(
        label=_("How far is it?"),
        choices=LedgerState.choices,
        initial=LedgerState.RECEIVED.value,
        widget=forms.RadioSelect,
        help_text=_("What is pledged or agreed is a promise, and is counted apart."),
    )
    quantity = forms.DecimalField(
        label=_("How many?"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=_(
            "For help in kind with a declared rate: 60 days at 500 each. Else leave these three empty."
        ),
    )
    unit = forms.ChoiceField(label=_("Of what?"), required=False, choices=[("", "-"), *LedgerUnit.choices])
    rate = forms.DecimalField(
        label=_("At which rate?"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    amount = forms.DecimalField(
        label=_("What is it worth in money?"),
        required=False,
        help_text=_("Leave it empty if you said how many at which rate."),
        min_value=0,
        max_digits=14,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    currency = forms.RegexField(
        r"^[A-Za-z]{3}$",
        label=_("Currency"),
        initial="GBP",
        help_text=_("Three letters, such as GBP or EUR."),
        error_messages={"invalid": _("A currency has three letters, such as GBP.")},
    )
    is_approximate = forms.BooleanField(label=_("This is about right, not exact"), required=False)
    contributor = _organisation(_("Who gives it?"), help_text=_("Leave it empty if nobody says."))
    place = forms.TypedChoiceField(
        label=_("To one place only?"), required=False, coerce=int, empty_value=None
    )
    source = _text(_("Where is this written?"), most=300)

    def clean(self) -> dict[str, Any]:
        """The amount, or how many at which rate; the ledger checks that they agree."""
        words = super().clean() or {}
        quantity, rate = words.get("quantity"), words.get("rate")
        if words.get("amount") is None and "amount" not in self.errors:
            if quantity is not None and rate is not None:
                words["amount"] = quantity * rate
            else:
                self.add_error("amount", _("Please fill this in."))
        return words


class MoveForm(PlainForm):
    """To which later state an entry moves, and how much of it."""

    state = forms.ChoiceField(label=_("How far is it now?"), widget=forms.RadioSelect)
    part = forms.DecimalField(
        label=_("Only a part of it?"),
        required=False,
        max_digits=14,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )

    def __init__(self, *args: Any, entry: EntryView, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        order = LedgerState.values
        later = order[order.index(entry.state) + 1 :]
        state, part = self.fields["state"], self.fields["part"]
        state.choices = [pair for pair in LedgerState.choices if pair[0] in later]  # type: ignore[attr-defined]
        part.help_text = _("How much money. Leave it empty for all of it.")
        if entry.quantity is not None:
            part.help_text = _("How many %(unit)s. Leave it empty for all of it.") % {
                "unit": LedgerUnit(entry.unit).label
            }


class LedgerFileForm(PlainForm):
    """A table of entries."""

    file = readable_by(
        forms.FileField(
            label=_("The file"),
            widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
            help_text=_("A workbook (.xlsx) of at most 10 MB."),
        ),
        _EVERYBODY_READS,
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not str(file.name).lower().endswith(".xlsx"):
            raise forms.ValidationError(_("Please choose a workbook whose name ends in .xlsx."))
        if file.size > LARGEST_LEDGER_FILE:
            raise forms.ValidationError(_("This file is larger than 10 MB, which is the most we can take."))
        return file


class WithdrawForm(PlainForm):
    """Why an entry is taken out."""

    reason = _text(
        _("Why is it taken out?"),
        required=True,
        most=300,
        help_text=_("The reason stays in the record, for the team."),
    )


def with_places(form: PlainForm, places: list[tuple[int, str]]) -> PlainForm:
    """The form with these places to choose from, and 'the whole programme' first."""
    form.fields["place"].choices = [("", _("The whole programme")), *places]  # type: ignore[attr-defined]
    return form
