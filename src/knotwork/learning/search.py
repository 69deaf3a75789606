"""What of this room can be found by its words."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from knotwork.core.search.registry import Document
from knotwork.learning.kinds import ALL, title_of
from knotwork.learning.models import Uptake
from knotwork.programmes.written import WrittenQuerySet


def documents_of(kind: str) -> Callable[[Iterable[UUID] | None], Iterable[Document]]:
    """The words of all that stands of one kind; who may see them is asked when they are found."""
    each = ALL[kind]

    def documents(public_ids: Iterable[UUID] | None) -> Iterable[Document]:
        rows: WrittenQuerySet[Any] = WrittenQuerySet(each.model).standing()
        if public_ids is not None:
            rows = rows.filter(public_id__in=list(public_ids))
        for row in rows.iterator(chunk_size=500):
            texts = [str(getattr(row, name)) for name, _heading in each.parts]
            if isinstance(row, Uptake):
                texts += [row.result, row.sent_back]
            yield Document(row.public_id, title_of(each, row), "\n".join(filter(None, texts)), row.language)

    return documents
