"""What people type in this room: what a place looks at, what else may explain it, and that nothing fits."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knotwork.core.pages.forms import PlainForm, readable_by
from knotwork.measures.models import Improvement, Indicator, Polarity, Reading, Series
from knotwork.measures.points import DECILE
from knotwork.measures.querysets import indicators
from knotwork.measures.words import (
    IMPROVEMENT_OF,
    CauseWords,
    Choice,
    IndicatorWords,
    NewBeginning,
    NothingFitsWords,
)
from knotwork.methods.indicators.spc import SMALLEST_BASELINE
from knotwork.programmes.models import Place, Programme
from knotwork.programmes.written import WHO_READS, stage_field

ENGLAND = "E92000001"
EVERYBODY = _("Whoever can see the measure can read this. Please name no person.")


def _text(label: Any, help_text: Any = "", *, required: bool = False, rows: int = 3) -> forms.CharField:
    return readable_by(
        forms.CharField(
            label=label,
            help_text=help_text,
            required=required,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": rows}),
        ),
        EVERYBODY,
    )


def _day(label: Any, help_text: Any = "", *, required: bool = False) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, required=required, widget=widget)


class IndicatorChoiceForm(PlainForm):
    """The first step: which indicator, as far as this place may look at it."""

    indicator = forms.ChoiceField(label=_("Which indicator?"))

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = sorted(indicators().by_key(programme).values(), key=lambda row: (row.name, row.vintage))
        choices = [(row.key, f"{row.name} ({row.vintage})" if row.vintage else row.name) for row in rows]
        self.fields["indicator"].choices = choices  # type: ignore[attr-defined]


class ChoiceForm(PlainForm):
    """What a place looks at: which series, why, and what is said before looking."""

    series = forms.ChoiceField(label=_("Which area and which people?"))
    compare_area_code = forms.ChoiceField(label=_("Which area stands beside it?"), required=False)
    title = forms.CharField(
        label=_("What shall it be called here?"),
        required=False,
        max_length=200,
        help_text=_("Leave it empty and it bears the name of the indicator."),
    )
    why = _text(
        _("Why do you look at this?"), _("How it fits the issue, in a sentence or two."), required=True
    )
    sentence_before = _text(
        _("What do you expect?"), _("Say it before you look: how large a change, in which direction.")
    )
    expected_from = _day(_("From which day on?"))
    stop_rule = _text(_("When would you stop?"), rows=2)
    improvement = forms.ChoiceField(
        label=_("What would you call better?"), choices=Improvement.choices, widget=forms.RadioSelect
    )
    target = forms.FloatField(label=_("Is there a target?"), required=False)
    baseline = forms.IntegerField(
        label=_("From how many first points does the usual range come?"),
        required=False,
        min_value=SMALLEST_BASELINE,
        help_text=_("Leave it empty to use all points. At least 12, and chosen before you look."),
    )

    def __init__(
        self, *args: Any, place: Place, indicator: Indicator, choice: Choice | None = None, **kwargs: Any
    ) -> None:
        self.choice = choice
        self.indicator = indicator
        own = set(place.place_areas.values_list("area__code", flat=True))
        held = Series.objects.filter(indicator=indicator).order_by("area_name", "sex", "age")
        series = sorted(held, key=lambda one: one.area_code not in own)
        kwargs["initial"] = _first_choice(indicator, series) if choice is None else _initial(choice)
        super().__init__(*args, **kwargs)
        self.fields["series"].choices = _series_choices(series)  # type: ignore[attr-defined]
        areas = {one.area_code: one.area_name or one.area_code for one in series}
        beside = [("", str(_("None"))), *sorted(areas.items(), key=lambda pair: pair[1])]
        self.fields["compare_area_code"].choices = beside  # type: ignore[attr-defined]
        self.fields["visibility"] = stage_field(place)
        self.fields["signed"] = forms.CharField(
            label=_("Signed"),
            required=False,
            max_length=120,
            help_text=_("How you want to be named, such as “an analyst”. It may stay empty."),
        )

    def choice_made(self) -> Choice:
        """What was chosen; what the form does not ask for stays as it was."""
        given = dict(self.cleaned_data)
        area, sex, age, reading = given.pop("series").split("|")
        kept = self.choice or Choice(indicator_key=self.indicator.key, area_code=area, why="")
        held = {name: getattr(kept, name) for name in ("preset", "rebase", "order", "slug", "language")}
        held |= {name: getattr(kept, name) for name in ("chosen_on", "work_began", "work_ended")}
        return Choice(
            indicator_key=self.indicator.key,
            area_code=area,
            sex=sex,
            age=age,
            reading=reading,
            **given,
            **held,
        )


_ASKED = (
    "title", "why", "sentence_before", "expected_from", "stop_rule", "improvement", "target", "baseline", "visibility",
    "signed", "compare_area_code",
)  # fmt: skip


def _first_choice(indicator: Indicator, series: list[Series]) -> dict[str, Any]:
    """Where nothing is chosen yet: England beside it where England is held, and what is better in general."""
    has_england = any(one.area_code == ENGLAND for one in series)
    return {
        "compare_area_code": ENGLAND if has_england else "",
        "improvement": IMPROVEMENT_OF[Polarity(indicator.polarity)].value,
    }


def _initial(choice: Choice) -> dict[str, Any]:
    series = "|".join((choice.area_code, choice.sex, choice.age, choice.reading))
    return {name: getattr(choice, name) for name in _ASKED} | {"series": series}


def _series_choices(series: list[Series]) -> list[tuple[str, str]]:
    """One choice for each series, and one for each that is divided into tenths by deprivation."""
    found: dict[str, str] = {}
    for one in series:
        if one.category_type not in ("", DECILE):
            continue
        reading = Reading.BY_DECILE if one.category_type == DECILE else Reading.THROUGH_TIME
        words = [one.area_name or one.area_code, one.sex, one.age]
        if reading == Reading.BY_DECILE:
            words.append(str(Reading.BY_DECILE.label))
        key = "|".join((one.area_code, one.sex, one.age, reading.value))
        found[key] = ", ".join(word for word in words if word)
    return list(found.items())


class CauseForm(PlainForm):
    """What else may have moved a measure."""

    words = _text(
        _("What else may have moved it?"),
        _("Something that began or ended at about that time, or somebody else’s work."),
        required=True,
    )
    from_date = _day(_("Since when?"), _("Leave it empty if it has no day."))
    checked = _text(
        _("Has anybody looked into it?"), _("Who, and what they found. Leave it empty if nobody has."), rows=2
    )
    signed = forms.CharField(label=_("Signed"), required=False, max_length=120)

    def cause(self) -> CauseWords:
        """The cause as it was said."""
        return CauseWords(**self.cleaned_data)


class RebaseForm(PlainForm):
    """From when a chart begins anew."""

    from_date = _day(_("From which day does the chart begin anew?"), required=True)
    cause = readable_by(
        forms.CharField(
            label=_("What is known to be different since then?"),
            max_length=300,
            help_text=_("A change that you know of by itself, not one that you only see in the chart."),
        ),
        EVERYBODY,
    )
    signed = forms.CharField(
        label=_("Who says so?"), max_length=120, help_text=_("A name or a part, such as “the bus company”.")
    )

    def beginning(self) -> NewBeginning:
        """The new beginning as it was approved."""
        return NewBeginning(**self.cleaned_data)


class ReasonForm(PlainForm):
    """Why something is set aside or taken out of sight."""

    why = readable_by(forms.CharField(label=_("Why?"), max_length=300), EVERYBODY)


class NothingFitsForm(PlainForm):
    """Why none of the series that are held fits."""

    words = readable_by(
        forms.CharField(
            label=_("Why does nothing fit?"),
            widget=forms.Textarea(attrs={"rows": 4}),
            max_length=2000,
            help_text=_(
                "What would have to be counted, and why the figures that are there say something else."
            ),
        ),
        WHO_READS,
    )

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visibility"] = stage_field(place)
        self.fields["signed"] = forms.CharField(label=_("Signed"), required=False, max_length=120)

    def said(self) -> NothingFitsWords:
        """What was said."""
        return NothingFitsWords(**self.cleaned_data)


class IndicatorForm(PlainForm):
    """What an indicator is."""

    name = forms.CharField(label=_("Name"), max_length=300)
    definition = readable_by(
        forms.CharField(
            label=_("What exactly is counted, of whom?"),
            required=False,
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 4}),
        ),
        EVERYBODY,
    )
    unit = forms.CharField(label=_("Unit"), required=False, max_length=120)
    polarity = forms.ChoiceField(
        label=_("Which way is better?"), choices=Polarity.choices, widget=forms.RadioSelect
    )
    source = forms.CharField(label=_("Source"), max_length=300)
    source_url = forms.URLField(
        label=_("Address of the source"), required=False, max_length=300, assume_scheme="https"
    )
    licence = forms.CharField(label=_("Licence"), required=False, max_length=200)
    attribution = forms.CharField(
        label=_("Words that the licence asks for"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    vintage = forms.CharField(
        label=_("Edition"), required=False, max_length=120, help_text=_("When it was published.")
    )
    is_indirect = forms.BooleanField(
        label=_("Its values are held against the whole country of the same year."), required=False
    )

    def said_of(self, key: str) -> IndicatorWords:
        """What was said of the indicator with this key."""
        return IndicatorWords(key=key, **self.cleaned_data)
