"""An export that somebody handed in: its files stored, read in the background, put in or refused, then forgotten.

A refusal leaves nothing but its reason: no conversation, no file. The files go after an import too, because they hold
the words of statements that were rejected where the conversation was held.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.conversations import rules
from knotwork.conversations.imports.putting_in import HeldElsewhere, ImportRefused, put_in, remove_left_behind
from knotwork.conversations.models import Conversation, ConversationImport, ImportState
from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.services import record
from knotwork.core.events.verbs import register_verbs
from knotwork.core.rules import require
from knotwork.core.uploads.models import Upload
from knotwork.core.uploads.services import open_stored, path_of, store
from knotwork.formats.polis import read_polis
from knotwork.formats.problems import InputProblem
from knotwork.programmes.models import Programme

logger = logging.getLogger("knotwork.conversations")

LARGEST_UNPACKED = 500_000_000
GIVEN_UP_AFTER = timedelta(hours=1)

register_verbs("import.asked", "import.refused")


@dataclass(frozen=True)
class Wish:
    """What somebody says about the export that she hands in."""

    question: str
    attribution: str
    source: str = ""
    publishes_votes: bool = False


def ask_for_import(
    programme: Programme, wish: Wish, files: Mapping[str, UploadedFile[bytes]], *, by: Viewer
) -> ConversationImport:
    """Store the files and queue their reading; ``files`` by their names in an export. All are stored, or none."""
    from knotwork.conversations.tasks import read_conversation_import

    require(rules.can_set_up(by, programme.pk))
    digests: list[str] = []
    try:
        with transaction.atomic():
            stored = {name: _store(upload, by, digests) for name, upload in files.items()}
            row = ConversationImport.objects.create(
                programme=programme,
                question=wish.question,
                attribution=wish.attribution,
                source=wish.source,
                publishes_votes=wish.publishes_votes,
                uploads=stored,
                by=by.public_id,
            )
            _record("import.asked", row, by)
            read_conversation_import.enqueue(row.pk)
    except Exception:
        _remove_bytes(digests)
        raise
    return row


def _store(upload: UploadedFile[bytes], by: Viewer, digests: list[str]) -> str:
    kept = store(upload, by=by)
    digests.append(kept.sha256)
    return str(kept.public_id)


def read_import(import_id: int) -> None:
    """Read one waiting import. Whatever goes wrong is said in words, and leaves nothing behind."""
    claimed = ConversationImport.objects.filter(pk=import_id, state=ImportState.WAITING)
    if not claimed.update(state=ImportState.RUNNING):
        return
    row = ConversationImport.objects.select_related("programme").get(pk=import_id)
    try:
        conversation, notes = _put_in(row)
    except (InputProblem, ImportRefused) as problem:
        _refuse(row, str(problem))
    except Exception:
        logger.exception("The import %s failed.", row.public_id)
        _refuse(row, _("Something went wrong here, not with your files. Please hand them in again later."))
    else:
        _finish(row, state=ImportState.DONE, conversation=conversation, notes=notes)


def _put_in(row: ConversationImport) -> tuple[Conversation, list[str]]:
    uploads = {
        str(upload.public_id): upload for upload in Upload.objects.filter(public_id__in=row.uploads.values())
    }
    content = {}
    for name, public_id in row.uploads.items():
        with open_stored(uploads[public_id]) as stored:
            content[name] = stored.read()
    export = read_polis(content, largest=LARGEST_UNPACKED)
    about = HeldElsewhere(
        programme=row.programme,
        question=row.question or export.topic,
        attribution=row.attribution,
        source=row.source or _web_address(export.url),
        language=row.programme.language,
        publishes_votes=row.publishes_votes,
    )
    conversation = put_in(export, about, by=Viewer(public_id=row.by))
    return conversation, [remark.code for remark in export.warnings]


def _web_address(url: str) -> str:
    return url if url.startswith(("https://", "http://")) else ""


def notes_in_words(row: ConversationImport) -> list[str]:
    """What the importer should know about an export that was read."""
    words = {
        "votes_without_times": _(
            "The votes come from the grid of last votes, which has no times. They bear the time of the import."
        ),
    }
    return [words[code] for code in row.notes if code in words]


def give_up_on_lost(row: ConversationImport) -> None:
    """An import whose worker was stopped never ends by itself: after an hour it counts as refused."""
    if (
        row.state in (ImportState.WAITING, ImportState.RUNNING)
        and clock.now() - row.asked_at >= GIVEN_UP_AFTER
    ):
        _refuse(row, _("The reading was stopped before it was done. Please hand the files in again."))
        remove_left_behind()


def give_up_on_all_lost() -> int:
    """The same for every import that has not ended, also where nobody looks; how many were looked at."""
    open_ones = list(ConversationImport.objects.filter(state__in=(ImportState.WAITING, ImportState.RUNNING)))
    for row in open_ones:
        give_up_on_lost(row)
    return len(open_ones)


def _refuse(row: ConversationImport, problem: str) -> None:
    _finish(row, state=ImportState.REFUSED, problem=problem[:2000])


def _finish(row: ConversationImport, **outcome: object) -> None:
    """Write down how it ended and forget the files."""
    kept = list(row.uploads.values())
    with transaction.atomic():
        for name, value in (outcome | {"uploads": {}, "finished_at": clock.now()}).items():
            setattr(row, name, value)
        row.save()
        if row.state == ImportState.REFUSED:
            _record("import.refused", row, Viewer(public_id=row.by))
        uploads = Upload.objects.filter(public_id__in=kept)
        digests = list(uploads.values_list("sha256", flat=True))
        uploads.delete()
    _remove_bytes(digests)


def _remove_bytes(digests: Iterable[str]) -> None:
    """Remove stored files that no upload knows any more; the same file may have been handed in twice."""
    for digest in set(digests) - set(
        Upload.objects.filter(sha256__in=list(digests)).values_list("sha256", flat=True)
    ):
        path_of(digest).unlink(missing_ok=True)


def _record(verb: str, row: ConversationImport, by: Viewer) -> None:
    record(
        verb,
        subject_kind="conversation_import",
        subject_id=row.public_id,
        by=by,
        programme=row.programme.public_id,
    )
