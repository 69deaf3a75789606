"""The words by which conversations and statements are found."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db.models import Q

from knotwork.conversations.models import Statement, StatementState
from knotwork.conversations.queries import conversations
from knotwork.core.search.registry import Document

_OPEN_PLACES = Q(place__isnull=True) | Q(place__is_sensitive=False)


def conversation_documents(public_ids: Iterable[UUID] | None) -> Iterator[Document]:
    """A conversation by its question and why it was asked; none of a place with a sensitive issue."""
    rows = conversations().standing().filter(_OPEN_PLACES)
    if public_ids is not None:
        rows = rows.filter(public_id__in=list(public_ids))
    for row in rows:
        yield Document(row.public_id, row.question, row.introduction, row.language)


def statement_documents(public_ids: Iterable[UUID] | None) -> Iterator[Document]:
    """Statements that are shown, by their words; none of a place with a sensitive issue."""
    rows = Statement.objects.filter(
        state=StatementState.LIVE, conversation__in=conversations().standing().filter(_OPEN_PLACES)
    )
    if public_ids is not None:
        rows = rows.filter(public_id__in=list(public_ids))
    for row in rows.only("public_id", "text", "language").iterator(chunk_size=1_000):
        yield Document(row.public_id, row.text, "", row.language)


def statements_of(conversation_ids: Iterable[UUID]) -> Iterator[UUID]:
    """What stands and falls with these conversations."""
    of_those = Statement.objects.filter(conversation__public_id__in=list(conversation_ids))
    yield from of_those.values_list("public_id", flat=True)
