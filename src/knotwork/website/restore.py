"""Put a neutral dump back: every hash is checked first, then all rows go in within one transaction."""

import hashlib
import io
import json
import zipfile
import zlib
from pathlib import Path
from typing import Any

import polars
from django.core.management.color import no_style
from django.db import connection, models, transaction

from knotwork.core.accounts import erasures
from knotwork.core.uploads.services import keep_bytes
from knotwork.website.backup import FORMAT, MANIFEST, BackupRefused, Kept, applied_migrations, kept_models
from knotwork.website.emptying import empty, is_empty
from knotwork.website.preparation import migrate

LARGEST_MANIFEST = 50_000_000


def restore_backup(source: Path, *, replace: bool = False) -> Kept:
    """Restore into an empty installation, or into any when ``replace`` is set; refused before anything is written."""
    migrate()
    with _open(source) as archive:
        manifest = _checked_manifest(archive, source)
        if not is_empty() and not replace:
            raise BackupRefused(
                "This installation is not empty. Restore into an empty home, or add --replace to empty this one first."
            )
        erased_here = erasures.all_of_them()
        with transaction.atomic():
            empty()
            rows = sum(_restore_table(archive, manifest, model) for model in kept_models())
            _set_sequences()
            erasures.apply_again(erased_here)
        stored = [name for name in manifest["entries"] if name.startswith("files/")]
        for name in stored:
            keep_bytes(archive.read(name))
    return Kept(len(kept_models()), rows, len(stored))


def _open(source: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(source)
    except FileNotFoundError:
        raise BackupRefused(f"{source}: there is no such file.") from None
    except (OSError, zipfile.BadZipFile) as problem:
        raise BackupRefused(f"{source}: found a file that is not a Knotwork backup ({problem}).") from problem


def _checked_manifest(archive: zipfile.ZipFile, source: Path) -> dict[str, Any]:
    names = {entry.filename: entry.file_size for entry in archive.infolist()}
    if names.get(MANIFEST, LARGEST_MANIFEST) >= LARGEST_MANIFEST:
        raise BackupRefused(f"{source}: found no {MANIFEST}, so this is not a Knotwork backup.")
    try:
        manifest = dict(json.loads(archive.read(MANIFEST)))
    except (ValueError, TypeError, zipfile.BadZipFile, zlib.error) as problem:
        raise BackupRefused(
            f"{source}: found a {MANIFEST} that cannot be read, so the backup is damaged."
        ) from problem
    if manifest.get("format") != FORMAT:
        raise BackupRefused(f"{source}: found a dump of format {manifest.get('format')}, expected {FORMAT}.")
    if manifest.get("migrations") != applied_migrations():
        raise BackupRefused(
            f"{source}: it was written by Knotwork {manifest['knotwork']} with other tables than these. "
            "Restore it with that version, start it with `knotwork up` of this version, and back it up again."
        )
    for name, expected in manifest["entries"].items():
        if name not in names or _hash_of(archive, name) != expected:
            raise BackupRefused(
                f"{source}: the entry {name} is missing or damaged (its hash does not match)."
            )
    return manifest


def _hash_of(archive: zipfile.ZipFile, name: str) -> str:
    """The hash of an entry; empty when it cannot even be unpacked."""
    try:
        return hashlib.sha256(archive.read(name)).hexdigest()
    except (zipfile.BadZipFile, zlib.error, OSError):
        return ""


def _restore_table(archive: zipfile.ZipFile, manifest: dict[str, Any], model: type[models.Model]) -> int:
    prefix = f"tables/{model._meta.label}/"
    rows = 0
    for name in sorted(name for name in manifest["entries"] if name.startswith(prefix)):
        frame = polars.read_parquet(io.BytesIO(archive.read(name)))
        fields = {field.attname: field for field in model._meta.concrete_fields}
        objects = [
            model(**{column: _value(fields[column], value) for column, value in row.items()})
            for row in frame.iter_rows(named=True)
        ]
        model._base_manager.bulk_create(objects, batch_size=1_000)
        rows += len(objects)
    return rows


def _value(field: models.Field[Any, Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(field, models.JSONField):
        return json.loads(value)
    return field.to_python(value)


def _set_sequences() -> None:
    statements = connection.ops.sequence_reset_sql(no_style(), kept_models())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
