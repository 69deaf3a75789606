"""The words by which a try-out is found: what is expected, what happened and why it stopped as much as its name."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from knotwork.actions.models import TryOut
from knotwork.actions.querysets import try_outs
from knotwork.core.search.registry import Document


def documents(public_ids: Iterable[UUID] | None = None) -> Iterator[Document]:
    """All words of these try-outs, or of all; withdrawn ones are left out."""
    rows = try_outs().standing().select_related("claim")
    rows = rows.prefetch_related("partners__organisation", "must_change", "cycles", "other_causes")
    if public_ids is not None:
        rows = rows.filter(public_id__in=list(public_ids))
    for row in rows:
        yield Document(row.public_id, row.title, "\n".join(_words(row)), row.language)


def _words(row: TryOut) -> Iterator[str]:
    said = (row.what, row.expects, row.how_seen, row.stop_rule, row.happened, row.why_stopped, row.why_ended)
    yield from (words for words in (*said, row.signed) if words)
    for partner in row.partners.all():
        yield " ".join((partner.organisation.name, partner.does)).strip()
    yield from (each.words for each in row.must_change.all())
    for cycle in row.cycles.all():
        said_of_it = (cycle.question, cycle.prediction, cycle.did, cycle.saw, cycle.why_next)
        yield from (words for words in said_of_it if words)
    yield from (each.words for each in row.other_causes.all() if each.withdrawn_at is None)
    if hasattr(row, "claim"):
        yield from (row.claim.what_changed, row.claim.our_part)
