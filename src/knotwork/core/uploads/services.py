"""Take a file in: bounded while it is read, checked by its first bytes, images drawn anew."""

import hashlib
import io
import os
import tempfile
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.services import record
from knotwork.core.uploads.kinds import MEGABYTE, FileKind, endings, kind_of
from knotwork.core.uploads.models import Upload

LARGEST_PICTURE_SIDE = 2400
LARGEST_PICTURE_PIXELS = 50_000_000


class UploadRefused(Exception):  # noqa: N818 - shown to the person as it is
    """A file that we do not take; the message says what was found and what we take."""


def store(upload: UploadedFile[bytes], *, by: Viewer, largest: int | None = None) -> Upload:
    """Keep a file and its row, or refuse it with one clear message and keep nothing."""
    name = Path(upload.name or "").name[:200]
    kind = kind_of(name)
    if kind is None:
        raise UploadRefused(
            _("We cannot take the file %(name)s. We take files that end in %(endings)s.")
            % {"name": name or "?", "endings": ", ".join(endings())}
        )
    bound = min(kind.largest, largest or kind.largest)
    content = _content(upload, name, kind, bound)
    digest = keep_bytes(content)
    with transaction.atomic():
        row = Upload.objects.create(
            kind=kind.name, file_name=name, sha256=digest, size=len(content), by=by.public_id
        )
        record("upload.stored", subject_kind="upload", subject_id=row.public_id, by=by)
    return row


def path_of(digest: str) -> Path:
    """Where the bytes with this hash lie."""
    return Path(settings.MEDIA_ROOT) / digest[:2] / digest


def keep_bytes(content: bytes) -> str:
    """Put bytes under the home folder by their hash, whole or not at all; the hash (SHA-256, 64 hex digits)."""
    digest = hashlib.sha256(content).hexdigest()
    path = path_of(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as target:
            target.write(content)
        Path(temporary).replace(path)
    return digest


def open_stored(upload: Upload) -> IO[bytes]:
    """The stored bytes, to read."""
    return path_of(upload.sha256).open("rb")


def _content(upload: UploadedFile[bytes], name: str, kind: FileKind, bound: int) -> bytes:
    buffer = io.BytesIO()
    for chunk in upload.chunks():
        buffer.write(chunk)
        if buffer.tell() > bound:
            raise UploadRefused(
                _("The file %(name)s is larger than %(size)s MB, which is the most we can take.")
                % {"name": name, "size": bound // MEGABYTE}
            )
    content = buffer.getvalue()
    if not content:
        raise UploadRefused(_("The file %(name)s is empty.") % {"name": name})
    if kind.magic and not content.startswith(kind.magic):
        raise UploadRefused(
            _(
                "The file %(name)s is not what its name says. Its first bytes are not those of a %(kind)s file."
            )
            % {"name": name, "kind": kind.endings[0]}
        )
    return _drawn_anew(content, name) if kind.is_image else content


def _drawn_anew(content: bytes, name: str) -> bytes:
    """Decode and encode again, so that nothing but pixels is kept: no hidden text, place or program."""
    try:
        with Image.open(io.BytesIO(content)) as picture:
            if picture.width * picture.height > LARGEST_PICTURE_PIXELS:
                raise UploadRefused(_("The picture %(name)s has too many pixels.") % {"name": name})
            file_format = picture.format or "PNG"
            fresh = picture.convert("RGB")
            fresh.thumbnail((LARGEST_PICTURE_SIDE, LARGEST_PICTURE_SIDE))
    except (UnidentifiedImageError, OSError, ValueError) as problem:
        raise UploadRefused(_("The picture %(name)s cannot be read.") % {"name": name}) from problem
    drawn = io.BytesIO()
    fresh.save(drawn, format=file_format)
    return drawn.getvalue()
