"""Tie and untie strands."""

from uuid import UUID

from django.db import transaction

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.services import record
from knotwork.core.strands.kinds import known_kinds
from knotwork.core.strands.models import Relation, Strand

End = tuple[str, UUID]


def tie(
    start: End,
    relation: Relation,
    end: End,
    *,
    by: Viewer,
    programme: UUID | None = None,
    place: UUID | None = None,
) -> UUID:
    """Say that ``start`` leads to ``end``; saying it twice gives the strand that stands. Returns its public id.

    ``programme`` and ``place`` are where it is said, for the record of what happened there.
    """
    for kind, _ in (start, end):
        if kind not in known_kinds():
            raise ValueError(f"No room registered the kind {kind!r}; known: {', '.join(known_kinds())}.")
    if start == end:
        raise ValueError("A thing does not lead to itself.")
    with transaction.atomic():
        strand, is_new = Strand.objects.standing().get_or_create(
            from_kind=start[0],
            from_id=start[1],
            relation=Relation(relation).value,
            to_kind=end[0],
            to_id=end[1],
            defaults={"made_by": by.public_id},
        )
        if is_new:
            record(
                "strand.tied",
                subject_kind="strand",
                subject_id=strand.public_id,
                by=by,
                programme=programme,
                place=place,
                details={"relation": strand.relation},
            )
    return strand.public_id


def untie(public_id: UUID, *, by: Viewer, reason: str = "") -> None:
    """Withdraw a strand, with a reason in words; it stays in the record."""
    with transaction.atomic():
        standing = Strand.objects.standing().filter(public_id=public_id)
        if standing.update(withdrawn_at=clock.now(), withdrawn_reason=reason[:300]):
            record("strand.untied", subject_kind="strand", subject_id=public_id, by=by)
