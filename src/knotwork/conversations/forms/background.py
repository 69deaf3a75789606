"""What a host types to choose which questions people are asked about themselves."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotwork.conversations.age_bands import ADULTS, EVERYBODY, AgeBand
from knotwork.conversations.models import BackgroundKind
from knotwork.conversations.services.background import FEWEST_CHOICES, MOST_CHOICES, Choice, Question
from knotwork.conversations.services.wording import tidy
from knotwork.core.pages.forms import PlainForm
from knotwork.programmes.queries import PlacePopulation

NOT_ASKED, OWN, FROM_15, ALL_AGES, AREAS, PARTS = "", "own", "from_15", "all_ages", "areas", "parts"
_NOT, _LISTED = (NOT_ASKED, gettext_lazy("Do not ask")), (OWN, gettext_lazy("With my own list, below"))
_AGE = [
    _NOT,
    (FROM_15, gettext_lazy("In bands, people from 15 on compared with the population")),
    (ALL_AGES, gettext_lazy("In bands, children compared too")),
    _LISTED,
]
_AREA = [_NOT, (AREAS, gettext_lazy("The areas of the place")), _LISTED]
_ROLE = [
    _NOT,
    (PARTS, gettext_lazy("The names whose answers are shown apart; people are asked for it already")),
    _LISTED,
]
LONGEST_CHOICE = 80
_YEARS = (1900, 2200)


def _which(label: Any, choices: Sequence[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, required=False)


def _own(hint: Any) -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Your own list"),
        help_text=hint,
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


def _source() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Where the numbers in your list come from"),
        help_text=gettext_lazy(
            "For example: the council's housing register. It is shown beside the figures."
        ),
        required=False,
        max_length=300,
    )


def _year() -> forms.IntegerField:
    words = gettext_lazy("Please write a year, such as 2026.")
    return forms.IntegerField(
        label=gettext_lazy("Of which year they are"),
        required=False,
        min_value=_YEARS[0],
        max_value=_YEARS[1],
        error_messages={"min_value": words, "max_value": words},
    )


class BackgroundForm(PlainForm):
    """Age, home and role: for each whether it is asked, and with which choices."""

    age = _which(gettext_lazy("Age"), _AGE)
    age_own = _own(
        gettext_lazy(
            "One choice on each line, and after a semicolon how many such people live here, if you know it. "
            "For example: Men aged 80 or over; 640"
        )
    )
    age_source, age_year = _source(), _year()
    area = _which(gettext_lazy("Where people live"), _AREA)
    area_own = _own(
        gettext_lazy(
            "One neighbourhood on each line, with its people if you know them. For example: Kettle Lane; 900"
        )
    )
    area_source, area_year = _source(), _year()
    role = _which(gettext_lazy("Who people are"), _ROLE)
    role_own = _own(gettext_lazy("One on each line. For example: I care for somebody at home; 3200"))
    role_source, role_year = _source(), _year()

    def __init__(
        self,
        *args: Any,
        population: PlacePopulation | None = None,
        named_parts: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._population = population
        self._named_parts = tuple(named_parts)
        if population is None or len(population.areas) < FEWEST_CHOICES:
            self._offer("area", [choice for choice in _AREA if choice[0] != AREAS])
        if not named_parts:
            self._offer("role", [choice for choice in _ROLE if choice[0] != PARTS])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for kind in BackgroundKind.values:
            if cleaned.get(kind) == OWN and f"{kind}_own" in cleaned:
                self._check_own(kind, cleaned)
        return cleaned

    def _check_own(self, kind: str, cleaned: dict[str, Any]) -> None:
        try:
            choices = tuple(_choice(line) for line in cleaned[f"{kind}_own"].splitlines() if line.strip())
            _check(choices)
        except forms.ValidationError as problem:
            self.add_error(f"{kind}_own", problem)
            return
        if any(choice.people is not None for choice in choices) and not cleaned.get(f"{kind}_source"):
            self.add_error(
                f"{kind}_source", _("Please say where the numbers come from. Everybody can read it.")
            )
        cleaned[f"{kind}_own"] = choices

    def questions(self) -> list[Question]:
        """What is to be asked, ready for the service."""
        made = {"age": self._age, "area": self._area, "role": self._role}
        return [
            made[kind](chosen) if chosen != OWN else self._of_own(kind)
            for kind in BackgroundKind.values
            if (chosen := self.cleaned_data[kind]) != NOT_ASKED
        ]

    def _of_own(self, kind: str) -> Question:
        given = self.cleaned_data
        has_figures = any(choice.people is not None for choice in given[f"{kind}_own"])
        return Question(
            BackgroundKind(kind),
            given[f"{kind}_own"],
            source=given[f"{kind}_source"] if has_figures else "",
            year=given[f"{kind}_year"] if has_figures else None,
        )

    def _age(self, chosen: str) -> Question:
        bands: Sequence[AgeBand] = EVERYBODY if chosen == ALL_AGES else ADULTS
        choices = tuple(Choice(band.in_words(), band.people_in(self._population)) for band in bands)
        return self._with_source(BackgroundKind.AGE, choices)

    def _area(self, _chosen: str) -> Question:
        assert self._population is not None  # else it cannot be chosen
        areas = [Choice(area.name, area.people) for area in self._population.areas]
        return self._with_source(BackgroundKind.AREA, (*areas, Choice(_("Somewhere else"))))

    def _role(self, _chosen: str) -> Question:
        choices = tuple(Choice(name) for name in self._named_parts)
        return Question(BackgroundKind.ROLE, choices, takes_named_parts=True)

    def _with_source(self, kind: BackgroundKind, choices: tuple[Choice, ...]) -> Question:
        known = self._population if any(choice.people is not None for choice in choices) else None
        return Question(
            kind, choices, source=known.source if known else "", year=known.year if known else None
        )


def _choice(line: str) -> Choice:
    """``Kettle Lane; 900`` or ``Kettle Lane``."""
    name, semicolon, typed = line.rpartition(";")
    if not semicolon:
        return Choice(_name(line))
    figure = "".join(typed.replace(",", "").split())
    if not (figure.isascii() and figure.isdigit() and len(figure) < 10):
        raise forms.ValidationError(
            _("After the semicolon we expected a number, but found: %(found)s")
            % {"found": tidy(typed) or _("nothing")}
        )
    return Choice(_name(name), int(figure))


def _name(typed: str) -> str:
    name = tidy(typed)
    if not name or len(name) > LONGEST_CHOICE:
        raise forms.ValidationError(
            _("Each line needs a name of at most %(most)d letters.") % {"most": LONGEST_CHOICE}
        )
    return name


def _check(choices: Sequence[Choice]) -> None:
    if not FEWEST_CHOICES <= len(choices) <= MOST_CHOICES:
        raise forms.ValidationError(
            _("Please write %(fewest)d to %(most)d choices, each on its own line.")
            % {"fewest": FEWEST_CHOICES, "most": MOST_CHOICES}
        )
    if len({choice.name.casefold() for choice in choices}) < len(choices):
        raise forms.ValidationError(_("Two of the choices are the same."))


def as_chosen(questions: Sequence[Question], population: PlacePopulation | None) -> dict[str, Any]:
    """What is asked now, to fill the form with."""
    filled: dict[str, Any] = {}
    for question in questions:
        kind = question.kind.value
        filled[kind] = _chosen(question, population)
        if filled[kind] == OWN:
            filled[f"{kind}_own"] = "\n".join(_line(choice) for choice in question.choices)
            filled[f"{kind}_source"], filled[f"{kind}_year"] = question.source, question.year
    return filled


def _line(choice: Choice) -> str:
    return choice.name if choice.people is None else f"{choice.name}; {choice.people}"


def _chosen(question: Question, population: PlacePopulation | None) -> str:
    names = [choice.name for choice in question.choices]
    if question.takes_named_parts:
        return PARTS
    if question.kind == BackgroundKind.AGE and names == [band.in_words() for band in ADULTS]:
        return ALL_AGES if question.choices[0].people is not None else FROM_15
    areas = [area.name for area in population.areas] if population else []
    is_by_area = question.kind == BackgroundKind.AREA and names[:-1] == areas
    return AREAS if is_by_area else OWN
