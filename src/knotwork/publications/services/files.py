"""Files that go with a publication."""

from collections.abc import Sequence
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.uploads.kinds import kind_of
from knotwork.core.uploads.services import UploadRefused, store
from knotwork.programmes.services.made import refuse
from knotwork.publications.models import Publication, PublicationDocument

TAKEN = {"document", "photo", "picture", "table"}
ENDINGS = ".pdf, .csv, .jpg, .png"
LARGEST = 10_000_000


def add_files(row: Publication, files: Sequence[UploadedFile[bytes]], *, by: Viewer) -> int:
    """Keep files with a publication, inside its own transaction; how many."""
    for file in files:
        kind = kind_of(file.name or "")
        if kind is None or kind.name not in TAKEN:
            raise refuse(
                _("We cannot take the file %(name)s. A publication takes files that end in %(endings)s.")
                % {"name": file.name or "?", "endings": ENDINGS}
            )
        try:
            kept = store(file, by=by, largest=LARGEST)
        except UploadRefused as problem:
            raise refuse(str(problem)) from problem
        PublicationDocument.objects.create(
            publication=row, upload=kept.public_id, file_name=kept.file_name, size=kept.size
        )
    return len(files)


def withdraw_files(row: Publication, documents: Sequence[UUID]) -> int:
    """Take files out of sight; how many were there."""
    standing = row.documents.filter(public_id__in=list(documents), withdrawn_at__isnull=True)
    return standing.update(withdrawn_at=clock.now())
