"""What can be found. Each room says so when it starts, and this floor keeps the words in step with the events."""

from collections.abc import Callable, Iterable
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

_DOCUMENTS: dict[str, Documents] = {}


def register(kind: str, documents: Documents) -> None:
    """``documents(public_ids)`` gives the words of these things, or of all with ``None``; withdrawn ones are left out.

    ``kind`` is a strand kind (``core.strands.kinds``) and the ``subject_kind`` of the events that change it.
    """
    _DOCUMENTS[kind] = documents


def searched_kinds() -> tuple[str, ...]:
    """All kinds that can be found, sorted."""
    return tuple(sorted(_DOCUMENTS))


def documents_of(kind: str, public_ids: Iterable[UUID] | None = None) -> Iterable[Document]:
    """The words of these things of one kind, or of all of them."""
    return _DOCUMENTS[kind](public_ids)
