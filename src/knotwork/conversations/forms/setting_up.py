"""What a host types: the set-up of a conversation, and other words for its question."""

from typing import Any, cast

from django import forms
from django.conf.locale import LANG_INFO
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knotwork.conversations.models import Conversation, Moderation, ResultsShown
from knotwork.conversations.services import SetUp
from knotwork.conversations.services.conversations import FEWEST_PARTS, MOST_PARTS
from knotwork.conversations.services.refusals import NotFit
from knotwork.conversations.services.wording import MOST_CHARACTERS, fit_text, same_words, tidy
from knotwork.core.pages.forms import PlainForm, readable_by
from knotwork.programmes.models import Place, Stage

MOST_SEEDS = 500


LONGEST_PART = 60


def languages_by_name() -> list[tuple[str, str]]:
    """Each language under its own name, as its speakers look for it."""
    own_names = {code: about["name_local"] for code, about in LANG_INFO.items() if "name_local" in about}
    return sorted(own_names.items(), key=lambda named: named[1].casefold())


_WHEN = {"type": "datetime-local", "step": "60"}


def _moment(label: Any, hint: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        help_text=hint,
        required=False,
        error_messages={"invalid": gettext_lazy("Please give a day and a time, such as 2030-07-01 09:00.")},
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs=_WHEN, format="%Y-%m-%dT%H:%M"),
    )


def _between(fewest: int, most: int) -> dict[str, Any]:
    words = format_lazy(
        gettext_lazy("Please write a number from {fewest} to {most}."), fewest=fewest, most=most
    )
    return {"min_value": words, "max_value": words}


_USUAL = {"visibility": Stage.PUBLIC, "shows_results": ResultsShown.AFTER_ANSWERS, "flags_to_hide": "0"}


def _with_usual(typed: QueryDict) -> QueryDict:
    """What was sent, with the usual answer to a question that was not asked."""
    filled = typed.copy()
    for name, usual in _USUAL.items():
        filled.setdefault(name, str(usual))
    return filled


_WHO_FINDS_IT = [
    (Stage.PUBLIC, gettext_lazy("everybody")),
    (Stage.PROGRAMME, gettext_lazy("people with a role in the programme")),
    (Stage.PLACE, gettext_lazy("people with a role in the place")),
]


class SetUpForm(PlainForm):
    """A conversation on one page. Times are in the current zone: the view makes it the programme's."""

    question = forms.CharField(
        label=gettext_lazy("The question"),
        help_text=gettext_lazy(
            "One open question in plain words. For example: What would make later life less lonely here?"
        ),
        max_length=300,
        error_messages={"required": gettext_lazy("Please write the question.")},
    )
    introduction = readable_by(
        forms.CharField(
            label=gettext_lazy("Why you ask"),
            help_text=gettext_lazy(
                "Two or three sentences: why it matters, and what you will do with the answers."
            ),
            required=False,
            max_length=3_000,
            widget=forms.Textarea(attrs={"rows": 4}),
        ),
        gettext_lazy("Everybody who takes part can read it."),
    )
    seeds = readable_by(
        forms.CharField(
            label=gettext_lazy("Statements to begin with"),
            help_text=gettext_lazy(
                "One on each line, up to 200 characters. Ten to thirty work well: many views, one idea in each, "
                "so that everybody finds something to agree and something to disagree with."
            ),
            required=False,
            max_length=MOST_SEEDS * (MOST_CHARACTERS + 2),
            widget=forms.Textarea(attrs={"rows": 12}),
        ),
        gettext_lazy("Everybody who takes part can read it."),
    )
    place = forms.ModelChoiceField(
        label=gettext_lazy("Place"),
        queryset=Place.objects.none(),
        required=False,
        empty_label=gettext_lazy("The whole programme"),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the conversation"), choices=languages_by_name
    )
    opens_at = _moment(gettext_lazy("Opens"), gettext_lazy("Leave it empty to begin when you open it."))
    closes_at = _moment(gettext_lazy("Closes"), gettext_lazy("Leave it empty to close it yourself."))
    results_after = forms.IntegerField(
        label=gettext_lazy("Answers before the results"),
        help_text=gettext_lazy("How many answers somebody gives before they see what others think."),
        min_value=0,
        max_value=100,
        error_messages=_between(0, 100),
    )
    asked_at_most = forms.IntegerField(
        label=gettext_lazy("Statements for one person"),
        help_text=gettext_lazy("After so many we say thank you and stop asking."),
        min_value=1,
        max_value=500,
        error_messages=_between(1, 500),
    )
    takes_statements = forms.BooleanField(label=gettext_lazy("People can add statements"), required=False)
    moderation = forms.ChoiceField(
        label=gettext_lazy("New statements"), choices=Moderation.choices, widget=forms.RadioSelect
    )

    visibility = forms.ChoiceField(
        label=gettext_lazy("Who can find it"), choices=_WHO_FINDS_IT, widget=forms.RadioSelect
    )
    is_by_invitation = forms.BooleanField(
        label=gettext_lazy("By invitation: only people with a code can answer"),
        help_text=gettext_lazy("You make the codes when it is prepared. Each is for one person, once."),
        required=False,
    )
    shows_results = forms.ChoiceField(
        label=gettext_lazy("When people see the results"),
        choices=ResultsShown.choices,
        widget=forms.RadioSelect,
    )
    publishes_votes = forms.BooleanField(
        label=gettext_lazy("Publish single votes as open data, without names"),
        help_text=gettext_lazy(
            "You can choose this only before it opens, because people must know it when they answer. "
            "Answers are then not shown apart."
        ),
        required=False,
    )
    flags_to_hide = forms.IntegerField(
        label=gettext_lazy("People who must flag a statement before it waits for a moderator"),
        help_text=gettext_lazy(
            "Only for statements that are shown at once and that no moderator has seen. With nought, flags never "
            "take a statement out of sight; a moderator reads them all the same."
        ),
        min_value=0,
        max_value=50,
        error_messages=_between(0, 50),
    )
    safeguarding_lead = forms.CharField(
        label=gettext_lazy("Safeguarding lead"),
        help_text=gettext_lazy(
            "Who looks after people’s safety here. Needed where the issue is a sensitive one."
        ),
        required=False,
        max_length=120,
    )
    safeguarding_contact = forms.CharField(
        label=gettext_lazy("How to reach them"),
        help_text=gettext_lazy(
            "A phone number and the hours, or an address. Everybody who takes part reads it."
        ),
        required=False,
        max_length=200,
    )

    parts_question = forms.CharField(
        label=gettext_lazy("Which are you? Your question"),
        help_text=gettext_lazy("For example: Which are you? Leave it empty for just these words."),
        required=False,
        max_length=200,
    )
    parts = forms.CharField(
        label=gettext_lazy("Whose answers to show apart"),
        help_text=gettext_lazy(
            "Two to four names, one on each line, such as Leaders and Residents. Nobody has to choose. "
            "Leave it empty to ask nobody."
        ),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    groups_are_named = forms.BooleanField(
        label=gettext_lazy("Compare these parts as the groups of the results"),
        help_text=gettext_lazy(
            "Otherwise the groups are found by how people vote. People are told before they answer."
        ),
        required=False,
    )

    def __init__(self, *args: Any, places: Any = None, programme_wide: bool = True, **kwargs: Any) -> None:
        if args and args[0] is not None:
            args = (_with_usual(args[0]), *args[1:])
        super().__init__(*args, **kwargs)
        place = cast("forms.ModelChoiceField[Place]", self.fields["place"])
        place.queryset = Place.objects.none() if places is None else places
        place.required = not programme_wide
        if not programme_wide:
            place.empty_label = str(_("Choose a place"))

    def clean_seeds(self) -> tuple[str, ...]:
        """Each line is held to the same rules as what people add; the message says which line."""
        lines = [line for line in self.cleaned_data["seeds"].splitlines() if line.strip()]
        if len(lines) > MOST_SEEDS:
            raise forms.ValidationError(
                _("There are %(count)d lines. At most %(most)d are possible.")
                % {"count": len(lines), "most": MOST_SEEDS}
            )
        texts: dict[str, str] = {}
        for number, line in enumerate(lines, start=1):
            try:
                text = fit_text(line)
            except NotFit as refusal:
                raise forms.ValidationError(
                    _("Line %(number)d: %(problem)s") % {"number": number, "problem": refusal.reason}
                ) from refusal
            if same_words(text) in texts:
                raise forms.ValidationError(
                    _("Line %(number)d says the same as another line.") % {"number": number}
                )
            texts[same_words(text)] = text
        return tuple(texts.values())

    def clean_parts(self) -> tuple[str, ...]:
        """Each line is a part's name."""
        names = tuple(tidy(line) for line in self.cleaned_data["parts"].splitlines() if line.strip())
        if names and not FEWEST_PARTS <= len(names) <= MOST_PARTS:
            raise forms.ValidationError(
                _("Please write two to four names, each on its own line, or none at all.")
            )
        if any(len(name) > LONGEST_PART for name in names):
            raise forms.ValidationError(_("A name is too long. One or two words are enough."))
        if len({name.casefold() for name in names}) < len(names):
            raise forms.ValidationError(_("Two of the names are the same."))
        return names

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("It closes before it opens. Please choose a later time."))
        if cleaned.get("publishes_votes") and cleaned.get("parts"):
            self.add_error(
                "publishes_votes",
                _("Beside single votes, answers cannot be shown apart. Please choose one of the two."),
            )
        place = cleaned.get("place")
        if place is not None and place.is_sensitive:
            self._ask_for_safeguarding(cleaned)
        return cleaned

    def _ask_for_safeguarding(self, cleaned: dict[str, Any]) -> None:
        for name in ("safeguarding_lead", "safeguarding_contact"):
            if not cleaned.get(name):
                self.add_error(
                    name,
                    _("The issue of this place is a sensitive one, so people must be able to read this."),
                )

    def set_up(self) -> SetUp:
        """What was typed, ready for the service."""
        return SetUp(**self.cleaned_data)


_AS_IT_STANDS = (
    "groups_are_named",
    "visibility",
    "is_by_invitation",
    "shows_results",
    "publishes_votes",
    "flags_to_hide",
    "safeguarding_lead",
    "safeguarding_contact",
)


def as_typed(conversation: Conversation, seeds: tuple[str, ...]) -> dict[str, Any]:
    """A conversation as it stands, to fill the form with."""
    return {
        "question": conversation.question,
        "introduction": conversation.introduction,
        "seeds": "\n".join(seeds),
        "place": conversation.place_id,
        "language": conversation.language,
        "opens_at": conversation.opens_at,
        "closes_at": conversation.closes_at,
        "results_after": conversation.results_after,
        "asked_at_most": conversation.asked_at_most,
        "takes_statements": conversation.takes_statements,
        "moderation": conversation.moderation,
        "parts_question": conversation.parts_question,
        "parts": "\n".join(conversation.named_parts),
    } | {name: getattr(conversation, name) for name in _AS_IT_STANDS}


class RewordForm(PlainForm):
    """The same question in other words."""

    question = forms.CharField(
        label=gettext_lazy("The question from now on"),
        help_text=gettext_lazy("Ask the same thing. People's answers belong to the statements, and stay."),
        max_length=300,
        error_messages={"required": gettext_lazy("Please write the question.")},
    )
    reason = readable_by(
        forms.CharField(
            label=gettext_lazy("Why"),
            help_text=gettext_lazy("For example: People told us that they do not want to be called lonely."),
            max_length=300,
            error_messages={"required": gettext_lazy("Please say why.")},
        ),
        gettext_lazy("Everybody can read it, beside the wording until now."),
    )
