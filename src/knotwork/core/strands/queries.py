"""Walk the golden thread."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from knotwork.core.accounts.viewer import Viewer
from knotwork.core.strands.kinds import Bead, beads
from knotwork.core.strands.models import Strand


@dataclass(frozen=True)
class Step:
    """One strand from where one stands: forwards or backwards, to a thing that this viewer may see."""

    relation: str
    is_forwards: bool
    bead: Bead


def steps_from(kind: str, public_id: UUID, viewer: Viewer) -> list[Step]:
    """All strands that touch this thing and whose other end this viewer may see, oldest first."""
    strands = list(Strand.objects.standing().touching(kind, public_id).order_by("made_at", "id"))
    ends = []
    for strand in strands:
        is_forwards = (strand.from_kind, strand.from_id) == (kind, public_id)
        other = (strand.to_kind, strand.to_id) if is_forwards else (strand.from_kind, strand.from_id)
        ends.append((strand.relation, is_forwards, other))
    seen = beads([other for _, _, other in ends], viewer)
    return [Step(relation, forwards, seen[other]) for relation, forwards, other in ends if other in seen]


def tied_among(kind: str, public_ids: Iterable[UUID]) -> set[UUID]:
    """Which of these things a standing strand touches at all; one query."""
    wanted = list(public_ids)
    standing = Strand.objects.standing()
    ends = standing.filter(
        Q(from_kind=kind, from_id__in=wanted) | Q(to_kind=kind, to_id__in=wanted)
    ).values_list("from_id", "to_id")
    return {end for both in ends for end in both} & set(wanted) if wanted else set()
