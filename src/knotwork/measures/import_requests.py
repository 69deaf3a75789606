"""A file that somebody handed in: stored, read, looked at, then written at once or left alone.

Small files are read while their bringer waits; larger ones in the background. A refusal leaves nothing but its reason.
The preview says what would change at the time of reading; writing asks again, so that it is true whatever happened
meanwhile. The stored file goes when the import has ended.
"""

from __future__ import annotations

import logging
from dataclasses import asdict
from datetime import timedelta
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.core import clock
from knotwork.core.accounts.models import Person
from knotwork.core.accounts.viewer import Viewer, viewer_for
from knotwork.core.events.services import record
from knotwork.core.rules import Refused, require
from knotwork.core.uploads.models import Upload
from knotwork.core.uploads.services import open_stored, path_of, store
from knotwork.formats.problems import InputProblem
from knotwork.formats.series import SeriesFile
from knotwork.measures import rules
from knotwork.measures.imports import About, parts_of, preview_of, read_file, write_parts
from knotwork.measures.models import SeriesImport, SeriesImportState
from knotwork.programmes.models import Programme
from knotwork.programmes.services.made import refuse

logger = logging.getLogger("knotwork.measures")

READ_AT_ONCE = 2_000_000
GIVEN_UP_AFTER = timedelta(hours=1)
FORGOTTEN_AFTER = timedelta(days=2)

_UNDER_WAY = (SeriesImportState.WAITING, SeriesImportState.WRITING)


def ask_for_import(
    programme: Programme, about: About, file: UploadedFile[bytes], *, by: Viewer
) -> SeriesImport:
    """Store a file and read it: now if it is small, else in the background. Nothing is written."""
    from knotwork.measures.tasks import read_series_import

    require(rules.can_import(by, programme.pk))
    kept = None
    try:
        with transaction.atomic():
            kept = store(file, by=by)
            row = SeriesImport.objects.create(
                programme=programme,
                file_name=kept.file_name,
                upload=kept.public_id,
                about=asdict(about),
                by=by.public_id,
            )
            _record("series_import.asked", row, by)
            if kept.size > READ_AT_ONCE:
                read_series_import.enqueue(row.pk)
    except Exception:
        if kept is not None:
            _remove_bytes(kept.sha256)
        raise
    if kept.size <= READ_AT_ONCE:
        read_import(row.pk)
        row.refresh_from_db()
    return row


def read_import(import_id: int) -> None:
    """Read one waiting file and keep how it is read. Whatever is wrong is said in words."""
    row = SeriesImport.objects.select_related("programme").get(pk=import_id)
    if row.state != SeriesImportState.WAITING:
        return
    try:
        file = _file_of(row)
        preview = preview_of(file, parts_of(file, About(**row.about), row.programme))
    except (InputProblem, Refused) as problem:
        _end(row, SeriesImportState.REFUSED, str(problem))
    except Exception:
        logger.exception("The import %s failed.", row.public_id)
        _end(row, SeriesImportState.REFUSED, _went_wrong())
    else:
        row.preview, row.state = preview, SeriesImportState.READ
        row.save(update_fields=["preview", "state"])


def confirm_import(row: SeriesImport, *, by: Viewer) -> None:
    """Write what was looked at: now if the file is small, else in the background. All of it, or nothing."""
    from knotwork.measures.tasks import write_series_import

    require(rules.can_import(by, row.programme_id))
    upload = _upload_of(row)
    with transaction.atomic():
        claimed = SeriesImport.objects.filter(pk=row.pk, state=SeriesImportState.READ)
        if upload is None or not claimed.update(
            state=SeriesImportState.WRITING, by=by.public_id, asked_at=clock.now()
        ):
            raise refuse(_("This file was written or left alone already."))
        if upload.size > READ_AT_ONCE:
            write_series_import.enqueue(row.pk)
    if upload.size <= READ_AT_ONCE:
        write_import(row.pk)
    row.refresh_from_db()


def write_import(import_id: int) -> None:
    """Write one file that was confirmed, in one transaction; what was refused is said in words."""
    row = SeriesImport.objects.select_related("programme").get(pk=import_id)
    if row.state != SeriesImportState.WRITING:
        return
    about = About(**row.about)
    try:
        by = _bringer(row)
        file = _file_of(row)
        with transaction.atomic():
            require(rules.can_import(by, row.programme_id))
            parts = parts_of(file, about, row.programme)
            changes = write_parts(parts, about, row.programme, by=by)
            row.preview = preview_of(file, parts) | asdict(changes)
            _end(row, SeriesImportState.DONE)
    except (InputProblem, Refused) as problem:
        _end(row, SeriesImportState.REFUSED, str(problem))
    except Exception:
        logger.exception("The import %s failed.", row.public_id)
        _end(row, SeriesImportState.REFUSED, _went_wrong())


def leave_import(row: SeriesImport, *, by: Viewer) -> None:
    """Leave a file alone that was read: nothing is written, and it is forgotten."""
    require(rules.can_import(by, row.programme_id))
    if row.state == SeriesImportState.READ:
        _end(row, SeriesImportState.LEFT)


def give_up_on_lost(row: SeriesImport) -> None:
    """An import whose worker was stopped never ends by itself; one that nobody confirms is forgotten in time."""
    age = clock.now() - row.asked_at
    if row.state in _UNDER_WAY and age >= GIVEN_UP_AFTER:
        _end(
            row,
            SeriesImportState.REFUSED,
            _("The work was stopped before it was done. Please hand the file in again."),
        )
    elif row.state == SeriesImportState.READ and age >= FORGOTTEN_AFTER:
        _end(row, SeriesImportState.LEFT)


def give_up_on_all_lost() -> int:
    """The same for every import that has not ended, also where nobody looks; how many were looked at."""
    rows = list(SeriesImport.objects.filter(state__in=(*_UNDER_WAY, SeriesImportState.READ)))
    for row in rows:
        give_up_on_lost(row)
    return len(rows)


def import_at(programme: Programme, public_id: UUID) -> SeriesImport | None:
    """The import at this address."""
    return (
        SeriesImport.objects.select_related("programme")
        .filter(programme=programme, public_id=public_id)
        .first()
    )


def _went_wrong() -> str:
    return _("Something went wrong here, not with your file. Please hand it in again later.")


def _bringer(row: SeriesImport) -> Viewer:
    """Whoever confirmed it, with the rights she has now."""
    person = None if row.by is None else Person.objects.filter(public_id=row.by).first()
    return Viewer(public_id=row.by) if person is None else viewer_for(person)


def _file_of(row: SeriesImport) -> SeriesFile:
    upload = _upload_of(row)
    if upload is None:
        raise refuse(_went_wrong())
    with open_stored(upload) as stored:
        return read_file(row.file_name, stored.read())


def _upload_of(row: SeriesImport) -> Upload | None:
    return None if row.upload is None else Upload.objects.filter(public_id=row.upload).first()


def _end(row: SeriesImport, state: SeriesImportState, problem: str = "") -> None:
    """Write down how it ended and forget the file."""
    verbs = {
        SeriesImportState.DONE: "series_import.done",
        SeriesImportState.REFUSED: "series_import.refused",
        SeriesImportState.LEFT: "series_import.left",
    }
    upload = _upload_of(row)
    with transaction.atomic():
        row.state, row.problem, row.upload, row.finished_at = state, problem[:2000], None, clock.now()
        row.save(update_fields=["state", "problem", "upload", "finished_at", "preview"])
        _record(verbs[state], row, Viewer(public_id=row.by))
        if upload is not None:
            digest = upload.sha256
            upload.delete()
            transaction.on_commit(lambda: _remove_bytes(digest))


def _remove_bytes(digest: str) -> None:
    """Remove a stored file that no upload knows any more; the same file may have been handed in twice."""
    if not Upload.objects.filter(sha256=digest).exists():
        path_of(digest).unlink(missing_ok=True)


def _record(verb: str, row: SeriesImport, by: Viewer) -> None:
    record(
        verb,
        subject_kind="series_import",
        subject_id=row.public_id,
        by=by,
        programme=row.programme.public_id,
    )
