"""What somebody fills in to bring a conversation in: its words, its licence, and up to four files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from knotwork.core.pages.forms import PlainForm, readable_by
from knotwork.core.uploads.kinds import MEGABYTE

LARGEST_IMPORT = 100 * MEGABYTE
READERS = _("Everybody who may see the programme can read this, beside the results.")
TABLES = (".csv", ".csv.gz")

FILES = {
    "comments": "comments.csv",
    "votes": "votes.csv",
    "participants_votes": "participants-votes.csv",
    "summary": "summary.csv",
}


class TableField(forms.FileField):
    """A table that somebody hands in: by its ending a CSV file, perhaps compressed."""

    widget = forms.ClearableFileInput(attrs={"accept": ".csv,.gz"})
    default_error_messages = {  # noqa: RUF012 - Django merges this over the classes
        "not_a_table": _("Choose a file that ends in .csv or .csv.gz. This one is called %(name)s."),
    }

    def clean(self, data: Any, initial: Any = None) -> Any:
        chosen = super().clean(data, initial)
        if isinstance(chosen, UploadedFile) and not (chosen.name or "").lower().endswith(TABLES):
            raise forms.ValidationError(
                self.error_messages["not_a_table"], code="not_a_table", params={"name": chosen.name}
            )
        return chosen


class ImportForm(PlainForm):
    """An export of Polis, or of a tool that writes the same files."""

    question = readable_by(
        forms.CharField(
            label=_("What was the question?"),
            max_length=300,
            help_text=_("As people were asked it. It becomes the title of the conversation here."),
        ),
        READERS,
    )
    attribution = readable_by(
        forms.CharField(
            label=_("Whom should we name?"),
            widget=forms.Textarea(attrs={"rows": 4}),
            max_length=2000,
            help_text=_("Who held the conversation, and the words that its licence asks for."),
        ),
        READERS,
    )
    source = forms.URLField(
        label=_("Where can people read more about it?"),
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text=_("An address that begins with https://"),
    )
    comments = TableField(
        label=_("The statements: comments.csv"),
        help_text=_("Statements that were rejected there are kept without their words, and are never shown."),
    )
    votes = TableField(
        label=_("The votes in time: votes.csv"),
        required=False,
        help_text=_("The better of the two kinds of votes, because it says when each vote was given."),
    )
    participants_votes = TableField(
        label=_("The votes in a grid: participants-votes.csv"),
        required=False,
        help_text=_("Needed only if there is no votes.csv."),
    )
    summary = TableField(label=_("The summary: summary.csv"), required=False)
    publishes_votes = forms.BooleanField(
        label=_("This is open data: anybody may download its votes row by row."),
        required=False,
        help_text=_("Leave this empty unless its licence says so. Without it only totals are public."),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "comments" in given and not (given.get("votes") or given.get("participants_votes") or self.errors):
            self.add_error("votes", _("Choose votes.csv, or participants-votes.csv below."))
        size = sum(given[name].size or 0 for name in FILES if given.get(name))
        if size > LARGEST_IMPORT:
            self.add_error(
                "comments",
                _(
                    "These files are %(size)s MB together. We take at most %(most)s MB. Compress them with gzip."
                )
                % {"size": size // MEGABYTE, "most": LARGEST_IMPORT // MEGABYTE},
            )
        return given

    def files_given(self) -> dict[str, UploadedFile[bytes]]:
        """The chosen files, by the name that they have in an export; a compressed one keeps its ending."""
        chosen = {}
        for field, name in FILES.items():
            if upload := self.cleaned_data.get(field):
                chosen[f"{name}.gz" if (upload.name or "").lower().endswith(".gz") else name] = upload
        return chosen
