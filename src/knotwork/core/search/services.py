"""Keep the index in step with what happens. Nothing else writes to it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from knotwork.core import clock
from knotwork.core.events.models import Event
from knotwork.core.search import engines
from knotwork.core.search.models import IndexedDocument, IndexPosition
from knotwork.core.search.registry import Document, documents_of, followers_of, searched_kinds

Item = TypeVar("Item")

TAIL = 200
TOO_MANY = 5_000
AT_ONCE = 500


def rebuild() -> int:
    """Read everything anew; how many documents there are. Whoever searches meanwhile finds what was there before."""
    with transaction.atomic():
        position = _newest()
        IndexedDocument.objects.all().delete()
        for kind in searched_kinds():
            for some in _some_of(documents_of(kind), AT_ONCE):
                _write(kind, some)
        _remember(position)
    return IndexedDocument.objects.count()


def keep_in_step() -> int:
    """Read the documents of all that something happened to since the last time; how many things were looked at.

    The first time, and after very much has happened at once, everything is read anew.
    """
    position = _newest()
    known = IndexPosition.objects.first()
    if known is not None and (known.newest, known.tail) == position:
        return 0
    if known is None or position[0] - known.newest > TOO_MANY or position[0] < known.newest:
        return rebuild()
    touched = _touched_since(known.newest - TAIL)
    with transaction.atomic():
        for kind, public_ids in touched.items():
            _read_again(kind, public_ids)
        _remember(position)
    return sum(len(public_ids) for public_ids in touched.values())


def _newest() -> tuple[int, int]:
    newest = Event.objects.aggregate(newest=Max("id"))["newest"] or 0
    return newest, Event.objects.filter(id__gt=newest - TAIL).count()


def _remember(position: tuple[int, int]) -> None:
    IndexPosition.objects.update_or_create(pk=1, defaults={"newest": position[0], "tail": position[1]})


def _touched_since(event: int) -> dict[str, set[UUID]]:
    """By kind, the subjects of the newer events, and what stands and falls with them."""
    touched: dict[str, set[UUID]] = defaultdict(set)
    rows = Event.objects.filter(id__gt=event).values_list("subject_kind", "subject_id").distinct()
    for kind, public_id in rows:
        touched[kind].add(public_id)
    for kind, public_ids in list(touched.items()):
        for follower, find in followers_of(kind):
            touched[follower].update(find(public_ids))
    return {kind: ids for kind, ids in touched.items() if kind in searched_kinds()}


def _read_again(kind: str, public_ids: set[UUID]) -> None:
    for some in _some_of(sorted(public_ids), AT_ONCE):
        documents = list(documents_of(kind, some))
        gone = set(some) - {document.public_id for document in documents}
        IndexedDocument.objects.filter(kind=kind, public_id__in=gone).delete()
        _write(kind, documents)


def _write(kind: str, documents: Iterable[Document]) -> None:
    rows = list(_rows(kind, documents))
    IndexedDocument.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["kind", "public_id"],
        update_fields=["title", "text", "language", "indexed_at"],
    )
    engines.after_writing(rows)


def _some_of(items: Iterable[Item], how_many: int) -> Iterator[list[Item]]:
    """The items, so many at a time."""
    rest = iter(items)
    while some := list(islice(rest, how_many)):
        yield some


def _rows(kind: str, documents: Iterable[Document]) -> Iterator[IndexedDocument]:
    for one in documents:
        yield IndexedDocument(
            kind=kind,
            public_id=one.public_id,
            title=_fit(one.title),
            text=_fit(one.text),
            language=one.language,
            indexed_at=clock.now(),
        )


def _fit(text: str) -> str:
    """PostgreSQL keeps no null character, and no more than a megabyte of words of one thing."""
    return text.replace("\0", " ")[:200_000]
