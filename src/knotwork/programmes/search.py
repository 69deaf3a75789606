"""The words by which programmes and places are found."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from knotwork.core.search.registry import Document
from knotwork.programmes.querysets import places, programmes


def programme_documents(public_ids: Iterable[UUID] | None) -> Iterator[Document]:
    """A programme by its names, what it is for, and its aims."""
    rows = programmes().standing().prefetch_related("aims")
    if public_ids is not None:
        rows = rows.filter(public_id__in=list(public_ids))
    for row in rows:
        texts = (row.name, row.summary, row.thesis, row.country, *(aim.text for aim in row.aims.all()))
        yield Document(row.public_id, str(row), "\n".join(filter(None, texts)), row.language)


def place_documents(public_ids: Iterable[UUID] | None) -> Iterator[Document]:
    """A place by its name, its issue, its themes and its areas; of a sensitive one no more than its page says."""
    rows = places().standing().select_related("programme").prefetch_related("themes", "place_areas__area")
    if public_ids is not None:
        rows = rows.filter(public_id__in=list(public_ids))
    for row in rows:
        texts = [row.issue]
        if not row.is_sensitive:
            texts += [theme.name for theme in row.themes.all()]
            texts += [part.area.name for part in row.place_areas.all()]
        yield Document(row.public_id, row.name, "\n".join(filter(None, texts)), row.programme.language)
