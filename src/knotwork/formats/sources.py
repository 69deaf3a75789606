"""Where files come from: a path, a folder, or files that somebody uploaded and that are in memory.

Every file may be gzipped (``votes.csv.gz`` for ``votes.csv``). Sizes are bounded, before and after unpacking,
so that no upload can fill the memory. A ``SourceFile`` is what the readers take: a name for messages and the
unpacked bytes.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from knotwork.formats.problems import InputProblem

__all__ = ["LARGEST", "Folder", "SourceFile", "open_file", "open_folder", "uploaded_file"]

LARGEST = 4 * 1024**3
PACKED = ".gz"


@dataclass(frozen=True)
class SourceFile:
    """One file: the name its owner knows it by, its unpacked content, and the size and hash of the file as it
    came."""

    name: str
    content: bytes
    size: int
    sha256: str

    @property
    def plain_name(self) -> str:
        """The name without ``.gz``."""
        return self.name.removesuffix(PACKED)


@dataclass(frozen=True)
class Folder:
    """Files by name, read when asked for; ``name`` is the folder's own, for messages."""

    name: str
    readers: Mapping[str, Callable[[], SourceFile]]

    def __contains__(self, name: str) -> bool:
        return name in self.readers or name + PACKED in self.readers

    def read(self, name: str) -> SourceFile:
        """The file of that name, gzipped or not."""
        if name not in self:
            raise InputProblem(self.name, found=f"no file {name}", expected=f"a folder with {name}")
        return self.readers[name if name in self.readers else name + PACKED]()

    def ending(self, suffix: str) -> Iterator[SourceFile]:
        """All files whose name ends so, in order of their names."""
        return (self.readers[name]() for name in sorted(self.readers) if name.endswith(suffix))


def open_file(path: Path, *, largest: int = LARGEST) -> SourceFile:
    """Read one file from disk."""
    try:
        size = path.stat().st_size
        if size > largest:
            raise InputProblem(path.name, found=f"{size:,} bytes", expected=f"at most {largest:,} bytes")
        return _source(path.name, path.read_bytes(), largest)
    except OSError as error:
        raise InputProblem(str(path), found=_reason(error), expected="a file that can be read") from error


def uploaded_file(name: str, content: bytes, *, largest: int = LARGEST) -> SourceFile:
    """One file that somebody uploaded (folders in its name do not count)."""
    return _source(PurePosixPath(name).name, content, largest)


def open_folder(source: Path | Mapping[str, bytes], *, largest: int = LARGEST) -> Folder:
    """A folder on disk, or uploaded files by name (folders in the names do not count)."""
    if isinstance(source, Path):
        try:
            paths = sorted(path for path in source.iterdir() if path.is_file())
        except OSError as error:
            raise InputProblem(
                str(source), found=_reason(error), expected="a folder that can be read"
            ) from error
        return Folder(source.name, {path.name: partial(open_file, path, largest=largest) for path in paths})
    return Folder(
        "upload",
        {
            PurePosixPath(name).name: partial(_source, PurePosixPath(name).name, content, largest)
            for name, content in source.items()
        },
    )


def _source(name: str, raw: bytes, largest: int) -> SourceFile:
    if len(raw) > largest:
        raise InputProblem(name, found=f"{len(raw):,} bytes", expected=f"at most {largest:,} bytes")
    content = _unpacked(name, raw, largest) if name.endswith(PACKED) else raw
    return SourceFile(name, content, len(raw), hashlib.sha256(raw).hexdigest())


def _unpacked(name: str, raw: bytes, largest: int) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(raw)) as packed:
            content = packed.read(largest + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise InputProblem(name, found="a damaged file", expected="a gzip file") from error
    if len(content) > largest:
        raise InputProblem(name, found="more when unpacked", expected=f"at most {largest:,} bytes")
    return content


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
