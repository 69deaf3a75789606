"""The form of a publication on the editing pages. It reads and checks; saving is done by the room's services."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.rich_text import DraftailRichTextArea

from knotwork.core.accounts.viewer import Viewer, viewer_for
from knotwork.core.pages.forms import RELEASE_NOTE
from knotwork.programmes.models import Stage
from knotwork.programmes.written import stage_choices
from knotwork.publications import dates
from knotwork.publications.models import Publication
from knotwork.publications.queries import places_edited_by, programmes_edited_by
from knotwork.publications.services import PublicationWords
from knotwork.publications.services.files import ENDINGS
from knotwork.publications.services.publications import words_of

FEATURES = ["h3", "bold", "italic", "link", "ol", "ul", "blockquote"]


class ManyFilesInput(forms.ClearableFileInput):
    """A box that takes several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files, or none."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        return [super(ManyFilesField, self).clean(one, initial) for one in data or []]


class PublicationForm(WagtailAdminModelForm):
    """All that is said of a publication."""

    programme = forms.TypedChoiceField(label=_("In the library of which programme?"), coerce=int)
    place = forms.TypedChoiceField(
        label=_("About one place only?"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("It is then shown on the page of this place too."),
    )
    body = forms.CharField(
        label=_("Text"),
        required=False,
        help_text=_("Leave it empty where a teaser with a link to the whole is enough."),
    )
    teaser = forms.CharField(
        label=_("Teaser"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Two or three sentences, for lists and preview cards. Plain words, no formatting."),
    )
    written_by = forms.CharField(
        label=_("Written by"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One name on each line, in the order in which they stand under the text."),
    )
    signed = forms.CharField(
        label=_("Posted by"),
        required=False,
        max_length=120,
        help_text=_("Who puts it here, if somebody else than the authors: an organisation, or a part in it."),
    )
    published = forms.CharField(
        label=_("When it first came out"),
        required=False,
        max_length=10,
        help_text=_("A year, a month or a day: 2013, 2013-01 or 2013-01-15."),
    )
    source_url = forms.URLField(
        label=_("Link to the whole"), required=False, max_length=300, assume_scheme="https"
    )
    is_teaser_only = forms.BooleanField(label=_("Only the opening stands here"), required=False)
    topics = forms.CharField(
        label=_("Topics"),
        required=False,
        max_length=800,
        help_text=_("A few words with commas between them, so that alike texts find each other."),
    )
    files = ManyFilesField(
        label=_("Add documents"), required=False, help_text=_("Files that end in %s.") % ENDINGS
    )
    without = forms.MultipleChoiceField(
        label=_("Take these documents out"), required=False, widget=forms.CheckboxSelectMultiple
    )
    visibility = forms.ChoiceField(
        label=_("Who may read it?"),
        widget=forms.RadioSelect,
        initial=Stage.ME.value,
        help_text=RELEASE_NOTE,
    )

    class Meta:
        model = Publication
        fields = (
            "programme", "place", "title", "kind", "teaser", "body", "written_by", "signed", "published",
            "source_url", "is_teaser_only", "topics", "files", "without", "language", "visibility",
        )  # fmt: skip

    field_order = Meta.fields

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Made here and not above, since the editor asks for the hooks that bring this very form in.
        self.fields["body"].widget = DraftailRichTextArea(features=FEATURES, attrs={"id": "id_body"})
        viewer = viewer_for(self.for_user)
        self._offer_where(viewer)
        self.fields["visibility"].choices = [
            (code, words) for code, words in stage_choices(self.instance.place) if code != Stage.PLACE
        ]
        if self.instance.pk is None:
            del self.fields["without"]
        else:
            self._fill_in()

    def _offer_where(self, viewer: Viewer) -> None:
        self.fields["programme"].choices = programmes_edited_by(viewer)
        self._places = places_edited_by(viewer)
        self.fields["place"].choices = [
            ("", _("The whole programme")),
            *((place, name) for place, _of, name in self._places),
        ]

    def _fill_in(self) -> None:
        words = words_of(self.instance)
        self.initial |= {
            "programme": self.instance.programme_id,
            "place": words.place_id,
            "written_by": "\n".join(words.written_by),
            "topics": ", ".join(words.topics),
        }
        self.fields["programme"].disabled = True
        files = self.instance.documents.filter(withdrawn_at__isnull=True)
        self.fields["without"].choices = [(str(file.public_id), file.file_name) for file in files]
        if not self.fields["without"].choices:
            del self.fields["without"]

    def clean_published(self) -> str:
        try:
            return dates.good_date(self.cleaned_data["published"])
        except dates.NotADate as problem:
            raise forms.ValidationError(str(problem)) from problem

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        programme_of = {place: programme for place, programme, _name in self._places}
        place = said.get("place")
        if place and programme_of.get(place) != said.get("programme"):
            self.add_error("place", _("This place does not belong to that programme."))
        if said.get("is_teaser_only") and not said.get("source_url") and "source_url" not in self.errors:
            self.add_error("source_url", _("Please say where the whole can be read."))
        return said

    def _post_clean(self) -> None:
        """The services write the row, so nothing is put onto the instance here."""

    def words(self) -> PublicationWords:
        """What was said, for the services."""
        said = self.cleaned_data
        same = (
            "title",
            "kind",
            "teaser",
            "body",
            "signed",
            "published",
            "source_url",
            "language",
            "visibility",
        )
        return PublicationWords(
            written_by=tuple(said["written_by"].splitlines()),
            topics=tuple(said["topics"].split(",")),
            is_teaser_only=said["is_teaser_only"],
            place_id=said["place"],
            **{name: said[name] for name in same},
        )
