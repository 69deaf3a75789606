"""The words by which this room's things are found."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db.models import QuerySet

from knotwork.core.search.registry import Document
from knotwork.support.models import HelpRequest, LearningEvent


def event_documents(public_ids: Iterable[UUID] | None = None) -> Iterator[Document]:
    """Learning events. Notes with readers of their own are not found: the index knows one kind of reader."""
    for row in _standing(LearningEvent.objects.all(), public_ids):
        notes = row.notes if row.notes_visibility == row.visibility else ""
        yield Document(
            row.public_id, row.title, "\n".join(filter(None, (row.what, row.where, notes))), row.language
        )


def help_documents(public_ids: Iterable[UUID] | None = None) -> Iterator[Document]:
    """Requests for help with their answers."""
    rows = _standing(HelpRequest.objects.prefetch_related("answers"), public_ids)
    for row in rows:
        said = (row.words, row.what_helped, *(answer.words for answer in row.answers.all()))
        yield Document(row.public_id, row.words[:80], "\n".join(filter(None, said)), row.language)


def _standing(rows: QuerySet, public_ids: Iterable[UUID] | None) -> QuerySet:  # type: ignore[type-arg]
    standing = rows.filter(withdrawn_at__isnull=True)
    return standing if public_ids is None else standing.filter(public_id__in=list(public_ids))
