"""What somebody fills in to bring figures in: a file, and what she knows of it."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from knotwork.core.pages.forms import PlainForm, readable_by
from knotwork.core.uploads.kinds import MEGABYTE
from knotwork.measures.imports import About
from knotwork.measures.models import Polarity

LARGEST = 100 * MEGABYTE
ENDINGS = (".csv", ".csv.gz", ".parquet")
READERS = _("Everybody who may see the programme can see these figures, with their source.")


class SeriesFileForm(PlainForm):
    """A file of series, and where it comes from."""

    file = readable_by(
        forms.FileField(
            label=_("The file"),
            widget=forms.ClearableFileInput(attrs={"accept": ".csv,.gz,.parquet"}),
            help_text=_(
                "A download from Fingertips as it is, or a table with one row for each figure: area_code, indicator, "
                "period, value, and if you have them sex, age, lower_ci, upper_ci, count and denominator."
            ),
        ),
        READERS,
    )
    source = forms.CharField(
        label=_("Where does it come from?"), max_length=300, help_text=_("Such as: OHID, Fingertips.")
    )
    source_url = forms.URLField(
        label=_("At which address?"), required=False, max_length=300, assume_scheme="https"
    )
    licence = forms.CharField(
        label=_("Under which licence?"), max_length=200, initial="Open Government Licence v3.0"
    )
    attribution = forms.CharField(
        label=_("Words that the licence asks for"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    vintage = forms.CharField(
        label=_("Which edition is it?"),
        required=False,
        max_length=120,
        help_text=_(
            "Such as: downloaded in May 2026. The same edition again replaces what differs; another edition stands "
            "beside it, because revised figures must not be strung together."
        ),
    )
    unit = forms.CharField(
        label=_("What is the unit?"), required=False, max_length=120, help_text=_("Such as % or years.")
    )
    polarity = forms.ChoiceField(
        label=_("Which way is better?"),
        choices=Polarity.choices,
        initial=Polarity.DEPENDS,
        widget=forms.RadioSelect,
    )

    def clean_file(self) -> UploadedFile[bytes]:
        chosen: UploadedFile[bytes] = self.cleaned_data["file"]
        if not (chosen.name or "").lower().endswith(ENDINGS):
            raise forms.ValidationError(
                _("Choose a file that ends in .csv, .csv.gz or .parquet. This one is called %(name)s.")
                % {"name": chosen.name}
            )
        if (chosen.size or 0) > LARGEST:
            raise forms.ValidationError(
                _("This file is larger than %(most)d MB, the most we can take.")
                % {"most": LARGEST // MEGABYTE}
            )
        return chosen

    def about(self) -> About:
        """What its bringer says of the file."""
        given: dict[str, Any] = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        return About(**given)
