"""The forms of a try-out itself: plan it, tie it, who takes part and gives, what happened, and how it ends."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from knotwork.actions.forms.boxes import (
    LONGEST,
    SAME_READERS,
    WHO_SEES_IT,
    box,
    day,
    line,
)
from knotwork.actions.models import Ending
from knotwork.actions.nouns import KeySetView
from knotwork.actions.services import TryOutWords
from knotwork.actions.services.words import FIXED
from knotwork.core.pages.forms import PlainForm, readable_by
from knotwork.core.strands.kinds import Bead
from knotwork.programmes.models import Place
from knotwork.programmes.written import WHO_READS, stage_field


class TryOutForm(PlainForm):
    """A try-out on one page. Only its name is needed now; three more boxes are, before it starts."""

    title = readable_by(line(_("What do you call it?"), required=True), WHO_READS)
    what = readable_by(
        box(_("What do you try?"), rows=2, hint=_("Small, with an end. Two sentences do.")), SAME_READERS
    )
    signed = line(
        _("Who leads it?"),
        most=120,
        hint=_("A part or an organisation, not a name. For example: a scheduler and the chair of the Forum."),
    )
    expects = readable_by(
        box(
            _("What do you expect?"),
            rows=2,
            hint=_(
                "Something that can be counted. For example: at least 8 more trips for every 1,000 passes."
            ),
        ),
        SAME_READERS,
    )
    how_seen = readable_by(
        box(_("How would you see it?"), rows=2, hint=_("Who counts what, and where.")), SAME_READERS
    )
    by_when = day(_("By when?"))
    stop_rule = readable_by(
        box(
            _("When would you stop?"),
            rows=2,
            hint=_("For example: fewer than 8 riders a trip after 12 weeks."),
        ),
        SAME_READERS,
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


class HappenedForm(PlainForm):
    """What happened, beside what was expected."""

    happened = readable_by(
        box(
            _("What happened so far?"),
            rows=5,
            hint=_("Also what did not work. What you expected stands beside it."),
        ),
        WHO_SEES_IT,
    )


class StopForm(HappenedForm):
    """Why it stops."""

    why = readable_by(
        box(_("Why do you stop?"), required=True, hint=_("This is what other places learn most from.")),
        WHO_SEES_IT,
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
    why = readable_by(box(_("Why?"), required=True), WHO_SEES_IT)
    field_order = ("ending", "why", "happened")


class AroundForm(PlainForm):
    """What must change around it: one box for each key, all may stay empty."""

    def __init__(self, *args: Any, key_sets: Sequence[KeySetView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in (key for each in key_sets for key in each.keys):
            self.fields[key.code] = readable_by(box(key.title, rows=2, hint=key.question), WHO_SEES_IT)
            self.initial[key.code] = key.words
