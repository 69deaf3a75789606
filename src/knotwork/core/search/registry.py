"""What can be found. Each room says so when it starts, and this floor keeps the words in step with the events."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Document:
    """One thing that can be found: all of its words, as they stand now.

    ``title`` weighs more than ``text``. Whether a reader may see it is asked of its strand kind when it is found,
    so what is written here is never shown by itself.
    """

    public_id: UUID
    title: str
    text: str = ""
    language: str = "en"


Documents = Callable[[Iterable[UUID] | None], Iterable[Document]]

Follow = Callable[[Iterable[UUID]], Iterable[UUID]]

_DOCUMENTS: dict[str, Documents] = {}
_FOLLOWERS: dict[str, dict[str, Follow]] = {}


def register(kind: str, documents: Documents, *, follows: Mapping[str, Follow] | None = None) -> None:
    """``documents(public_ids)`` gives the words of these things, or of all with ``None``; withdrawn ones are left out.

    ``kind`` is a strand kind (``core.strands.kinds``) and the ``subject_kind`` of the events that change it.
    ``follows`` names other kinds whose events change things of this one too, and how to find those: the statements of
    the conversations that something happened to.
    """
    _DOCUMENTS[kind] = documents
    for other, find in (follows or {}).items():
        _FOLLOWERS.setdefault(other, {})[kind] = find


def followers_of(kind: str) -> list[tuple[str, Follow]]:
    """The kinds that stand and fall with this one, and how to find which."""
    return sorted(_FOLLOWERS.get(kind, {}).items(), key=lambda named: named[0])


def searched_kinds() -> tuple[str, ...]:
    """All kinds that can be found, sorted."""
    return tuple(sorted(_DOCUMENTS))


def documents_of(kind: str, public_ids: Iterable[UUID] | None = None) -> Iterable[Document]:
    """The words of these things of one kind, or of all of them."""
    return _DOCUMENTS[kind](public_ids)
