"""The words by which a call is found. Bids are in no index: what is not there cannot leak out of it."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from knotwork.calls.querysets import calls
from knotwork.core.search.registry import Document


def documents(public_ids: Iterable[UUID] | None = None) -> Iterator[Document]:
    """All words of these calls, or of all; withdrawn ones are left out."""
    rows = calls().standing().prefetch_related("criteria", "questions")
    if public_ids is not None:
        rows = rows.filter(public_id__in=list(public_ids))
    for row in rows:
        said = [row.aims, row.eligibility, row.who_decides]
        said += [f"{each.title} {each.guidance}" for each in row.criteria.all()]
        said += [each.words for each in row.questions.all()]
        yield Document(row.public_id, row.title, "\n".join(words for words in said if words), row.language)
