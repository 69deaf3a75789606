"""A neutral dump: one zip of Parquet tables, stored files and their hashes; the way from SQLite to PostgreSQL too."""

import hashlib
import io
import json
import os
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars
from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder

from knotwork import __version__
from knotwork.core import clock
from knotwork.core.one_moment import one_moment

FORMAT = 1
MANIFEST = "manifest.json"
ROWS_AT_ONCE = 50_000

# Left out by name, each with its reason; a test holds every other model to be in the dump.
LEFT_OUT = {
    "sessions.Session": "people sign in again",
    "contenttypes.ContentType": "made by the migrations",
    "auth.Permission": "made by the migrations",
    "auth.Group": "not used",
    "auth.Group_permissions": "not used",
    "django_tasks_database.DBTaskResult": "work under way is asked for again",
    "accounts.StartLink": "lasts 15 minutes",
    "limits.Attempt": "lasts a day",
    "schedule.Heartbeat": "says that a worker lives now",
    "schedule.ScheduledJob": "begins anew",
    "conversations.ResultAddress": "kept for one letter only: a dump would keep what was promised to go",
    "search.IndexedDocument": "made anew from what it tells of",
    "search.IndexPosition": "without it the index is made anew",
    "account.EmailAddress": "not used: sign-in goes by the person's own address",
    "account.EmailConfirmation": "not used",
    "wagtailusers.UserProfile": "how somebody likes the editing pages to look",
    "wagtailadmin.EditingSession": "says that somebody edits now",
    "wagtailadmin.FormState": "says that somebody edits now",
}

# The library's editing tool brings its own tables. What is written with it stands in ours, which are kept.
LEFT_OUT |= dict.fromkeys(
    [
        *("taggit.Tag", "taggit.TaggedItem", "wagtailadmin.Admin"),
        *("wagtailcore.APIToken", "wagtailcore.Collection", "wagtailcore.CollectionViewRestriction"),
        *("wagtailcore.CollectionViewRestriction_groups", "wagtailcore.Comment", "wagtailcore.CommentReply"),
        *("wagtailcore.GroupApprovalTask", "wagtailcore.GroupApprovalTask_groups"),
        *("wagtailcore.GroupCollectionPermission", "wagtailcore.GroupPagePermission"),
        *("wagtailcore.GroupSitePermission", "wagtailcore.Locale", "wagtailcore.ModelLogEntry"),
        *("wagtailcore.Page", "wagtailcore.PageLogEntry", "wagtailcore.PageSubscription"),
        *("wagtailcore.PageViewRestriction", "wagtailcore.PageViewRestriction_groups"),
        *("wagtailcore.ReferenceIndex", "wagtailcore.Revision", "wagtailcore.Site", "wagtailcore.Task"),
        *("wagtailcore.TaskState", "wagtailcore.UploadedFile", "wagtailcore.Workflow"),
        *("wagtailcore.WorkflowContentType", "wagtailcore.WorkflowPage", "wagtailcore.WorkflowState"),
        "wagtailcore.WorkflowTask",
    ],
    "of the editing tool: made by the migrations, or not used",
)


class BackupRefused(Exception):  # noqa: N818 - the message is for the host and stands alone
    """A dump that cannot be put back; the message says what was found and what was expected."""


@dataclass(frozen=True)
class Kept:
    """How much a dump holds."""

    tables: int
    rows: int
    files: int


def kept_models() -> list[type[models.Model]]:
    """Every model whose rows go into the dump, referred-to ones before those that refer to them."""
    wanted = [
        model for model in apps.get_models(include_auto_created=True) if model._meta.label not in LEFT_OUT
    ]
    wanted = [model for model in wanted if model._meta.managed and not model._meta.proxy]
    ordered: list[type[models.Model]] = []

    def place(model: type[models.Model]) -> None:
        if model in ordered or model not in wanted:
            return
        for field in model._meta.concrete_fields:
            related = field.related_model
            if isinstance(related, type) and related is not model:
                place(related)
        ordered.append(model)

    for model in sorted(wanted, key=lambda model: model._meta.label):
        place(model)
    return ordered


def applied_migrations() -> list[str]:
    """The migrations that this database has, sorted."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def write_backup(target: Path) -> Kept:
    """Write the dump beside ``target`` and rename it into place; all tables are read at one moment."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".knotwork-backup-")
    try:
        with os.fdopen(handle, "wb") as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
            kept = _write(archive)
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return kept


def _write(archive: zipfile.ZipFile) -> Kept:
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "knotwork": __version__,
        "written_at": clock.now().isoformat(),
        "migrations": applied_migrations(),
        "entries": {},
    }
    rows = 0
    with one_moment():
        for model in kept_models():
            for part, frame in enumerate(_frames(model)):
                buffer = io.BytesIO()
                frame.write_parquet(buffer, compression="zstd")
                _add(archive, manifest, f"tables/{model._meta.label}/{part:05}.parquet", buffer.getvalue())
                rows += frame.height
    files = stored_files()
    for path in files:
        _add(archive, manifest, f"files/{path.name}", path.read_bytes())
    archive.writestr(MANIFEST, json.dumps(manifest, indent=1, sort_keys=True))
    return Kept(len(kept_models()), rows, len(files))


def _add(archive: zipfile.ZipFile, manifest: dict[str, Any], name: str, content: bytes) -> None:
    archive.writestr(name, content)
    manifest["entries"][name] = hashlib.sha256(content).hexdigest()


def stored_files() -> list[Path]:
    """Every stored file; its name is its hash."""
    return sorted(path for path in Path(settings.MEDIA_ROOT).glob("??/*") if len(path.name) == 64)


def _frames(model: type[models.Model]) -> Iterator[polars.DataFrame]:
    """The rows of a model by primary key, as neutral columns, in parts; at least one, so that columns are known."""
    fields = model._meta.concrete_fields
    rows = model._default_manager.order_by("pk").values_list(*(field.attname for field in fields))
    part: list[tuple[Any, ...]] = []
    is_first = True
    for row in rows.iterator(chunk_size=ROWS_AT_ONCE):
        part.append(row)
        if len(part) == ROWS_AT_ONCE:
            yield _frame(fields, part)
            part, is_first = [], False
    if part or is_first:
        yield _frame(fields, part)


def _frame(fields: tuple[models.Field[Any, Any], ...], rows: list[tuple[Any, ...]]) -> polars.DataFrame:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(fields)
    return polars.DataFrame(
        [
            polars.Series(f.attname, [neutral(f, v) for v in values], dtype=neutral_type(f))
            for f, values in zip(fields, columns, strict=True)
        ]
    )


def neutral_type(field: models.Field[Any, Any]) -> Any:
    """The Parquet type of a field: numbers, truth, bytes and moments as themselves, all else as text."""
    inner = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(inner, models.BooleanField):
        return polars.Boolean
    if isinstance(inner, models.AutoField | models.IntegerField):
        return polars.Int64
    if isinstance(inner, models.FloatField):
        return polars.Float64
    if isinstance(inner, models.DateTimeField):
        return polars.Datetime("us", "UTC")
    if isinstance(inner, models.DateField):
        return polars.Date
    if isinstance(inner, models.BinaryField):
        return polars.Binary
    return polars.String


def neutral(field: models.Field[Any, Any], value: Any) -> Any:
    """A value as the dump keeps it."""
    if value is None:
        return None
    if isinstance(field, models.JSONField):
        return json.dumps(value, sort_keys=True, ensure_ascii=False)
    if isinstance(value, memoryview):
        return bytes(value)
    return str(value) if neutral_type(field) == polars.String else value
