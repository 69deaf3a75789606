"""The closed list of files that may be handed in."""

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class FileKind:
    """A kind of file: its endings, its media type when served, the first bytes it may have, and its largest size."""

    name: str
    endings: tuple[str, ...]
    media_type: str
    magic: tuple[bytes, ...]
    largest: int
    is_image: bool = False


KINDS = (
    FileKind("table", (".csv",), "text/csv", (), 100 * MEGABYTE),
    FileKind("compressed table", (".csv.gz",), "application/gzip", (b"\x1f\x8b",), 100 * MEGABYTE),
    FileKind("parquet", (".parquet",), "application/vnd.apache.parquet", (b"PAR1",), 100 * MEGABYTE),
    FileKind("document", (".pdf",), "application/pdf", (b"%PDF-",), 10 * MEGABYTE),
    FileKind("photo", (".jpg", ".jpeg"), "image/jpeg", (b"\xff\xd8\xff",), 10 * MEGABYTE, is_image=True),
    FileKind("picture", (".png",), "image/png", (b"\x89PNG\r\n\x1a\n",), 10 * MEGABYTE, is_image=True),
)


def kind_of(file_name: str) -> FileKind | None:
    """The kind that this file name promises, or ``None`` when we do not take such files."""
    lowered = file_name.lower()
    return next((kind for kind in reversed(KINDS) if lowered.endswith(kind.endings)), None)


def endings() -> tuple[str, ...]:
    """All endings that we take, sorted."""
    return tuple(sorted(ending for kind in KINDS for ending in kind.endings))
