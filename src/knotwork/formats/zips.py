"""A zip as a folder: bounded before anything is unpacked, so that a small file cannot become a huge one."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import PurePosixPath

from knotwork.formats.problems import InputProblem
from knotwork.formats.sources import Folder, SourceFile, open_folder

__all__ = ["unzipped", "unzipped_parts", "zipped"]

MOST_FILES = 200

# What the library raises for bytes that are no zip, or one that is encrypted or packed in a way that it does not know:
# places before the beginning (ValueError), names in no known letters (UnicodeDecodeError, a ValueError), fields cut off
# (IndexError).
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, IndexError,
)  # fmt: skip


def unzipped(source: SourceFile, *, largest: int) -> Folder:
    """The files of a zip, by their plain names; all of them together at most ``largest`` bytes."""
    files: dict[str, bytes] = {}
    for path, content in _entries(source, largest):
        name = PurePosixPath(path).name
        if name in files:
            raise InputProblem(source.name, found=f"{name} twice", expected="each file once")
        files[name] = content
    return Folder(source.name, open_folder(files, largest=largest).readers)


def unzipped_parts(source: SourceFile, *, largest: int) -> dict[str, bytes]:
    """The files of a zip by their whole paths, as formats that are a zip inside know them (.xlsx, .docx)."""
    parts: dict[str, bytes] = {}
    for path, content in _entries(source, largest):
        if path in parts:
            raise InputProblem(source.name, found=f"{path} twice", expected="each part once")
        parts[path] = content
    return parts


def _entries(source: SourceFile, largest: int) -> list[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(source.content)) as packed:
            entries = [entry for entry in packed.infolist() if not entry.is_dir()]
            if len(entries) > MOST_FILES:
                found = f"{len(entries)} files"
                raise InputProblem(source.name, found=found, expected=f"at most {MOST_FILES} files")
            left = largest
            read: list[tuple[str, bytes]] = []
            for entry in entries:
                with packed.open(entry) as opened:
                    content = opened.read(left + 1)
                left -= len(content)
                if left < 0:
                    expected = f"at most {largest:,} bytes"
                    raise InputProblem(source.name, found="more when unpacked", expected=expected)
                read.append((entry.filename, content))
    except _DAMAGED as error:
        raise InputProblem(source.name, found="a damaged file", expected="a zip file") from error
    return read


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files as a zip, the same bytes for the same files: no entry bears a time."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as opened:
        for name in sorted(files):
            opened.writestr(zipfile.ZipInfo(name), files[name], zipfile.ZIP_DEFLATED)
    return packed.getvalue()
