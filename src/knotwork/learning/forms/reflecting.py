"""The forms of reflecting: twelve lines of how often, and how many peers to ask."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from knotwork.core.pages.forms import PlainForm
from knotwork.learning.services.reflections import MOST_LINKS
from knotwork.learning.ways import HOW_OFTEN, WAYS, Way


class ReflectionForm(PlainForm):
    """How often, for each prompt; as one says it of oneself or, for a peer, of somebody else."""

    def __init__(
        self, *args: Any, of_a_peer: bool = False, stands: dict[str, int] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for way in WAYS:
            for prompt in way.prompts:
                self.fields[_name(prompt.key)] = forms.TypedChoiceField(
                    label=prompt.of_a_peer if of_a_peer else prompt.of_oneself,
                    choices=HOW_OFTEN,
                    coerce=int,
                    initial=(stands or {}).get(prompt.key),
                    widget=forms.RadioSelect,
                    error_messages={"required": _("Please answer every line. “I cannot say” is an answer.")},
                )

    def by_way(self) -> list[tuple[Way, list[BoundField]]]:
        """The lines under the way that they belong to."""
        return [(way, [self[_name(prompt.key)] for prompt in way.prompts]) for way in WAYS]

    def answers(self) -> dict[str, int]:
        """What was chosen, by the keys of the prompts."""
        return {prompt.key: self.cleaned_data[_name(prompt.key)] for way in WAYS for prompt in way.prompts}


def _name(key: str) -> str:
    return key.replace(".", "_")


class PeersForm(PlainForm):
    """How many peers to ask."""

    how_many = forms.IntegerField(
        label=_("How many people do you want to ask?"),
        min_value=1,
        max_value=MOST_LINKS,
        initial=5,
        help_text=_("Ask at least five: what they say is shown to you only if three or more have answered."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
