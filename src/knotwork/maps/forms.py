"""What people fill in to draw a map: small forms, one thing on each page."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from knotwork.core.pages.forms import PlainForm, readable_by
from knotwork.core.uploads.kinds import MEGABYTE
from knotwork.formats.maps import MapFile
from knotwork.maps.queries import FactorView, ListedMap
from knotwork.programmes.models import Place, Stage
from knotwork.programmes.written import WHO_READS, stage_field

LARGEST = 10 * MEGABYTE
ENDINGS = (".zip", ".mmp", ".json")
MAP_READERS = _("Whoever may see this map can read it. Please name no person.")


def _text(label: Any, *, most: int, required: bool = False, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=required, **more)


def _lines(label: Any, *, rows: int = 3, most: int = 4000, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, max_length=most, widget=widget, **more)


class MapForm(PlainForm):
    """What a map says of itself."""

    title = readable_by(_text(_("What is the map called?"), most=200, required=True), WHO_READS)
    question = readable_by(
        _text(
            _("Which question does it help with?"),
            most=300,
            help_text=_("For example: What makes later life lonely here?"),
        ),
        WHO_READS,
    )
    introduction = readable_by(_lines(_("How was it drawn, and by whom?")), WHO_READS)
    made_elsewhere = forms.BooleanField(label=_("It was drawn by others, somewhere else"), required=False)
    source = _text(_("Where does it come from?"), most=300, help_text=_("A report, a page, a workshop."))
    source_url = forms.URLField(
        label=_("Where can people read more?"), required=False, max_length=300, assume_scheme="https"
    )
    year = forms.IntegerField(
        label=_("From which year is it?"), required=False, min_value=1900, max_value=2200
    )
    attribution = _lines(_("Which words does its licence ask for?"), rows=2)
    signed = _text(
        _("How do you want to be named?"), most=120, help_text=_("For example: four tables at the library.")
    )

    def __init__(self, *args: Any, place: Place | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visibility"] = stage_field(place)


class NewMapForm(MapForm):
    """A new map, and for which place."""

    def __init__(self, *args: Any, places: Sequence[Place], is_for_programme: bool, **kwargs: Any) -> None:
        calm = [place for place in places if not place.is_sensitive]
        super().__init__(*args, place=next(iter([*calm, *places]), None), **kwargs)
        choices = [(str(place.pk), place.name) for place in places]
        if is_for_programme:
            choices = [("", str(_("The whole programme"))), *choices]
        self.fields["place"] = forms.TypedChoiceField(
            label=_("For which place is it?"),
            choices=choices,
            coerce=int,
            empty_value=None,
            required=not is_for_programme,
        )
        self.order_fields(["title", "question", "place"])
        self._sensitive = {place.pk for place in places if place.is_sensitive}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        stage, place = given.get("visibility"), given.get("place")
        if stage == Stage.PLACE and place is None and "place" not in self.errors:
            self.add_error("visibility", _("A map for the whole programme has no people of one place."))
        if stage == Stage.PUBLIC and place in self._sensitive:
            self.add_error(
                "visibility",
                _("The issue of this place is a sensitive one, so nothing about it is shown to everybody."),
            )
        return given


class MapFileField(forms.FileField):
    """A map that another tool wrote."""

    widget = forms.ClearableFileInput(attrs={"accept": ",".join(ENDINGS)})
    default_error_messages = {  # noqa: RUF012 - Django merges this over the classes
        "not_a_map": _("Choose a file that ends in .zip, .mmp or .json. This one is called %(name)s."),
        "too_large": _("This file is larger than %(most)s MB, which is the most we can take."),
    }

    def clean(self, data: Any, initial: Any = None) -> Any:
        chosen = super().clean(data, initial)
        if isinstance(chosen, UploadedFile):
            if not (chosen.name or "").lower().endswith(ENDINGS):
                raise forms.ValidationError(
                    self.error_messages["not_a_map"], code="not_a_map", params={"name": chosen.name}
                )
            if (chosen.size or 0) > LARGEST:
                raise forms.ValidationError(
                    self.error_messages["too_large"], code="too_large", params={"most": LARGEST // MEGABYTE}
                )
        return chosen


class FileForm(PlainForm):
    """A file with a map in it; ``map_file`` is that map, once it was read."""

    map_file: MapFile
    file = MapFileField(
        label=_("The file"),
        help_text=_(
            "A .zip with factors.csv and links.csv, a map of Mental Modeler (.mmp), or a map that was taken from "
            "Knotwork (.json)."
        ),
    )


class NewMapFromFileForm(FileForm, NewMapForm):
    """A new map that is in a file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["file", "title", "question", "place"])


class FactorForm(PlainForm):
    """One factor."""

    label = readable_by(
        _text(
            _("What can be more or less?"),
            most=120,
            required=True,
            help_text=_("A few words that people here would use, such as: getting home after four."),
        ),
        MAP_READERS,
    )
    note = readable_by(_lines(_("What is meant by it?")), MAP_READERS)


class PerspectiveForm(PlainForm):
    """One perspective."""

    name = readable_by(
        _text(
            _("Whose perspective is it?"),
            most=120,
            required=True,
            help_text=_("For example: the table by the window, or: bus drivers."),
        ),
        MAP_READERS,
    )
    people = forms.IntegerField(
        label=_("How many people drew it?"), min_value=1, max_value=100_000, initial=1
    )


class LinkForm(PlainForm):
    """One link of one perspective."""

    perspective = forms.ChoiceField(label=_("In which perspective?"))
    source = forms.ChoiceField(label=_("If there is more of this …"))
    sign = forms.TypedChoiceField(
        label=_("… then there will be"),
        choices=((1, _("more")), (-1, _("less"))),
        coerce=int,
        initial=1,
        widget=forms.RadioSelect,
    )
    target = forms.ChoiceField(label=_("… of this"))
    weight = forms.TypedChoiceField(
        label=_("How strongly?"),
        choices=(("", _("Not said")), (0.33, _("a little")), (0.67, _("clearly")), (1.0, _("strongly"))),
        coerce=float,
        empty_value=None,
        required=False,
    )
    evidence = readable_by(_lines(_("How do you know?")), MAP_READERS)

    def __init__(
        self,
        *args: Any,
        perspectives: Sequence[tuple[str, str]],
        factors: Sequence[FactorView],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(factor.public_id), factor.label) for factor in factors]
        self.fields["perspective"].choices = list(perspectives)  # type: ignore[attr-defined]
        for end in ("source", "target"):
            self.fields[end].choices = [("", _("Choose a factor")), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("source") and given.get("source") == given.get("target"):
            self.add_error("target", _("A link goes from one factor to another one."))
        return given


class LoopForm(PlainForm):
    """A name for a loop."""

    name = readable_by(
        _text(_("What do you call it?"), most=120, required=True, help_text=_("For example: Out and about.")),
        MAP_READERS,
    )


class ReasonForm(PlainForm):
    """Why something is taken back."""

    reason = _text(
        _("Why is it taken back?"),
        most=300,
        required=True,
        help_text=_("The reason stays in the record, for those who look after the map."),
    )


class ReferForm(PlainForm):
    """A map made elsewhere that a place looks at."""

    map = forms.TypedChoiceField(label=_("Which map?"), coerce=int)
    words = readable_by(
        _text(
            _("What is it to you, in a few words?"),
            most=200,
            required=True,
            help_text=_("For example: a national map, made elsewhere, 2007."),
        ),
        _("Whoever may see the place can read this."),
    )

    def __init__(self, *args: Any, maps: Sequence[ListedMap], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["map"].choices = [  # type: ignore[attr-defined]
            (one.id, f"{one.title} ({one.place or one.programme})") for one in maps
        ]
